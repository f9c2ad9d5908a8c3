"""What somebody wrote now, of a text that also quotes what they answer, and ends in a signature. Pure.

mail-parser-reply knows how mail programs begin a quotation, in thirteen languages. Around it: our own mails say where
they begin, answers that stand below or within the quotation are kept, and lines too long for its patterns are spared.
"""

import re

from chalicelib.notifications.policy import REPLY_LINE

LANGUAGES = ["en", "de", "fr", "it", "es", "nl", "pl", "sv", "da", "cs", "ja", "ko", "zh"]

_LONG = 200
"""Characters of a line: the library's patterns take time with the square of it, or worse."""
_MOST_LINES = 2_000
_MARK = re.sub(r"\W+", "", REPLY_LINE).casefold()
_BLANKS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+\n")
_QUOTE = re.compile(r"^\s*[>|]")
_PUT_BY = re.compile("\ue000(\\d+)\ue001")
_SIGNATURE = re.compile(r"^--\s?$", re.MULTILINE)


def written_now(text: str) -> str:
    """The new part of a reply; all of it where no quotation is found."""
    lines = _BLANKS.sub("\n\n", text.replace("\ue000", "").replace("\ue001", "")).split("\n")
    marked = next((at for at, line in enumerate(lines) if _MARK in re.sub(r"\W+", "", line).casefold()), len(lines))
    above = _without_quotation("\n".join(lines[:marked]))
    if above:
        return above
    if any(_QUOTE.match(line) for line in lines):
        return _below(lines)
    return "\n".join(lines).strip()


def _without_quotation(text: str) -> str:
    from mailparser_reply import EmailMessage

    lines = text.split("\n")[:_MOST_LINES]
    short = [line if len(line) <= _LONG else f"\ue000{at}\ue001" for at, line in enumerate(lines)]
    read = EmailMessage(text="\n".join(short), languages=list(LANGUAGES), keep_hyphen_lists=True).read()
    first = read.replies[0]
    if first.headers:
        return ""
    said = first.content
    if first.signatures and said.endswith(first.signatures):
        said = said.removesuffix(first.signatures)
    said = "\n".join(said.rstrip().split("\n"))
    within = _within(read) if len(read.replies) > 1 else ""
    answer = f"{said.strip()}\n\n{within}".strip() if within else said.strip()
    return _PUT_BY.sub(lambda found: lines[int(found[1])], _unquoted_end(answer))


def _within(read: object) -> str:
    """Answers between the lines of a quotation that is marked line by line (">"); nothing of one that isn't."""
    rest = [line for reply in read.replies[1:] for line in reply.content.split("\n")]  # type: ignore[attr-defined]
    quoted = [at for at, line in enumerate(rest) if _QUOTE.match(line)]
    if not quoted:
        return ""
    own = [line for line in rest[quoted[0] : quoted[-1]] if not _QUOTE.match(line)]
    own += _SIGNATURE.split("\n".join(rest[quoted[-1] + 1 :]))[0].split("\n")
    return _BLANKS.sub("\n\n", "\n".join(own)).strip()


def _unquoted_end(text: str) -> str:
    """Without a quotation at its end that nothing introduced."""
    lines = text.split("\n")
    while lines and (not lines[-1].strip() or _QUOTE.match(lines[-1])):
        lines.pop()
    return "\n".join(lines).strip() or ("" if any(_QUOTE.match(line) for line in text.split("\n")) else text.strip())


def _below(lines: list[str]) -> str:
    """What stands below a quotation: whoever answers at the bottom quotes with ">"."""
    first = next(at for at, line in enumerate(lines) if _QUOTE.match(line))
    own = [line for line in lines[first:] if not _QUOTE.match(line)]
    return _BLANKS.sub("\n\n", _SIGNATURE.split("\n".join(own))[0]).strip()
