"""`format=flowed` (RFC 3676): rejoins lines that the mail program broke. Pure."""

import re

_QUOTES = re.compile(r">*")


def joined(text: str, *, delete_space: bool) -> str:
    """The text with its lines rejoined. `delete_space`: the parameter DelSp, used for scripts without spaces."""
    lines: list[list[str]] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        found = _QUOTES.match(line)
        depth = found.end() if found else 0
        content = line[depth:].removeprefix(" ")
        flows = content.endswith(" ") and content != "-- "
        if flows and delete_space:
            content = content[:-1]
        if open_depth == depth and content != "-- ":
            lines[-1].append(content)
        else:
            lines.append([">" * depth + (" " if depth else ""), content])
        open_depth = depth if flows else None
    return "\n".join(map("".join, lines))
