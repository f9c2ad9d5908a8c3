"""Renders mail from templates, as text and as HTML. Text from users is escaped, and kept to one line where it has a
line of its own, so that it can't pass for ours.
"""

import unicodedata
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from chalicelib.notifications import languages
from chalicelib.notifications.languages import Language
from chalicelib.settings import settings

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.nodes import EvalContext
    from markupsafe import Markup

TEMPLATES = Path(__file__).with_name("templates")

_LONGEST_SUBJECT = 250
_JOINERS = "\u200c\u200d"
"""Scripts and emoji are spelled with them."""
_DIRECTIONS = _JOINERS + "\u061c\u200e\u200f"
"""Marks that right-to-left text needs; unlike overrides they can't turn what stands around it."""


def render(template: str, language: Language, **values: Any) -> tuple[str, str]:
    """(text, HTML) of `templates/<template>.txt` and `.html` in this language."""
    values |= {"home": settings.public_url.rstrip("/"), "language": language}
    environment = _environment(language.tag)
    return (
        environment.get_template(f"{template}.txt").render(values).strip() + "\n",
        environment.get_template(f"{template}.html").render(values),
    )


def one_line(text: str) -> str:
    """The text without line breaks and other control and formatting characters, which could forge headers or hide
    text."""
    shown = (
        character for character in text if character in _JOINERS or unicodedata.category(character) not in ("Cf", "Cs")
    )
    spaced = (" " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character for character in shown)
    return " ".join("".join(spaced).split())


def block(text: str) -> str:
    """Several lines, without characters that could hide text or turn its direction."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    return "".join(
        character
        for character in unified
        if character in _DIRECTIONS + "\n\t" or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )


def subject(text: str) -> str:
    """The text, safe for a header."""
    return one_line(text)[:_LONGEST_SUBJECT]


def link(page: str, token: str | None = None) -> str:
    """An address of the web client. A token goes behind the #, which browsers don't send to any server."""
    address = f"{settings.public_url.rstrip('/')}/{page}"
    return f"{address}#token={token}" if token else address


def api_link(path: str, **query: str) -> str:
    """An address of the API."""
    return f"{settings.public_url.rstrip('/')}/api/{path}?{urlencode(query)}"


@cache
def _environment(tag: str) -> "Environment":
    from jinja2 import (
        Environment,
        FileSystemLoader,
        StrictUndefined,
        pass_eval_context,
        select_autoescape,
    )  # costs every cold start, mails alone need it

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    language = languages.of(tag)
    environment.install_gettext_callables(language.gettext, language.ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.filters["one_line"] = one_line
    environment.filters["block"] = block
    environment.filters["lines"] = _lines
    for name, (shown, how) in _IN_HTML.items():
        environment.filters[name] = pass_eval_context(partial(_in_html, shown=shown, how=how))
    return environment


_IN_HTML: dict[str, tuple[Callable[[str], str], str]] = {
    # By themselves, so that a name in another script doesn't turn the sentence around.
    "person": (one_line, "<bdi>{}</bdi>"),
    "strong": (str, "<strong>{}</strong>"),
    "badge": (
        str,
        '<span class="status" style="padding:2px 8px;border-radius:10px;background:#e3ebf8;color:#14396b;'
        'white-space:nowrap">{}</span>',
    ),
    "mailbox": (str, '<a href="mailto:{0}" style="color:inherit">{0}</a>'),
}
"""Filters: how something is written in a line of text, and what stands around it in HTML."""


def _in_html(context: "EvalContext", value: str, *, shown: Callable[[str], str], how: str) -> "str | Markup":
    from markupsafe import Markup

    return Markup(how).format(shown(value)) if context.autoescape else shown(value)  # noqa: S704 - of our own


def _lines(text: str) -> "Markup":
    """HTML with the lines of a text (Outlook knows no `white-space`), each in its own direction."""
    from markupsafe import Markup

    line, empty = Markup('<div dir="auto">{}</div>'), Markup("<div><br></div>")
    return Markup("\n").join(line.format(each) if each.strip() else empty for each in block(text).split("\n"))
