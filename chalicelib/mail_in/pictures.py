"""Recognises pictures in a mail that aren't content. Pure."""

import struct

_SMALL = 2_000
"""Bytes."""
_DOTS = 32 * 32


def is_ornament(content: bytes) -> bool:
    """Whether a picture is too small to be content: a rule, an icon, a tracking pixel. Only PNG and GIF are judged, by
    the size in their header."""
    if len(content) >= _SMALL:
        return False
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
    elif content.startswith((b"GIF87a", b"GIF89a")) and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
    else:
        return False
    return bool(width * height <= _DOTS or min(width, height) <= 2)
