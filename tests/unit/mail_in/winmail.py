"""Makes a winmail.dat (MS-OXTNEF) with a text and files."""

import struct
from collections.abc import Mapping

_SIGNATURE = 0x223E9F78
_MESSAGE, _ATTACHMENT = 1, 2
_BODY = (0x0002, 0x800C)
_VERSION = (0x0008, 0x9006)
_CODEPAGE = (0x0006, 0x9007)
_RENDERING = (0x0006, 0x9002)
_TITLE = (0x0001, 0x8010)
_DATA = (0x0006, 0x800F)


def winmail(text: str, files: Mapping[str, bytes]) -> bytes:
    made = struct.pack("<IH", _SIGNATURE, 1)
    made += _attribute(_MESSAGE, _VERSION, struct.pack("<I", 0x00010000))
    made += _attribute(_MESSAGE, _CODEPAGE, struct.pack("<II", 1252, 0))
    if text:
        made += _attribute(_MESSAGE, _BODY, text.encode("cp1252") + b"\0")
    for name, content in files.items():
        made += _attribute(_ATTACHMENT, _RENDERING, struct.pack("<HIHHHH", 1, 0xFFFFFFFF, 0, 0, 0, 0))
        made += _attribute(_ATTACHMENT, _TITLE, name.encode("cp1252") + b"\0")
        made += _attribute(_ATTACHMENT, _DATA, content)
    return made


def _attribute(level: int, kind: tuple[int, int], content: bytes) -> bytes:
    head = struct.pack("<BHHI", level, kind[1], kind[0], len(content))
    return head + content + struct.pack("<H", sum(content) & 0xFFFF)
