"""Makes the text of a comment or a ticket from a mail. Pure."""

import re
from dataclasses import dataclass

from chalicelib.mail_in import answer
from chalicelib.mail_in.ours import PRIVATE, Ours
from chalicelib.mail_in.parsing import File, Mail
from chalicelib.notifications.rendering import one_line
from chalicelib.texts import shows

LONGEST = 20_000
"""The most characters of a comment, of what was cut from it, and of a description (contract §3)."""
_READ = 200_000
"""The most characters in which quotations are looked for; a longer mail is added whole as a file."""
_LONGEST_TITLE = 200
_REPLIES = re.compile(
    r"^\s*((re|aw|sv|antw|tr|rv|odp|ynt|fw|fwd|wg|r|i|vs|res|enc|回复|转发|答复|返信|転送)(\[\d+\])?\s*[:：]\s*|\[#\d+\]\s*)+",
    re.IGNORECASE,
)
_NO_TEXT = re.compile("[\ud800-\udfff\0]+")
_CUT = "\n\n[This is the beginning of a longer message: see message.txt.]"


@dataclass(frozen=True)
class Said:
    body: str
    files: list[File]
    title: str = ""
    trimmed: str | None = None


def comment(mail: Mail, ours: Ours) -> Said | None:
    """The comment: what was written now, with quotations and signature as `trimmed`. None if the mail is empty."""
    text = clean(mail.text)
    body, trimmed = answer.written_now(text[:_READ], ours)
    quoted = " ".join(text[:_READ].split())
    private = any(each in quoted for each in PRIVATE)
    return _said(body, mail, None if private else trimmed or None, text)


def ticket(mail: Mail, text: str | None = None) -> Said | None:
    """The ticket: all of the text, since a forwarded mail may be what it is about. None if the mail is empty. `text`
    replaces the mail's own."""
    subject = one_line(mail.subject)
    whole = clean(mail.text if text is None else text)
    said = _said(whole, mail, None, whole) or _said(clean(subject), mail, None, subject)
    if said is None:
        return None
    lines = (_REPLIES.sub("", subject), *map(one_line, said.body.split("\n")), subject)
    title = next((cut for line in lines if shows(cut := line.strip()[:_LONGEST_TITLE].strip())), "(no subject)")
    return Said(said.body, said.files, title)


def _said(text: str, mail: Mail, trimmed: str | None, whole: str) -> Said | None:
    files = list(mail.files)
    if len(text) > LONGEST or len(trimmed or "") > LONGEST or len(whole) > _READ:
        files.insert(0, File("message.txt", "text/plain", whole.encode("utf-8", "replace")))
    if len(text) > LONGEST:
        text = text[: LONGEST - len(_CUT)] + _CUT
    if not shows(text):
        text = "\n".join(["Files:", *(f"- {one_line(file.name)[:200]}" for file in files[:20])]) if files else ""
    return Said(text, files, trimmed=trimmed[:LONGEST] if trimmed else None) if text else None


def clean(text: str) -> str:
    """The text without lone surrogates and NULs, which no table accepts. Indentation stays."""
    return _NO_TEXT.sub("", text).strip("\n").rstrip()
