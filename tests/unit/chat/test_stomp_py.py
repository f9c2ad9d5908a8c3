"""Our codec against that of stomp.py, which speaks from the client's side: what one writes the other reads."""

import os
from typing import Any

import pytest
from hypothesis import given, strategies as st

os.environ.setdefault("STOMP_SKIP_HOSTNAME_SCAN", "1")

from stomp.protocol import Protocol11, Protocol12
from stomp.transport import BaseTransport
from stomp.utils import Frame as TheirFrame, convert_frame, pack

from chalicelib.chat import protocols
from chalicelib.chat.session import Acknowledge, Commit, Disconnect, Session, Subscribe, Subscription, Unsubscribe
from chalicelib.chat.stomp.decoder import Decoder
from chalicelib.chat.stomp.frames import Frame, Version, encode


class Wire(BaseTransport):  # type: ignore[misc]
    """Its transport without a socket: what it would send, and what it makes of what arrives."""

    def __init__(self) -> None:
        super().__init__(auto_decode=False)
        self.running = True
        self.vhost = "localhost"
        self.current_host_and_port = ("localhost", 61613)
        self.sent: list[bytes] = []
        self.arrived: list[bytes] = []
        self.read: list[Any] = []

    def is_connected(self) -> bool:
        return True

    def send(self, encoded_frame: bytes) -> None:
        self.sent.append(encoded_frame)

    def receive(self) -> bytes:
        return self.arrived.pop(0)

    def process_frame(self, frame: Any, frame_str: bytes) -> None:
        self.read.append(frame)

    def reads(self, octets: bytes) -> list[Any]:
        self.arrived, self.read = [octets], []
        self._BaseTransport__read_frames()
        return self.read


def ours(octets: bytes, version: Version | None) -> list[Frame]:
    decoder = Decoder(version)
    decoder.feed(octets)
    return list(decoder.frames())


words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1)
# It escapes no names.
names = st.text(st.characters(codec="utf-8", exclude_characters="\0:\n\r\\"), min_size=1).filter(
    lambda name: "content-length" not in name
)
headers = st.dictionaries(names, words, max_size=6)


@given(headers, st.binary(max_size=80))
def test_it_reads_what_we_write(sent: dict[str, str], body: bytes) -> None:
    octets = encode(Frame("MESSAGE", sent, body), "1.2")
    (read,) = Wire().reads(octets)
    assert read.cmd == "MESSAGE"
    assert read.headers == {**sent, "content-length": str(len(body))}
    assert read.body == body


@given(headers, st.binary(min_size=1, max_size=80))
def test_we_read_what_it_writes(sent: dict[str, str], body: bytes) -> None:
    escaped = dict(sent)
    Protocol12._escape_headers(object(), escaped)
    octets = pack(convert_frame(TheirFrame("SEND", {**escaped, "content-length": len(body)}, body)))
    assert ours(octets, "1.2") == [Frame("SEND", {**sent, "content-length": str(len(body))}, body)]


@pytest.mark.parametrize("protocol", [Protocol11, Protocol12])
def test_a_whole_conversation(protocol: type[Any]) -> None:
    wire = Wire()
    client = protocol(wire)
    version = client.version
    client.connect("a", "b", headers={"Authorization": "Bearer x"}, with_connect_command=True)
    client.subscribe("/topic/ticket/t", "s:1", ack="client-individual", receipt="r:1")
    client.begin("t:1", receipt="r:2")
    client.send("/app/chat", '{"content":"Grüße\0"}'.encode(), transaction="t:1", receipt="r\n3")
    if version == "1.2":
        client.ack("m1@s:1", transaction="t:1", receipt="r:4")
    else:
        client.ack("m1", "s:1", transaction="t:1", receipt="r:4")
    client.commit("t:1", receipt="r:5")
    client.unsubscribe("s:1", receipt="r:6")
    client.send_frame("DISCONNECT", {"receipt": "r:7"})

    session = Session(protocol="stomp")
    commands: list[Any] = []
    answers: list[Any] = []
    for octets in wire.sent:
        for step in protocols.receive(session, octets.decode()):
            session = step.session
            commands += step.commands
            answers += Wire().reads("".join(protocols.done(step)).encode()) if step.replies else []

    assert session.version == version
    assert answers[0].cmd == "CONNECTED"
    assert [frame.headers["receipt-id"] for frame in answers[1:]] == ["r:1", "r:2", "r\n3", "r:4", "r:5", "r:6", "r:7"]
    subscription = Subscription("s:1", "/topic/ticket/t", "client-individual")
    assert commands[1] == Subscribe(subscription)
    assert isinstance(commands[2], Commit)
    send, ack = commands[2].commands
    assert send[1] == '{"content":"Grüße\0"}'.encode()
    assert ack == Acknowledge("m1", subscription)
    assert commands[3:] == [Unsubscribe(subscription), Disconnect()]


def test_it_takes_our_messages_to_its_listeners() -> None:
    text = protocols.event("1.2", Subscription("s", "/topic/x", "client"), "m1", '{"content":"ü"}')
    (read,) = Wire().reads(text.encode())
    assert read.body.decode() == '{"content":"ü"}'
    assert read.headers["ack"] == "m1@s"
