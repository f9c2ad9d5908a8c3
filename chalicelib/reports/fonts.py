"""Fonts from packages that ship them. FiraGO sets everything: Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari,
Georgian and Thai in one design. What it lacks is set in Noto: Chinese, Japanese and Korean, a dozen other scripts,
emoji in outline. A character that none of them has is shown as a box. People whose name has such a character are shown
by their e-mail address instead.
"""

import atexit
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files as files_of
from pathlib import Path

from chalicelib.texts import DIRECTIONS

FAMILY = "FiraGO"
BOX = "\u25af"

_FACES = {"": "figo", "B": "figbo"}


@cache
def files() -> dict[str, Path]:
    """FiraGO by style, regular and bold. The package holds them as text, fpdf2 wants files."""
    import pymupdf_fonts

    folder = Path(tempfile.mkdtemp(prefix="lambdesk-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    found = {}
    for style, face in _FACES.items():
        found[style] = folder / f"{face}.ttf"
        found[style].write_bytes(pymupdf_fonts.fontbuffers[face]())
    return found


@cache
def others() -> tuple[Path, ...]:
    """The fallback fonts for what FiraGO lacks, in the order in which they are tried."""
    cjk = Path(str(files_of("noto_cjk_sans_jp_regular") / "NotoSansCJKjp-Regular.otf"))
    rest = Path(str(files_of("manimgx_fonts"))).glob("*.ttf")
    return cjk, *sorted(file for file in rest if "Italic" not in file.name)


def needed(texts: Iterable[str]) -> list[Path]:
    """The fallback fonts that these texts need. A font is read only when those before it lack a character: reading the
    one for Chinese takes as long as a short report."""
    missing = {ord(character) for text in texts for character in text if _seen(character)} - known(files()[""])
    found = []
    for file in others():
        if not missing:
            break
        if missing & known(file):
            found.append(file)
            missing -= known(file)
    return found


@cache
def known(file: Path) -> frozenset[int]:
    """The code points that a font has."""
    from fontTools.ttLib import TTFont

    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())


def visible(text: str, fallbacks: Iterable[Path] = ()) -> str:
    """The text with a box for each character that neither FiraGO nor `fallbacks` have; what joins characters or
    changes the one before vanishes with it. A letter in a mathematician's style that they lack is the plain one; what
    would turn the rest of the line around is shown as a box and turns nothing."""
    fonts = [known(file) for file in (files()[""], *fallbacks)]
    shown = []
    for character in text:
        plain = unicodedata.normalize("NFKC", character)
        if DIRECTIONS.match(character):
            shown.append(BOX)
        elif any(ord(character) in font for font in fonts):
            shown.append(character)
        elif plain != character and all(any(ord(each) in font for font in fonts) for each in plain):
            shown.append(plain)
        elif _seen(character):
            shown.append(BOX)
    return "".join(shown)


def lacks(text: str) -> bool:
    """Whether the text has a character that none of the fonts has."""
    shown = visible(DIRECTIONS.sub("", text), needed([text]))
    return shown.count(BOX) > text.count(BOX)


def _seen(character: str) -> bool:
    """Whether a character is visible by itself: no joiner, variation selector or skin tone."""
    return character not in _UNSEEN and not "\U0001f3fb" <= character <= "\U0001f3ff"


_UNSEEN = frozenset("\u200d\ufe0e\ufe0f\u2060\ufeff")
