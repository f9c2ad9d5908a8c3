"""The page that shows the OpenAPI document: Swagger UI, which the web client's build brings (`web/src/api-docs`)."""

from functools import cache
from pathlib import Path

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Content-Security-Policy: files of ours alone. `data:` are the pictures in Swagger UI's style sheet."""


@cache
def page() -> str:
    return Path(__file__).with_name("docs.html").read_text(encoding="utf-8")
