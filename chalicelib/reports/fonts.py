"""FiraGO, from a package that ships it: Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari, Georgian and Thai in one
design. What it doesn't have (CJK, emoji) is shown as a box: a sign stands there, and the line keeps its length.
"""

import os
import tempfile
from functools import cache
from pathlib import Path

FAMILY = "FiraGO"
BOX = "\u25af"

_FACES = {"": "figo", "B": "figbo"}


@cache
def files() -> dict[str, Path]:
    """By style, regular and bold. The package holds them as text, fpdf2 wants files."""
    import pymupdf_fonts

    folder = Path(tempfile.mkdtemp(prefix="lambdesk-fonts-"))
    found = {}
    for style, face in _FACES.items():
        found[style] = folder / f"{face}.ttf"
        found[style].write_bytes(pymupdf_fonts.fontbuffers[face]())
    return found


@cache
def known() -> frozenset[int]:
    """The characters that there are."""
    from fontTools.ttLib import TTFont

    with TTFont(os.fspath(files()[""]), lazy=True) as font:
        return frozenset(font.getBestCmap())


def visible(text: str) -> str:
    """The text with a box for each character that there isn't; what joins characters or changes the one before
    vanishes with it."""
    shown = []
    for character in text:
        if ord(character) in known():
            shown.append(character)
        elif character not in _UNSEEN and not "\U0001f3fb" <= character <= "\U0001f3ff":
            shown.append(BOX)
    return "".join(shown)


_UNSEEN = frozenset("\u200d\ufe0e\ufe0f\u2060\ufeff")
"""Joiners and variation selectors."""
