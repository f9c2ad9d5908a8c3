"""S3 as the features use it: objects, and presigned URLs with which a browser downloads or uploads one."""

from typing import Any, BinaryIO

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.settings import settings

OCTETS = "application/octet-stream"

_clients: dict[str, Any] = {}


def put_once(bucket: str, key: str, content: bytes | BinaryIO, content_type: str, filename: str) -> None:
    """Stores bytes or a file's content as an object, unless the key exists already."""
    try:
        _client("").put_object(
            Bucket=bucket,
            Key=key,
            Body=content,
            ContentType=content_type,
            ContentDisposition=f'attachment; filename="{filename}"',
            IfNoneMatch="*",
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "PreconditionFailed":
            raise


def read(bucket: str, key: str) -> bytes:
    """The content of an object. Raises botocore's ClientError."""
    content: bytes = _client("").get_object(Bucket=bucket, Key=key)["Body"].read()
    return content


def put(bucket: str, key: str, content: bytes) -> str:
    """Stores an object in a versioned bucket. Returns the version id."""
    version: str = _client("").put_object(Bucket=bucket, Key=key, Body=content, ContentType=OCTETS)["VersionId"]
    return version


def copy(bucket: str, key: str, version: str, to: str, tag: str | None = None) -> str:
    """Copies a version of an object under another key of a versioned bucket; the new version's id. `tag`: by which the
    bucket's rules know it, until it is taken off (`untag`)."""
    answer = _client("").copy_object(
        Bucket=bucket,
        Key=to,
        CopySource={"Bucket": bucket, "Key": key, "VersionId": version},
        MetadataDirective="REPLACE",
        TaggingDirective="REPLACE",
        ContentType=OCTETS,
        **({"Tagging": f"{tag}=true"} if tag else {}),
    )
    made: str = answer["VersionId"]
    return made


def untag(bucket: str, key: str, version: str) -> None:
    """Removes the tags of an object's version. Does nothing if it has none."""
    _client("").delete_object_tagging(Bucket=bucket, Key=key, VersionId=version)


def address(
    bucket: str,
    key: str,
    seconds: int,
    *,
    version: str | None = None,
    disposition: str | None = None,
    content_type: str | None = None,
) -> str:
    """A presigned address of an object, good for so many seconds. `version`: of this version of it. `disposition`: the
    answer's Content-Disposition; then its type is `content_type`, or `application/octet-stream`, whatever it was stored
    as."""
    asked = {"Bucket": bucket, "Key": key}
    if version:
        asked["VersionId"] = version
    if disposition:
        asked |= {"ResponseContentDisposition": disposition, "ResponseContentType": content_type or OCTETS}
    url: str = _client(settings.storage_url).generate_presigned_url("get_object", Params=asked, ExpiresIn=seconds)
    return url


def upload(bucket: str, key: str, content_type: str, size: int, seconds: int) -> tuple[str, dict[str, str]]:
    """A presigned POST by which a browser may store one object of exactly this size and type: where to, and the form's
    fields that have to come before the file. It can be used again until it runs out."""
    made = _client(settings.storage_url).generate_presigned_post(
        bucket,
        key,
        Fields={"Content-Type": content_type},
        Conditions=[{"Content-Type": content_type}, ["content-length-range", size, size]],
        ExpiresIn=seconds,
    )
    return made["url"], made["fields"]


def _client(endpoint: str) -> Any:
    """`endpoint`: what presigned addresses begin with, where that isn't S3's own (the local runner)."""
    if endpoint not in _clients:
        config = Config(signature_version="s3v4", s3={"addressing_style": "path" if endpoint else "virtual"})
        _clients[endpoint] = boto3.client("s3", config=config, endpoint_url=endpoint or None)
    return _clients[endpoint]


def is_unavailable(error: Exception) -> bool:
    """Whether S3 or the connection to it raised the error, as opposed to our own code."""
    return isinstance(error, (ClientError, BotoCoreError))
