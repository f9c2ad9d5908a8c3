"""sockjs-client itself, for the iframe page and for pages that have no copy of their own. The page's and the iframe's
must be of one version."""

from functools import cache
from pathlib import Path

VERSION = "1.6.1"
NAME = f"sockjs-{VERSION}.min.js"
CONTENT_TYPE = "application/javascript; charset=UTF-8"


@cache
def text() -> str:
    return (Path(__file__).parent / "static" / NAME).read_text(encoding="utf-8")
