"""The bucket of releases: template and code of each, so that an earlier one can be deployed again."""

import hashlib
import json
import time
from pathlib import Path
from typing import Any, NamedTuple

from botocore.exceptions import ClientError


class Release(NamedTuple):
    name: str
    """`<seconds since 1970>-<hash of template and code>`: sorts by time."""
    code: str
    template: str
    """Keys in the bucket."""


def bucket(s3: Any, sts: Any, region: str, *, make: bool) -> str:
    """The bucket's name. With `make` it is created if it doesn't exist: private, versioned, encrypted."""
    name = f"lambdesk-releases-{sts.get_caller_identity()['Account']}-{region}"
    try:
        s3.head_bucket(Bucket=name)
    except ClientError as error:
        if error.response["Error"]["Code"] not in ("404", "NoSuchBucket"):
            raise
        if make:
            _make(s3, name, region)
    return name


def _make(s3: Any, name: str, region: str) -> None:
    where = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    s3.create_bucket(Bucket=name, **where)
    blocked = dict.fromkeys(("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True)
    s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=blocked)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})


def upload(s3: Any, bucket: str, stack: str, out: Path) -> Release:
    """Uploads out/deployment.zip, and out/sam.yaml with the zip's address in it."""
    code, template = (out / "deployment.zip").read_bytes(), (out / "sam.yaml").read_text()
    digest = hashlib.sha256(code).hexdigest()[:16]
    key = f"code/{digest}.zip"
    try:
        s3.head_object(Bucket=bucket, Key=key)
    except ClientError:
        s3.put_object(Bucket=bucket, Key=key, Body=code)
    placed = template.replace("CodeUri: ./deployment.zip", f"CodeUri: s3://{bucket}/{key}")
    if placed == template:
        raise ValueError("sam.yaml names no deployment.zip")
    whole = hashlib.sha256(placed.encode()).hexdigest()[:12]
    name = f"{int(time.time())}-{whole}"
    release = Release(name, key, f"releases/{stack}/{name}.yaml")
    s3.put_object(Bucket=bucket, Key=release.template, Body=placed.encode())
    return release


def deployed(s3: Any, bucket: str, stack: str, release: Release) -> None:
    """Records that this release runs now."""
    history = [release._asdict(), *past(s3, bucket, stack)][:20]
    s3.put_object(Bucket=bucket, Key=_history(stack), Body=json.dumps(history).encode())


def past(s3: Any, bucket: str, stack: str) -> list[dict[str, str]]:
    """The releases that ran, the newest first, at most 20."""
    try:
        read = s3.get_object(Bucket=bucket, Key=_history(stack))["Body"].read()
    except ClientError as error:
        if error.response["Error"]["Code"] in ("NoSuchKey", "NoSuchBucket"):
            return []
        raise
    history: list[dict[str, str]] = json.loads(read)
    return history


def _history(stack: str) -> str:
    return f"releases/{stack}/history.json"
