"""Finds who wrote a forwarded mail (contract §8: staff forward it to the desk's address). Pure."""

import re
from dataclasses import replace
from typing import NamedTuple

from chalicelib.mail_in import judgement, parsing
from chalicelib.mail_in.mailboxes import Mailbox, NotUnderstood, mailboxes
from chalicelib.mail_in.mime import decoded
from chalicelib.mail_in.parsing import File, Mail

_SUBJECT = re.compile(r"\s*(?:fwd?|wg|tr|rv|i|enc|doorst|vs|pd|vb|ynt|转发|轉寄|転送)\s*[:：]", re.IGNORECASE)
_LABEL = re.compile(r"\s{0,8}>?\s?\*?([^\s:：>][^:：\n]{0,30}?)\s?\*?[:：]\*?\s*(\S.*)?$")
_LONG = 500
_LINES = 400
"""In how many first lines of the text the forwarded mail may begin."""


class Forward(NamedTuple):
    """`sender`: who wrote the forwarded mail. `mail`: what to file: the forwarded mail with what was written above
    it."""

    sender: Mailbox
    mail: Mail


def original(mail: Mail) -> Forward | None:
    """The mail that this one forwards, attached or inline. None if it forwards none or several, or its sender can't be
    told."""
    attached = [file for file in mail.files if file.content_type == "message/rfc822"]
    if attached:
        return _attached(mail, attached[0]) if len(attached) == 1 else None
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
        for value in block[:2]:  # From is first, or a date and then From
            if "@" in value and (sender := _one(value)):
                return Forward(sender, mail)
    return None


def _attached(mail: Mail, file: File) -> Forward | None:
    try:
        inner = parsing.read(file.content)
    except parsing.Unreadable:
        return None
    sender = judgement.sender_of(inner.headers)
    if sender is None:
        return None
    above = mail.text.strip()
    text = f"{above}\n\n{inner.text}" if above else inner.text
    files = [*inner.files, *(each for each in mail.files if each is not file)]
    left_out = mail.left_out or inner.left_out
    whole = replace(mail, subject=inner.subject, text=text, files=files, left_out=left_out)
    return Forward(Mailbox(decoded(sender.name), sender.address), whole)


def _one(value: str) -> Mailbox | None:
    shown = re.sub(r"\[([^\[\]]*)\]\(mailto:[^()]*\)", r"\1", value).replace("<mailto:", "<")
    shown = re.sub(r"\[mailto:([^\[\]]*)\]", r"<\1>", shown).replace("*", "").strip().rstrip(";")
    try:
        found = mailboxes(shown)
    except NotUnderstood:
        return None
    return Mailbox(decoded(found[0].name), found[0].address) if len(found) == 1 else None
