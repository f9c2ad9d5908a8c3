"""Octets to STOMP frames. Pure.

A frame may come in several WebSocket messages and several frames in one, so what is decoded is a stream. An
incomplete frame stays in `Decoder.partial`: it can be stored, and the next `Decoder` continues from it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NoReturn

from chalicelib.chat.stomp.frames import COMMANDS, LIMITS, UNESCAPED, Fault, Frame, Limits, Version, unescape

_LONGEST = max(map(len, COMMANDS)) + 1
_EOLS = re.compile(rb"(?:\r?\n)*")
_HEAD_END = re.compile(rb"\n\r?\n|\0")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


class Decoder:
    """Frames out of a stream. Feed it, take all frames, keep `partial`.

    Set `version` as soon as it is negotiated: frames after CONNECT in the same message are read by its rules.
    """

    __slots__ = ("_at", "_last", "_limits", "_stream", "version")

    def __init__(self, version: Version | None = None, partial: bytes = b"", limits: Limits = LIMITS) -> None:
        self.version = version
        self._stream = partial
        self._at = self._last = 0
        self._limits = limits

    @property
    def partial(self) -> bytes:
        """The octets fed that `frames` hasn't yielded yet; they begin at the start of a frame."""
        return self._stream[self._at :]

    @property
    def again(self) -> bytes:
        """The octets from the frame that was returned last, or that is at fault, to be fed again later."""
        return self._stream[self._last :]

    def feed(self, chunk: str | bytes) -> None:
        """Takes text, or octets, which may end within a character."""
        octets = _octets(chunk) if isinstance(chunk, str) else chunk
        self._stream = self._stream[self._at :] + octets if self._at < len(self._stream) else octets
        self._at = self._last = 0

    def frames(self) -> Iterator[Frame]:
        """The complete frames, one at a time, without heart-beats. Raises Fault."""
        while self._at < len(self._stream):
            frame = self._plain() or self._next()
            if frame is None:
                return
            yield frame

    def _plain(self) -> Frame | None:
        """The next frame, if it is whole and there is nothing to it: no CR, no fault. Just quicker than `_next`, which
        gives the same."""
        stream, start, version, limits = self._stream, self._at, self.version, self._limits
        self._last = start
        end = stream.find(b"\n\n", start)
        head = stream[start:end]
        if end < 0 or len(head) > limits.header or version == "1.0" or b"\r" in head or b"\0" in head:
            return None
        try:
            command, *lines = head.decode().split("\n")
        except UnicodeDecodeError:
            return None
        if command not in COMMANDS or len(lines) > limits.headers:
            return None
        headers: dict[str, str] = {}
        for line in lines:
            name, colon, value = line.partition(":")
            if not colon or not name:
                return None
            if name not in headers:  # the first one counts (Repeated Header Entries)
                headers[name] = value
        if b"\\" in head and version is not None and command not in UNESCAPED:
            headers = _unescaped(headers, version)
        body_at, length = end + 2, headers.get("content-length")
        if length is None:
            body_end = stream.find(b"\0", body_at)
        elif len(length) < 9 and length.isascii() and length.isdigit():
            body_end = body_at + int(length)
            if body_end >= len(stream) or stream[body_end]:
                return None
        else:
            return None
        if body_end < 0 or body_end - body_at > limits.body or body_end - start > limits.frame:
            return None
        self._at = body_end + 1
        return Frame(command, headers, stream[body_at:body_end])

    def _next(self) -> Frame | None:
        stream, start = self._stream, self._at
        if start < len(stream) and stream[start] in b"\r\n":
            eols = _EOLS.match(stream, start)
            assert eols
            self._at = start = eols.end()
        self._last = start
        if start == len(stream):
            return None

        end = stream.find(b"\n\n", start)
        body_at = end + 2
        head = stream[start:end]
        if end < 0 or b"\r" in head or b"\0" in head:
            head_end = _HEAD_END.search(stream, start)
            if head_end is None:
                self._wait(start)
                return None
            end = head_end.start()
            body_at = head_end.end()
            if stream[end] == 0:
                # The specification's own DISCONNECT example has no blank line. Anywhere else a NUL is out of place.
                if stream[end - 1 : end] != b"\n" or end == start:
                    raise Fault("A NUL before the blank line that ends the headers.", "STOMP Frames", early=True)
                body_at = end
                end -= 1
            head = stream[start:end]

        command, headers = self._head(head)
        body_end = self._body_end(headers, body_at)
        if body_end is None:
            return None
        if body_end - start > self._limits.frame:
            raise Fault(f"The frame is longer than {self._limits.frame} octets.", "Size Limits")
        self._at = body_end + 1
        return Frame(command, headers, stream[body_at:body_end])

    def _wait(self, start: int) -> None:
        """The headers haven't ended yet: they may still, unless it is clear already that they can't."""
        stream = self._stream
        first = stream.find(b"\n", start, start + _LONGEST + 1)
        if first >= 0 or len(stream) - start > _LONGEST:
            self._known(stream[start:first].rstrip(b"\r") if first >= 0 else stream[start : start + _LONGEST])
        if len(stream) - start > self._limits.frame:
            raise Fault(f"The frame is longer than {self._limits.frame} octets.", "Size Limits")
        if len(stream) - stream.rfind(b"\n") > self._limits.header + 2:
            raise Fault(f"A header is longer than {self._limits.header} octets.", "Size Limits")

    def _known(self, command: bytes) -> None:
        name = command.decode("ascii", "replace")
        if name not in COMMANDS:
            raise Fault(f"There is no command {name[:_LONGEST]!r}.", "Augmented BNF", early=True)

    def _head(self, head: bytes) -> tuple[str, dict[str, str]]:
        limits, version = self._limits, self.version
        try:
            lines = head.decode().split("\n")
        except UnicodeDecodeError:
            raise Fault("The headers are not UTF-8.", "Value Encoding", early=True) from None
        if b"\r" in head and (version in (None, "1.2") or lines[0].endswith("\r")):
            lines = [line.removesuffix("\r") for line in lines]
        command = lines[0]
        if command not in COMMANDS:
            self._known(command.encode())
        if len(lines) > limits.headers + 1:
            raise Fault(f"There are more than {limits.headers} headers.", "Size Limits")
        if len(head) > limits.header and any(len(line.encode()) > limits.header for line in lines):
            raise Fault(f"A header is longer than {limits.header} octets.", "Size Limits")
        headers: dict[str, str] = {}
        for line in lines[1:]:
            name, colon, value = line.partition(":")
            if not colon or not name:
                raise Fault(f"A header without a {'name' if colon else 'colon'}.", "Augmented BNF")
            if name not in headers:  # the first one counts: Repeated Header Entries
                headers[name] = value
        if version == "1.0":
            # Its examples pad, so its clients do (1.2, Value Encoding tells of it).
            headers = {name.strip(" "): value.strip(" ") for name, value in headers.items()}
        elif b"\\" in head and version is not None and command not in UNESCAPED:
            headers = _unescaped(headers, version)
        return command, headers

    def _body_end(self, headers: Mapping[str, str], body_at: int) -> int | None:
        """Where the NUL after the body is; None if it isn't there yet."""
        stream, limit = self._stream, self._limits.body
        length = headers.get("content-length")
        if length is None:
            end = stream.find(b"\0", body_at)
            if (end if end >= 0 else len(stream)) - body_at > limit:
                self._refuse(headers, f"The body is longer than {limit} octets.", "Size Limits")
            return end if end >= 0 else None
        if not (length.isascii() and length.isdigit()):
            self._refuse(headers, f"content-length is no number of octets: {length[:20]!r}.", "Header content-length")
        if len(length) > 9 or int(length) > limit:
            self._refuse(headers, f"The body is longer than {limit} octets.", "Size Limits")
        end = body_at + int(length)
        if end >= len(stream):
            return None
        if stream[end] != 0:
            detail = f"There is no NUL after the {length} octets of the body that content-length tells of."
            self._refuse(headers, detail, "Header content-length")
        return end

    def _refuse(self, headers: Mapping[str, str], detail: str, section: str) -> NoReturn:
        raise Fault(detail, section, receipt=headers.get("receipt"))


def _octets(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:  # half a character of JavaScript's: what its own TextEncoder makes of it
        return _LONE_SURROGATES.sub("\ufffd", text).encode()


def _unescaped(headers: Mapping[str, str], version: Version) -> dict[str, str]:
    try:
        return {unescape(name, version): unescape(value, version) for name, value in headers.items()}
    except Fault as fault:
        fault.receipt = headers.get("receipt")
        raise
