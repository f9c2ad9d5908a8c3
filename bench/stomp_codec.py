"""Our STOMP codec's time against stomp.py's, on the same frames: `.venv/bin/python -m bench.stomp_codec`.

Decoding is what happens to a WebSocket message on arrival: octets in, frames with decoded headers out. stomp.py's is
its transport's own loop, fed without a socket. Encoding is a frame to octets with escaped headers, as its `Protocol12`
does it on sending. The best of several rounds counts: the machine's other work only ever adds.

It comes to about three times as fast, four with MESSAGE, not the five that were aimed at. A third of the time is what
Python takes to split lines into a dictionary and cut out the body, without a check; another is the checks that stomp.py
leaves out (sizes, commands, colons, undefined escapes, the NUL where content-length says); the rest is a decoder that
starts from stored octets for each message. Beside verifying a token (30 µs) or one write (1 ms) none of it matters.
"""

import argparse
import json
import os
import timeit
from collections.abc import Callable
from typing import Any

os.environ.setdefault("STOMP_SKIP_HOSTNAME_SCAN", "1")

from stomp.protocol import Protocol12
from stomp.transport import BaseTransport
from stomp.utils import Frame as TheirFrame, convert_frame, pack

from chalicelib.chat.stomp.decoder import Decoder
from chalicelib.chat.stomp.frames import Frame, encode


def message(size: int) -> bytes:
    return json.dumps(
        {"type": "message", "id": "01J0000000000000000000TEST", "ticket_id": "01J00", "seq": 7, "content": "x" * size}
    ).encode()


FRAMES: dict[str, Frame] = {
    "SEND, 100 characters": Frame(
        "SEND", {"destination": "/app/chat", "content-type": "application/json", "receipt": "r-17"}, message(100)
    ),
    "SEND, 4,000 characters": Frame(
        "SEND", {"destination": "/app/chat", "content-type": "application/json", "receipt": "r-17"}, message(4000)
    ),
    "MESSAGE": Frame(
        "MESSAGE",
        {
            "subscription": "sub-0",
            "message-id": "01J0000000000000000000TEST",
            "destination": "/topic/ticket/01J0000000000000000000TEST",
            "ack": "01J0000000000000000000TEST@sub-0",
            "content-type": "application/json;charset=utf-8",
        },
        message(100),
    ),
    "SUBSCRIBE": Frame("SUBSCRIBE", {"id": "sub-0", "destination": "/topic/ticket/01J0000000000000000000TEST"}),
    "ACK": Frame("ACK", {"id": "01J0000000000000000000TEST@sub-0"}),
    "SEND, escapes": Frame(
        "SEND", {"destination": "/app/chat", "note": "a:b\\c\nd:e", "receipt": "12:30"}, message(100)
    ),
}


class Theirs(BaseTransport):  # type: ignore[misc]
    """stomp.py's transport over one WebSocket message."""

    def __init__(self) -> None:
        super().__init__()
        self.running = True
        self.seen: list[Any] = []
        self.chunk = b""

    def receive(self) -> bytes:
        return self.chunk

    def process_frame(self, frame: Any, frame_str: bytes) -> None:  # noqa: ARG002 (its signature)
        self.seen.append(frame)

    def decode(self, chunk: bytes) -> list[Any]:
        self.chunk, self.seen = chunk, []
        self._BaseTransport__read_frames()
        return self.seen


class Escaping(Protocol12):  # type: ignore[misc]
    """Its escapes without its connection."""

    def __init__(self) -> None:
        self.version = "1.2"

    def encode(self, frame: Frame) -> bytes:
        headers = dict(frame.headers)
        if frame.body:
            headers["content-length"] = str(len(frame.body))
        self._escape_headers(headers)
        return bytes(pack(convert_frame(TheirFrame(frame.command, headers, frame.body))))


def ours(chunk: bytes) -> list[Frame]:
    decoder = Decoder("1.2")
    decoder.feed(chunk)
    return list(decoder.frames())


def seconds(work: Callable[[], object], number: int, rounds: int) -> float:
    return min(timeit.repeat(work, number=number, repeat=rounds)) / number


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--number", type=int, default=2000, help="runs in a round")
    arguments.add_argument("--rounds", type=int, default=7)
    options = arguments.parse_args()
    theirs, escaping = Theirs(), Escaping()

    print(f"{'µs a frame':<26}{'decode':>8}{'stomp.py':>10}{'ratio':>7}   {'encode':>8}{'stomp.py':>10}{'ratio':>7}")
    totals = [0.0] * 4
    for name, frame in FRAMES.items():
        wire = encode(frame, "1.2")
        assert dict(ours(wire)[0].headers) == theirs.decode(wire)[0].headers
        assert ours(escaping.encode(frame))[0].body == frame.body
        times = [
            seconds(work, options.number, options.rounds)
            for work in (
                lambda wire=wire: ours(wire),
                lambda wire=wire: theirs.decode(wire),
                lambda frame=frame: encode(frame, "1.2"),
                lambda frame=frame: escaping.encode(frame),
            )
        ]
        totals = [total + time for total, time in zip(totals, times, strict=True)]
        print(row(name, times))
    print(row("all", totals))


def row(name: str, times: list[float]) -> str:
    decode, their_decode, encoded, their_encoded = (time * 1e6 for time in times)
    return (
        f"{name:<26}{decode:>8.1f}{their_decode:>10.1f}{their_decode / decode:>7.1f}   "
        f"{encoded:>8.1f}{their_encoded:>10.1f}{their_encoded / encoded:>7.1f}"
    )


if __name__ == "__main__":
    main()
