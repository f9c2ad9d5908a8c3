"""File names: any Unicode, except what could mislead a path, a header or a reader. Pure."""

import re
import unicodedata
from urllib.parse import quote

LONGEST = 255
"""The longest name, in characters."""

NAMELESS = "file"

_SEPARATORS = re.compile(r"[/\\]")

# They change the direction of the text that follows: "annexe" + RLO + "gpj.exe" would read as a picture.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_FALLBACK = re.compile(r"[^A-Za-z0-9 ._()+,=@-]+")


def cleaned(name: str) -> str:
    """The last part of what may be a path, without control characters. Never empty, `.` or `..`."""
    last = _SEPARATORS.split(name.strip())[-1]
    kept = "".join(
        character
        for character in last
        if unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp") and character not in _TURNING
    )
    kept = kept.strip()[:LONGEST].strip()
    return kept if kept.strip(".") else NAMELESS


def disposition(name: str, *, inline: bool = False) -> str:
    """`Content-Disposition` that saves a file under this (cleaned) name, or shows it in place (RFC 6266, with
    RFC 8187's spelling for what isn't ASCII, and a plain one for who doesn't know that)."""
    ascii_alone = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = _FALLBACK.sub("_", ascii_alone).strip() or NAMELESS
    if not plain.split(".")[0].strip("_ "):
        plain = NAMELESS + plain[plain.rfind(".") :] if "." in plain else NAMELESS
    return f"{'inline' if inline else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
