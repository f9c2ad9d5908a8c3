"""S3 as the features use it: objects of ours, and addresses under which a browser may fetch one for a while."""

from typing import Any, BinaryIO

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.settings import settings

_clients: dict[str, Any] = {}


def put_once(bucket: str, key: str, content: BinaryIO, content_type: str, filename: str) -> None:
    """Stores what a file holds unless there is such an object already."""
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


def address(bucket: str, key: str, seconds: int) -> str:
    """A presigned address of an object, good for so many seconds."""
    url: str = _client(settings.storage_url).generate_presigned_url(
        "get_object", Params={"Bucket": bucket, "Key": key}, ExpiresIn=seconds
    )
    return url


def _client(endpoint: str) -> Any:
    """`endpoint`: what presigned addresses begin with, where that isn't S3's own (the local runner)."""
    if endpoint not in _clients:
        config = Config(signature_version="s3v4", s3={"addressing_style": "path" if endpoint else "virtual"})
        _clients[endpoint] = boto3.client("s3", config=config, endpoint_url=endpoint or None)
    return _clients[endpoint]


def is_unavailable(error: Exception) -> bool:
    """Whether the store didn't answer, rather than refuse what it was asked."""
    return isinstance(error, (ClientError, BotoCoreError))
