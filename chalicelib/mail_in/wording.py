"""What a mail says as a comment or as a ticket. Pure."""

import re
from dataclasses import dataclass

from chalicelib.mail_in import answer
from chalicelib.mail_in.parsing import File, Mail
from chalicelib.notifications.rendering import one_line
from chalicelib.texts import shows

_LONGEST = 20_000
"""Characters of a comment and of a description (contract §3)."""
_LONGEST_TITLE = 200
_REPLIES = re.compile(
    r"^\s*((re|aw|sv|antw|tr|rv|odp|ynt|fw|fwd|wg|r|i|vs|res|enc|回复|转发|答复|返信|転送)(\[\d+\])?\s*[:：]\s*|\[#\d+\]\s*)+",
    re.IGNORECASE,
)
_CUT = "\n\n[This is the beginning of a longer message: see message.txt.]"


@dataclass(frozen=True)
class Said:
    body: str
    files: list[File]
    title: str = ""


def comment(mail: Mail) -> Said | None:
    """Without what it quotes, and without its signature. None if nothing is in it."""
    return _said(answer.written_now(_clean(mail.text)), mail)


def ticket(mail: Mail) -> Said | None:
    """All of it: a forwarded mail may be what it is about. None if nothing is in it."""
    subject = one_line(mail.subject)
    said = _said(_clean(mail.whole), mail) or _said(_clean(subject), mail)
    if said is None:
        return None
    lines = (_REPLIES.sub("", subject), *map(one_line, said.body.split("\n")), subject)
    title = next((cut for line in lines if shows(cut := line.strip()[:_LONGEST_TITLE].strip())), "(no subject)")
    return Said(said.body, said.files, title)


def _said(text: str, mail: Mail) -> Said | None:
    files = list(mail.files)
    if len(text) > _LONGEST:
        files.insert(0, File("message.txt", "text/plain", text.encode("utf-8", "replace")))
        text = text[: _LONGEST - len(_CUT)] + _CUT
    if not text and files:
        text = "\n".join(["Files:", *(f"- {one_line(file.name)[:200]}" for file in files[:20])])
    return Said(text, files) if text else None


def _clean(text: str) -> str:
    """Without half pairs and NULs, which no table takes; nothing where there is nothing to be seen."""
    kept = "".join(character for character in text if not "\ud800" <= character <= "\udfff" and character != "\0")
    return kept.strip() if shows(kept) else ""
