"""Normalisation of words before they are compared: in tickets, names and searches. Pure (docs/decisions/0028).

What differs only in case, in accents, in width, in the script of its digits, in how Unicode or a keyboard happens to
write it, or in characters that nobody sees, is the same in this form.
"""

import unicodedata
from functools import lru_cache

# Combining classes of accents, and of the vowel signs that Arabic and Hebrew are read without; 1 is a stroke through
# the letter. Vowels of Indic scripts and Japanese voicing marks are none of them: they make another word.
_ACCENTS = frozenset({1, *range(10, 37), *range(200, 255)})

_LETTERS = """
    ıi łl đd ðd ɖd ɗd øo ɔo ɵo œoe æae þth ħh ŧt ŋn ɲn əe ǝe ɛe ɓb ƀb ƃb ƙk ĸk ƒf ɣg ǥg ʋv ƴy ɏy ƶz ʒz ɨi ɩi ʉu ƭt ⱡl
    ƚl ᵽp ɍr ȼc ɇe ɉj ȷj
    ґг ӏi
    ىي یي ېي کك ہه ھه ەه ةه ۃه ٱا ـ
    ךכ םמ ןנ ףפ ץצ
    ँं
    ʹ' ʻ' ʼ' ʽ' ʾ' ʿ' ˈ'
"""
"""What Unicode doesn't take apart, each with what it counts as. Line by line: Latin letters, as people type them who
don't have them on the keyboard; Cyrillic; Arabic as it is written for Arabic, Persian and Urdu, and the stretched line;
Hebrew letters at the end of a word; Devanagari's two signs of a nasal; apostrophes that are letters to Unicode."""

_NUKTA = "\u093c"
"""Devanagari's dot for a foreign sound is often left out."""
_SAME = {pair[0]: pair[1:] for pair in _LETTERS.split()} | {_NUKTA: ""}
_KATAKANA = range(0x30A1, 0x30F7)
_TO_HIRAGANA = 0x30A1 - 0x3041
_NUMERO = "№"
"""A word by itself, whatever follows without a space."""
_SEPARATES = "\u200b"
"""Zero width space: nobody sees it, and in Thai or Khmer it stands between words."""


def folded(text: str) -> str:
    """The normalised text. Folding it again changes nothing, and canonically equivalent texts give the same result."""
    if text.isascii():
        return text.lower()
    seen = "".join(c for c in text.replace(_NUMERO, "no. ") if not _unseen(c))
    plain = unicodedata.normalize("NFKD", _without_accents(seen).casefold())
    letters = "".join(map(_letter, _without_accents(plain)))
    return unicodedata.normalize("NFC", letters.replace("न्", "ं"))


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.combining(c) not in _ACCENTS)


@lru_cache(maxsize=10_000)
def _unseen(character: str) -> bool:
    """What stands inside a word without being part of it (Unicode Annex 29, WB4): joiners, soft hyphens, directions,
    the choice of a glyph, a frame around it."""
    if character == _SEPARATES:
        return False
    category = unicodedata.category(character)
    return category in ("Cf", "Me") or character == "\u034f" or "VARIATION SELECTOR" in unicodedata.name(character, "")


@lru_cache(maxsize=10_000)
def _letter(character: str) -> str:
    if character in _SAME:
        return _SAME[character]
    if ord(character) in _KATAKANA:
        return chr(ord(character) - _TO_HIRAGANA)
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)
