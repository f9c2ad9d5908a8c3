"""STOMP 1.0, 1.1 and 1.2 (https://stomp.github.io/): frames, their limits and faults, and their encoding to octets.
Pure. Decoding is in `decoder.py`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

Version = Literal["1.0", "1.1", "1.2"]
VERSIONS: tuple[Version, ...] = get_args(Version)

CLIENT_COMMANDS = frozenset(
    {"CONNECT", "STOMP", "SEND", "SUBSCRIBE", "UNSUBSCRIBE", "ACK", "NACK", "BEGIN", "COMMIT", "ABORT", "DISCONNECT"}
)
SERVER_COMMANDS = frozenset({"CONNECTED", "MESSAGE", "RECEIPT", "ERROR"})
COMMANDS = CLIENT_COMMANDS | SERVER_COMMANDS

WITH_BODY = frozenset({"SEND", "MESSAGE", "ERROR"})
"""The only frames that may have a body (1.2, Body)."""

UNESCAPED = frozenset({"CONNECT", "CONNECTED", "STOMP"})
"""Their headers are as in 1.0, whatever the version (1.2, Value Encoding); STOMP is handled as CONNECT is."""


class Frame(NamedTuple):
    """A frame. `headers` are unescaped; of a repeated header the first counts."""

    command: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Limits:
    """Size limits (1.2, Size Limits) in octets; `headers` is a number of lines."""

    headers: int = 64
    header: int = 8 * 1024
    """One header line: an access token fits."""
    body: int = 64 * 1024
    """4,000 characters as JSON escapes are up to 48,000."""
    frame: int = 80 * 1024


LIMITS = Limits()


class Fault(Exception):
    """What arrived isn't valid STOMP, or not valid at this point of the session. The answer is ERROR, and the
    connection closes.

    `section` is the heading in the specification of that `version`. `receipt` is what the frame asked for, if it could
    be read as far as that. `early`: another message, still under way, might make it right.
    """

    def __init__(
        self,
        detail: str,
        section: str,
        *,
        version: Version = "1.2",
        receipt: str | None = None,
        early: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{detail} (STOMP {version}, {section})")
        self.detail = detail
        self.section = section
        self.version = version
        self.receipt = receipt
        self.early = early
        self.headers = dict(headers or {})
        """More headers for the ERROR frame."""

    @property
    def url(self) -> str:
        return f"https://stomp.github.io/stomp-specification-{self.version}.html#{self.section.replace(' ', '_')}"


# The backslash first: it is in the others.
_ESCAPES: dict[Version, dict[str, str]] = {
    "1.0": {},
    "1.1": {"\\": "\\\\", "\n": "\\n", ":": "\\c"},
    "1.2": {"\\": "\\\\", "\r": "\\r", "\n": "\\n", ":": "\\c"},
}
_BEGINNING = re.compile(rf"(?:\r?\n)*(?:{'|'.join(sorted(COMMANDS))})\r?\n")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


def begins_frame(text: str) -> bool:
    """Whether `text` starts like a frame. After a partial one it shouldn't: then it has probably overtaken the rest."""
    return _BEGINNING.match(text) is not None


def encode(frame: Frame, version: Version | None) -> bytes:
    """The frame's octets. `version` is None before it is negotiated: headers are not escaped then, as in 1.0.

    `content-length` is added before a body and in every MESSAGE. Raises ValueError if a header can't be written,
    because there are no escapes in this frame or version and it has a line feed (a NUL, a colon in its name).
    """
    command, headers, body = frame
    if "content-length" in headers:
        headers = {name: value for name, value in headers.items() if name != "content-length"}
    text = ""
    for name, value in headers.items():
        text += f"{name}:{value}\n"
    clean = not ("\\" in text or "\r" in text or "\0" in text)
    if not clean or text.count(":") != len(headers) or text.count("\n") != len(headers):
        text = _escaped(command, headers, version or "1.0")
    if body or command == "MESSAGE":
        text += f"content-length:{len(body)}\n"
    return f"{command}\n{text}\n".encode() + body + b"\0"


def _escaped(command: str, headers: Mapping[str, str], version: Version) -> str:
    escapes = _ESCAPES["1.0" if command in UNESCAPED else version]
    text = ""
    for name, value in headers.items():
        for character, escape in escapes.items():
            name, value = name.replace(character, escape), value.replace(character, escape)
        if ":" in name or "\n" in name + value or "\0" in name + value:
            raise ValueError(f"The header {name!r} can't be written in {command} of STOMP {version}.")
        text += f"{name}:{value}\n"
    return text


def unescape(text: str, version: Version) -> str:
    """The reverse of the escapes of `version`. Raises Fault."""
    if "\\" not in text:
        return text
    return "\\".join(_meant(part, version) for part in text.split("\\\\"))


def _meant(text: str, version: Version) -> str:
    """`text` has no escaped backslash in it."""
    for character, escape in _ESCAPES[version].items():
        text = text.replace(escape, character)
    if "\\" in text:
        at = text.index("\\")
        detail = f"Undefined escape sequence {text[at : at + 2]} in a header."
        raise Fault(detail, "Value Encoding", version=version)
    return text
