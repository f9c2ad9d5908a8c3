"""Which pictures of a mail say nothing. Pure."""

import struct

_SMALL = 2_000
"""Bytes."""
_DOTS = 32 * 32


def is_ornament(content: bytes) -> bool:
    """A few dots: a line, an icon, a counter of who opened the mail. PNG and GIF alone say how large they are."""
    if len(content) >= _SMALL:
        return False
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
    elif content.startswith((b"GIF87a", b"GIF89a")) and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
    else:
        return False
    return bool(width * height <= _DOTS or min(width, height) <= 2)
