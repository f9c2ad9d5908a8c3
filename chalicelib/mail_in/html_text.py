"""HTML of a mail to text, without and with what the mail program marked as quoted."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

_LONGEST = 2_000_000
"""Characters: more of it is cut. Newsletters have a tenth."""

_QUOTED = ", ".join(
    [
        "blockquote[type=cite]",  # Apple Mail, Thunderbird
        ".gmail_quote", ".gmail_quote_container", ".gmail_attr", ".yahoo_quoted", ".protonmail_quote",
        ".moz-cite-prefix", ".moz-forward-container", "#OLK_SRC_BODY_SECTION",
        "#mail-editor-reference-message-container",
    ]
)  # fmt: skip
_SIGNATURES = ".gmail_signature, .moz-signature, #Signature, #ms-outlook-mobile-signature, #AppleMailSignature"
_FROM_HERE_ON = "#divRplyFwdMsg, #appendonsend, #x_divRplyFwdMsg, hr[tabindex='-1']"
"""Outlook's: what follows is the mail that is answered."""
_OUTLOOK_RULES = ("border-top:solid #e1e1e1 1.0pt", "border-top:solid #b5c4df 1.0pt")
"""The line that Outlook for Windows draws above it."""

_KEPT = [
    "a",
    "blockquote",
    "br",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "td",
    "th",
    "tr",
    "ul",
]


def read(html: str) -> tuple[str, str]:
    """(what was written now, everything). The same twice when nothing is marked, or everything."""
    whole = _text(_soup(html))
    soup = _soup(html)
    _take_away_quoted(soup)
    return _text(soup) or whole, whole


def _soup(html: str) -> "BeautifulSoup":
    from bs4 import BeautifulSoup, Comment

    soup = BeautifulSoup(html[:_LONGEST], "html.parser")
    for element in soup(["script", "style", "head", "title", "template", "noscript"]):
        element.decompose()
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    return soup


def _take_away_quoted(soup: "BeautifulSoup") -> None:
    for element in soup.select(f"{_QUOTED}, {_SIGNATURES}"):
        element.decompose()
    marks = soup.select(_FROM_HERE_ON) + [
        element
        for element in soup.find_all("div", style=True)
        if any(rule in " ".join(str(element["style"]).lower().split()) for rule in _OUTLOOK_RULES)
    ]
    for mark in marks:
        if mark.decomposed:
            continue
        for following in list(mark.find_all_next()):
            following.decompose()
        for text in list(mark.find_all_next(string=True)):
            text.extract()
        mark.decompose()


def _text(soup: "BeautifulSoup") -> str:
    from markdownify import markdownify

    try:
        text: str = markdownify(
            str(soup),
            convert=_KEPT,
            escape_asterisks=False,
            escape_underscores=False,
            escape_misc=False,
            newline_style="backslash",
            bullets="-",
        )
    except RecursionError:  # nested on purpose
        text = soup.get_text("\n")
    lines = (line.rstrip().removesuffix("\\").rstrip().replace("\xa0", " ") for line in text.split("\n"))
    joined: list[str] = []
    for line in lines:
        if line.strip() or (joined and joined[-1].strip()):
            joined.append(line)
    return "\n".join(joined).strip()
