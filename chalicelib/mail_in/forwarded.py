"""Whose mail somebody forwards (contract §8: staff forward it to the desk's address). Pure."""

import re
from typing import NamedTuple

from chalicelib.mail_in.mailboxes import Mailbox, NotUnderstood, mailboxes
from chalicelib.mail_in.mime import decoded
from chalicelib.mail_in.parsing import Mail

_SUBJECT = re.compile(r"\s*(?:fwd?|wg|tr|rv|i|enc|doorst|vs|pd|vb|ynt|转发|轉寄|転送)\s*[:：]", re.IGNORECASE)
_LABEL = re.compile(r"\s{0,8}>?\s?\*?([^\s:：>][^:：\n]{0,30}?)\s?\*?[:：]\*?\s*(\S.*)?$")
_LONG = 500
_LINES = 400
"""How far down it may begin."""


class Forward(NamedTuple):
    """`text`: what was forwarded, with what was written above it."""

    sender: Mailbox
    text: str


def original(mail: Mail) -> Forward | None:
    """The mail that this one forwards inline; None if it forwards none, or whose it is can't be told."""
    if not _SUBJECT.match(mail.subject):
        return None
    lines = mail.text.split("\n", _LINES)[:_LINES]
    for at, line in enumerate(lines):
        if len(line) > _LONG or not _LABEL.match(line):
            continue
        block = []
        for each in lines[at : at + 8]:
            found = _LABEL.match(each[:_LONG])
            if not found:
                break
            block.append(found[2] or "")
        if len(block) < 3:
            continue
        for value in block[:2]:  # From, or a date before it
            if "@" in value and (sender := _one(value)):
                return Forward(sender, mail.text)
    return None


def _one(value: str) -> Mailbox | None:
    shown = re.sub(r"\[([^\[\]]*)\]\(mailto:[^()]*\)", r"\1", value).replace("<mailto:", "<")
    shown = re.sub(r"\[mailto:([^\[\]]*)\]", r"<\1>", shown).replace("*", "").strip().rstrip(";")
    try:
        found = mailboxes(shown)
    except NotUnderstood:
        return None
    return Mailbox(decoded(found[0].name), found[0].address) if len(found) == 1 else None
