"""Converts a mail's HTML to text: paragraphs, lists, links and tables as people read them; quotations with ">" before
each line, as in plain-text mail. Pure; its time is linear in the HTML's size.
"""

import re
from dataclasses import dataclass, field

from chalicelib.mail_in.html_tokens import Token, tokens

LONGEST = 2_000_000
"""Characters of HTML that are read; the rest is ignored. Newsletters have a tenth of this."""
_DEEPEST_QUOTE = 20

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_APART = frozenset(["p", "pre", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table"])
"""Blocks with an empty line around them."""
_SPACES = re.compile(r"[ \t\r\n\f]+")
_CELLS = re.compile(r"\s+")


def read(html: str) -> str:
    """The visible text."""
    made = _Writer()
    for token in tokens(html[:LONGEST]):
        made.take(token)
    return made.text()


def cids(html: str) -> set[str]:
    """Content-IDs of the pictures that the HTML shows."""
    return {each.strip() for each in re.findall(r"cid:([^\"'\s>)]{1,300})", html[:LONGEST])}


@dataclass
class _Table:
    """A table while it is read: `rows` of cells; each cell is a list of lines."""

    quote: int
    lines: list[str]
    apart: bool
    rows: list[list[list[str]]] = field(default_factory=list)


class _Writer:
    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._apart = False
        """Whether an empty line comes before the next text."""
        self._quote = 0
        self._pre = 0
        self._lists: list[int | None] = []
        self._link: tuple[str, int] | None = None
        """The open link's target, and the place in the line where its text began. Links don't nest."""
        self._tables: list[_Table] = []
        self._bullet = ""

    def take(self, token: Token) -> None:
        if token.opens:
            self._open(token.opens, token.attributes)
        elif token.closes:
            self._close(token.closes)
        else:
            self._say(token.text)

    def text(self) -> str:
        while self._tables:
            self._end_table()
        self._end_line()
        lines = [line if line.endswith("-- ") and not line.strip("-> ") else line.rstrip() for line in self._lines]
        kept: list[str] = []
        for line in lines:
            if line.strip("> ") or (kept and kept[-1].strip("> ")):
                kept.append(line)
        return "\n".join(kept).rstrip().strip("\n")

    def _say(self, text: str) -> None:
        text = text.replace("\xa0", " ") if self._pre else _SPACES.sub(" ", text).replace("\xa0", " ")
        if not self._pre:
            if not self._line:
                text = text.lstrip(" ") if text[:1] == " " and not text.strip(" ") else text.removeprefix(" ")
            if text:
                self._line.append(text)
            return
        first, *rest = text.replace("\r\n", "\n").split("\n")
        self._line.append(first)
        for each in rest:
            self._end_line(empty=True)
            self._line.append(each)

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "br":
            self._end_line(empty=True)
            return
        if name == "a" and attributes.get("href"):
            self._link = (attributes["href"].strip(), len(self._line))
        if name not in _BLOCKS:
            return
        self._end_line()
        self._apart |= name in _APART
        if name == "hr":
            self._put("________________________________")
        elif name == "blockquote":
            self._quote = min(self._quote + 1, _DEEPEST_QUOTE)
        elif name == "pre":
            self._pre += 1
        elif name in ("ul", "ol"):
            self._lists.append(0 if name == "ol" else None)
        elif name == "li":
            self._bullet = self._next_bullet()
        elif name == "table":
            if len(self._tables) < _DEEPEST_QUOTE:
                self._tables.append(_Table(self._quote, self._lines, self._apart))
                self._lines, self._apart, self._quote = [], False, 0
        elif name == "tr" and self._tables:
            self._end_cell()
            self._tables[-1].rows.append([])
        elif name in ("td", "th") and self._tables:
            self._end_cell()
            self._tables[-1].rows = self._tables[-1].rows or [[]]
            self._tables[-1].rows[-1].append([])

    def _close(self, name: str) -> None:
        if name == "a" and self._link:
            self._end_link(*self._link)
        if name not in _BLOCKS:
            return
        self._end_line()
        self._apart |= name in _APART
        if name == "blockquote":
            self._quote = max(0, self._quote - 1)
        elif name == "pre":
            self._pre = max(0, self._pre - 1)
        elif name in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif name in ("td", "th", "tr") and self._tables:
            self._end_cell()
        elif name == "table" and self._tables:
            self._end_table()

    def _end_link(self, target: str, begun: int) -> None:
        """Writes the link as Markdown, unless its text is the address already."""
        self._link = None
        shown = "".join(self._line[begun:]).strip()
        bare = target.removeprefix("mailto:").partition("?")[0]
        if not shown or shown.strip("<>/ ") in (target, bare, bare.rstrip("/")) or target.startswith("#"):
            return
        if target.lower().startswith(("http:", "https:", "mailto:", "tel:", "ftp:")) and begun < len(self._line):
            lead = " " if self._line[begun].startswith(" ") else ""
            self._line[begun:] = [f"{lead}[{shown}]({target})"]

    def _next_bullet(self) -> str:
        if not self._lists:
            return "- "
        indent = "  " * min(len(self._lists) - 1, _DEEPEST_QUOTE)
        count = self._lists[-1]
        if count is None:
            return indent + "- "
        self._lists[-1] = count + 1
        return f"{indent}{count + 1}. "

    def _end_line(self, *, empty: bool = False) -> None:
        """Ends the current line; with `empty` even if nothing is on it."""
        line, self._line = "".join(self._line), []
        self._link = (self._link[0], 0) if self._link else None
        if not self._pre:
            line = line if line == "-- " else line.rstrip(" ")
        if line.strip():
            self._put(line)
        elif empty:
            self._lines.append(self._prefix().rstrip())

    def _put(self, line: str) -> None:
        if self._apart and self._lines:
            self._lines.append(self._prefix().rstrip())
        self._apart = False
        self._lines.append(self._prefix() + self._bullet + line)
        self._bullet = ""

    def _prefix(self) -> str:
        return ">" * self._quote + (" " if self._quote else "")

    def _end_cell(self) -> None:
        """Puts what was read since the cell began into it."""
        table = self._tables[-1]
        if self._lines:
            table.rows = table.rows or [[]]
            row = table.rows[-1]
            if not row:
                row.append([])
            row[-1] += self._lines
        self._lines, self._apart = [], False

    def _end_table(self) -> None:
        self._end_line()
        self._end_cell()
        table = self._tables.pop()
        self._lines, self._apart, self._quote = table.lines, True, table.quote
        for line in _of_table([row for row in table.rows if any(any(c.strip() for c in cell) for cell in row)]):
            self._put(line)
        self._apart = True


def _of_table(rows: list[list[list[str]]]) -> list[str]:
    """A data table (rows of short cells, more than one column) as rows; a layout table as paragraphs."""
    width = max((len(row) for row in rows), default=0)
    data = (
        width > 1
        and len(rows) > 1
        and all(len([line for line in cell if line.strip()]) <= 2 for row in rows for cell in row)
        and all(len(line) <= 200 and not line.startswith(">") for row in rows for cell in row for line in cell)
    )
    if data:
        said = [[_CELLS.sub(" ", " ".join(cell)).strip().replace("|", "\\|") for cell in row] for row in rows]
        written = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in said]
        return [written[0], "|" + " --- |" * width, *written[1:]] if width <= 50 else written
    lines: list[str] = []
    for row in rows:
        for cell in row:
            lines += [""] if lines and lines[-1].strip() and len(cell) > 1 else []
            lines += cell
    return lines
