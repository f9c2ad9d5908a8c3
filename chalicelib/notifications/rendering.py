"""Mail from templates: a text and an HTML part each. Every text of a user's is escaped, and in a line of its own kept
to one line, so that it can't pass for ours.
"""

import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chalicelib.settings import settings

if TYPE_CHECKING:
    from jinja2 import Environment

_LONGEST_SUBJECT = 250
_JOINERS = "\u200c\u200d"
"""Scripts and emoji are spelled with them."""


def render(template: str, **values: Any) -> tuple[str, str]:
    """(text, HTML) of `templates/<template>.txt` and `.html`."""
    values |= {"home": settings.public_url.rstrip("/")}
    environment = _environment()
    return (
        environment.get_template(f"{template}.txt").render(values).strip() + "\n",
        environment.get_template(f"{template}.html").render(values),
    )


def one_line(text: str) -> str:
    """Without line breaks and other control and formatting characters, which could forge headers or hide text."""
    shown = (
        character for character in text if character in _JOINERS or unicodedata.category(character) not in ("Cf", "Cs")
    )
    spaced = (" " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character for character in shown)
    return " ".join("".join(spaced).split())


def subject(text: str) -> str:
    """As it may stand in a header."""
    return one_line(text)[:_LONGEST_SUBJECT]


def link(page: str, token: str | None = None) -> str:
    """An address of the web client. A token stands behind the #, which browsers send to nobody."""
    address = f"{settings.public_url.rstrip('/')}/{page}"
    return f"{address}#token={token}" if token else address


@cache
def _environment() -> "Environment":
    from jinja2 import (
        Environment,
        FileSystemLoader,
        StrictUndefined,
        select_autoescape,
    )  # costs every cold start, mails alone need it

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["one_line"] = one_line
    return environment
