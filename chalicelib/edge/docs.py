"""The page that shows the OpenAPI document: `docs.html`, with a policy that lets nothing else run on it."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

_PART = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)


@cache
def page() -> str:
    return Path(__file__).with_name("docs.html").read_text(encoding="utf-8")


@cache
def policy() -> str:
    """Content-Security-Policy: the page's own script and style by their hashes, and what it loads from here."""
    allowed: dict[str, list[str]] = {"script": [], "style": []}
    for kind, text in _PART.findall(page()):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        allowed[kind].append(f"'sha256-{digest}'")
    return (
        f"default-src 'none'; script-src {' '.join(allowed['script'])}; style-src {' '.join(allowed['style'])}; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
