"""Bytes of a mail to text, whatever they are called. Pure."""

import codecs
import re

_MEANT = {
    # What mail programs (and browsers) mean by these names: supersets that hold what really occurs.
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
"""Codecs that Python counts among those of text."""
_META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)


def text_of(content: bytes, charset: str | None) -> str:
    """The text: as it is called if that can be, else as UTF-8 if that can be, else as near as can be to what it is
    called. Without a name, or with one that nobody knows, the last is Windows-1252. Never raises."""
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
    """As `text_of`; where the header says nothing, HTML may say it itself."""
    if charset is None and (found := _META.search(content[:4_000])):
        charset = found[1].decode("ascii")
    return text_of(content, charset)


def _western(content: bytes) -> str:
    """Windows-1252; the five bytes that it leaves undefined as Latin-1 has them."""
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _codec(charset: str | None) -> str:
    """Python's name of it; "ascii" where there is none."""
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
