"""Recognises lines that mail programs add by themselves: "Sent from my iPhone", a rule above a quotation. Pure."""

import re

_LONG = 500
_LONGEST = 120
"""Characters of a program's line about itself."""
_SENT = re.compile(
    r"(?:sent|get|envoy|enviad|gesendet|von meinem|mit meinem|inviat|verstuurd|verzonden|skickat|sendt|lähetetty|"
    r"wysłan|odesl|отправлен|надіслано|발신|나의|发自|發自|從我的|发送自|gönderildi|trimis|küldve|poslan|στάλθηκε|"
    r"נשלח|أرسل|مرسل|تم الإرسال|diperoleh|dikirim|iphone|yahoo mail: )",
    re.IGNORECASE,
)
_PROGRAM = re.compile(
    r"iphone|ipad|android|galaxy|samsung|huawei|xiaomi|pixel|blackberry|outlook|yahoo|proton|gmx|web\.de|thunderbird|"
    r"windows|superhuman|bluemail|aka\.ms|\bmail\b|mailbox|telefon|mobile|smartphone",
    re.IGNORECASE,
)
_LINKED = re.compile(r"[^<>]{0,80}<https://aka\.ms/\w{1,20}>[^<>]{0,40}")
""" "Outlook für iOS<https://aka.ms/o0ukef> beziehen", in any language."""
_LINK = re.compile(r"https://\S{1,100}")
_RULE = re.compile(r"\s*(?:[-_=*—–]{5,}|[-_=]{3,}+\s*+\S[^\n]{0,60}?\s*[-_=]{3,})\s*$")
_SAYING = re.compile(r"\s*-{3,}+\s*+\w[^\n@]{0,60}?\s*-{3,}\s*$")
_BETWEEN = re.compile(r"-{3,}\s*\S.*@.*\S\s*-{3,}")


def is_rule(line: str) -> bool:
    return len(line) <= _LONG and bool(_RULE.match(line))


def is_saying_rule(line: str) -> bool:
    """ "------ Original Message ------", in any language."""
    return len(line) <= _LONG and bool(_SAYING.match(line))


def is_own(line: str) -> bool:
    """Whether a program writes this about itself."""
    said = line.strip(" *_[(")
    return len(said) <= _LONGEST and bool((_SENT.match(said) and _PROGRAM.search(said)) or _LINKED.fullmatch(said))


def is_link(line: str) -> bool:
    """Whether the line is a link alone, such as some programs write below the line about themselves."""
    return bool(_LINK.fullmatch(line.strip()))


def ends_heading(text: str) -> bool:
    """Whether the text ends as lines do by which a program says whose mail follows: with a colon, or within dashes."""
    said = text.strip()
    return said.endswith((":", "：")) or bool(_BETWEEN.fullmatch(said))
