"""Whether a text has anything visible in it. Pure."""

import re
import unicodedata

_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols by their category, and drawn as nothing."""

DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""They turn the direction of what stands behind them, also in somebody else's line."""


def shows(text: str) -> bool:
    """Whether there is something to see: one character at least that is no space, control, format, surrogate or
    combining mark, nor one of those that are drawn as nothing (contract §2)."""
    return any(
        character not in _BLANK and unicodedata.category(character) not in ("Cc", "Cf", "Cs")
        for character in text
        if unicodedata.category(character)[0] not in "ZM"
    )
