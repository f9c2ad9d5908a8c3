"""Decodes the bytes of a mail, whatever charset they claim. Pure."""

import codecs
import re

_MEANT = {
    # What mail programs (and browsers) mean by these names: supersets that cover what really occurs.
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso2022_jp": "iso2022_jp_ext",
    "big5": "big5hkscs",
    "tis-620": "cp874",
}
_CALLED = {
    # Names that Python doesn't know.
    "windows-31j": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gb18030",
    "x-mac-roman": "mac_roman",
    "x-mac-japanese": "cp932",
    "macintosh": "mac_roman",
    "unicode-1-1-utf-7": "utf-7",
    "x-unknown": "ascii",
    "unknown-8bit": "ascii",
}
_NO_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"})
"""Codecs that Python lists as text encodings, though they are no charsets of mail."""
_META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)


def text_of(content: bytes, charset: str | None) -> str:
    """Decodes with the named charset if it fits, else as UTF-8 if that fits, else with the named charset and
    replacement characters. Without a known charset the last resort is Windows-1252. Never raises."""
    if content.startswith(codecs.BOM_UTF8):
        return content.decode("utf-8-sig", "replace")
    name = _codec(charset)
    meant = _MEANT.get(name, name)
    for each in dict.fromkeys((meant, "utf-8")):
        try:
            return content.decode(each)
        except (UnicodeError, ValueError):
            continue
    if meant in ("ascii", "cp1252"):
        return _western(content)
    return content.decode(meant, "replace")


def html_of(content: bytes, charset: str | None) -> str:
    """As `text_of`, but if the header names no charset, one that the HTML names is used."""
    if charset is None and (found := _META.search(content[:4_000])):
        charset = found[1].decode("ascii")
    return text_of(content, charset)


def _western(content: bytes) -> str:
    """As Windows-1252; the five bytes undefined there are read as Latin-1."""
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _codec(charset: str | None) -> str:
    """Python's name of the charset; "ascii" if there is none."""
    called = (charset or "ascii").strip().strip("\"'").lower()[:40]
    guesses = [
        _CALLED.get(called, called),
        re.sub(r"^(?:windows|x-windows|x-cp|cp)-?(?=\d)", "cp", called),
        re.sub(r"-[ie]$", "", called),
        called.removeprefix("x-").replace("-", "_"),
    ]
    for guess in guesses:
        try:
            found = codecs.lookup(guess)
        except (LookupError, UnicodeError, ValueError):  # ValueError: a NUL in the name
            continue
        if found._is_text_encoding and found.name not in _NO_CHARSETS:
            return found.name
    return "ascii"
