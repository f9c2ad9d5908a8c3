"""Reads winmail.dat, Outlook's own format for mail to others who use Outlook."""

from typing import NamedTuple

from chalicelib.mail_in.charsets import text_of


class Inside(NamedTuple):
    text: str
    html: str
    files: list[tuple[str, bytes]]


def read(content: bytes) -> Inside | None:
    """Its text and files; None if it isn't a winmail.dat or is broken."""
    from tnefparse import TNEF

    try:
        opened = TNEF(content, do_checksum=False)
        files = [(_text(each.long_filename() or each.name), bytes(each.data or b"")) for each in opened.attachments]
        return Inside(_text(opened.body), _text(opened.htmlbody), [(name, data) for name, data in files if data])
    except Exception:  # the library raises whatever comes of bytes that are not what they should be
        return None


def _text(value: object) -> str:
    return text_of(value, None) if isinstance(value, bytes) else str(value or "").rstrip("\0")
