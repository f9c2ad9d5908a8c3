"""Uploads the web client's build to the bucket behind CloudFront."""

import mimetypes
from pathlib import Path
from typing import Any

IMMUTABLE = "public, max-age=31536000, immutable"
"""Files below assets/ carry a hash in their name."""
ALWAYS_ASKED = "no-cache"

NOT_YET = b"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Lambdesk</title>
<p>This help desk is being set up. Its web pages are not here yet; its API is at <a href="/api/docs">/api/docs</a>.</p>
"""


def upload(s3: Any, bucket: str, built: Path) -> int:
    """Uploads every file of the build, index.html last. Returns how many.

    The previous release's assets stay, because open pages still ask for them. Without a build a small page says so,
    unless a client is there already.
    """
    if not (built / "index.html").is_file():
        if s3.list_objects_v2(Bucket=bucket, Prefix="index.html", MaxKeys=1).get("KeyCount"):
            return 0
        s3.put_object(Bucket=bucket, Key="index.html", Body=NOT_YET, ContentType="text/html", CacheControl=ALWAYS_ASKED)
        return 1
    # CloudFront compresses by itself; what was compressed beforehand is the local server's.
    files = [path for path in built.rglob("*") if path.is_file() and path.suffix not in (".br", ".gz", ".map")]
    for path in sorted(files, key=lambda path: path.name == "index.html"):
        name = path.relative_to(built).as_posix()
        s3.put_object(
            Bucket=bucket,
            Key=name,
            Body=path.read_bytes(),
            ContentType=_kind(path),
            CacheControl=IMMUTABLE if name.startswith("assets/") else ALWAYS_ASKED,
        )
    return len(files)


def _kind(path: Path) -> str:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    textual = kind.startswith("text/") or kind in ("application/javascript", "application/json")
    return f"{kind}; charset=utf-8" if textual else kind
