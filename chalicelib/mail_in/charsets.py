"""Bytes of a mail to text, whatever they are called. Pure."""

import codecs

_MEANT = {
    # What mail programs (and browsers) mean by these names: supersets that hold what really occurs.
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso2022_jp": "iso2022_jp_ext",
    "big5": "big5hkscs",
}


def text_of(content: bytes, charset: str | None) -> str:
    """The text. Says the charset nothing, or something wrong, it is UTF-8 if it can be, else Windows-1252."""
    if content.startswith(codecs.BOM_UTF8):
        return content.decode("utf-8-sig", "replace")
    try:
        name = codecs.lookup(charset or "ascii").name
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        name = "ascii"
    if name in ("ascii", "cp1252", "iso8859-1"):
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            return content.decode("cp1252", "replace")
    return content.decode(_MEANT.get(name, name), "replace")
