"""Every frame that the three specifications show, as they show it, but for the carets that stand for NUL."""

import pytest

from chalicelib.chat.stomp.decoder import Decoder
from chalicelib.chat.stomp.frames import VERSIONS, Frame, Version

PLAIN = {"content-type": "text/plain"}

SHOWN: list[tuple[str, Frame, tuple[Version, ...]]] = [
    # STOMP 1.0. Its headers are padded, and so are its blank lines.
    (
        "CONNECT\nlogin: <username>\npasscode:<passcode>\n\n^@",
        Frame("CONNECT", {"login": "<username>", "passcode": "<passcode>"}),
        ("1.0",),
    ),
    ("CONNECTED\nsession: <session-id>\n\n^@", Frame("CONNECTED", {"session": "<session-id>"}), ("1.0",)),
    (
        "SEND\ndestination:/queue/a\n\nhello queue a\n^@",
        Frame("SEND", {"destination": "/queue/a"}, b"hello queue a\n"),
        VERSIONS,
    ),
    (
        "SUBSCRIBE\ndestination: /queue/foo\nack: client\n\n^@",
        Frame("SUBSCRIBE", {"destination": "/queue/foo", "ack": "client"}),
        ("1.0",),
    ),
    ("UNSUBSCRIBE\ndestination: /queue/a\n\n^@", Frame("UNSUBSCRIBE", {"destination": "/queue/a"}), ("1.0",)),
    *[
        (
            f"{command}\ntransaction: <transaction-identifier>\n\n^@",
            Frame(command, {"transaction": "<transaction-identifier>"}),
            ("1.0",),
        )
        for command in ("BEGIN", "COMMIT", "ABORT")
    ],
    (
        "ACK\nmessage-id: <message-identifier>\ntransaction: <transaction-identifier>\n\n^@",
        Frame("ACK", {"message-id": "<message-identifier>", "transaction": "<transaction-identifier>"}),
        ("1.0",),
    ),
    ("DISCONNECT\n\n^@", Frame("DISCONNECT", {}), VERSIONS),
    (
        "SEND\ndestination:/queue/a\nreceipt:message-12345\n\nHello a!^@",
        Frame("SEND", {"destination": "/queue/a", "receipt": "message-12345"}, b"Hello a!"),
        VERSIONS,
    ),
    (
        "MESSAGE\ndestination:/queue/a\nmessage-id: <message-identifier>\n\nhello queue a^@",
        Frame("MESSAGE", {"destination": "/queue/a", "message-id": "<message-identifier>"}, b"hello queue a"),
        ("1.0",),
    ),
    ("RECEIPT\nreceipt-id:message-12345\n\n^@", Frame("RECEIPT", {"receipt-id": "message-12345"}), VERSIONS),
    # STOMP 1.1 and 1.2
    (
        "COMMAND\nheader1:value1\nheader2:value2\n\nBody^@".replace("COMMAND", "SEND"),
        Frame("SEND", {"header1": "value1", "header2": "value2"}, b"Body"),
        VERSIONS,
    ),
    ("MESSAGE\nfoo:World\nfoo:Hello\n\n^@", Frame("MESSAGE", {"foo": "World"}), VERSIONS),
    (
        "CONNECT\naccept-version:1.0,1.1,2.0\nhost:stomp.github.org\n\n^@",
        Frame("CONNECT", {"accept-version": "1.0,1.1,2.0", "host": "stomp.github.org"}),
        VERSIONS,
    ),
    ("CONNECTED\nversion:1.1\n\n^@", Frame("CONNECTED", {"version": "1.1"}), VERSIONS),
    (
        "ERROR\nversion:1.2,2.1\ncontent-type:text/plain\n\nSupported protocol versions are 1.2 2.1^@",
        Frame("ERROR", {"version": "1.2,2.1", **PLAIN}, b"Supported protocol versions are 1.2 2.1"),
        VERSIONS,
    ),
    (
        "SEND\ndestination:/queue/a\ncontent-type:text/plain\n\nhello queue a\n^@",
        Frame("SEND", {"destination": "/queue/a", **PLAIN}, b"hello queue a\n"),
        VERSIONS,
    ),
    (
        "SUBSCRIBE\nid:0\ndestination:/queue/foo\nack:client\n\n^@",
        Frame("SUBSCRIBE", {"id": "0", "destination": "/queue/foo", "ack": "client"}),
        VERSIONS,
    ),
    ("UNSUBSCRIBE\nid:0\n\n^@", Frame("UNSUBSCRIBE", {"id": "0"}), VERSIONS),
    (
        "ACK\nsubscription:0\nmessage-id:007\ntransaction:tx1\n\n^@",
        Frame("ACK", {"subscription": "0", "message-id": "007", "transaction": "tx1"}),
        VERSIONS,
    ),
    ("ACK\nid:12345\ntransaction:tx1\n\n^@", Frame("ACK", {"id": "12345", "transaction": "tx1"}), VERSIONS),
    *[
        (f"{command}\ntransaction:tx1\n\n^@", Frame(command, {"transaction": "tx1"}), VERSIONS)
        for command in ("BEGIN", "COMMIT", "ABORT")
    ],
    ("DISCONNECT\nreceipt:77\n^@", Frame("DISCONNECT", {"receipt": "77"}), VERSIONS),
    ("RECEIPT\nreceipt-id:77\n^@", Frame("RECEIPT", {"receipt-id": "77"}), VERSIONS),
    (
        "MESSAGE\nsubscription:0\nmessage-id:007\ndestination:/queue/a\ncontent-type:text/plain\n\nhello queue a^@",
        Frame(
            "MESSAGE",
            {"subscription": "0", "message-id": "007", "destination": "/queue/a", **PLAIN},
            b"hello queue a",
        ),
        VERSIONS,
    ),
    (
        "ERROR\nreceipt-id:message-12345\ncontent-type:text/plain\ncontent-length:170\n"
        "message: malformed frame received\n\n"
        "The message:\n-----\nMESSAGE\ndestined:/queue/a\nreceipt:message-12345\n\nHello queue a!\n-----\n"
        "Did not contain a destination header, which is REQUIRED\nfor message propagation.\n^@",
        Frame(
            "ERROR",
            {
                "receipt-id": "message-12345",
                **PLAIN,
                "content-length": "170",  # they say 171; it isn't
                "message": " malformed frame received",
            },
            b"The message:\n-----\nMESSAGE\ndestined:/queue/a\nreceipt:message-12345\n\nHello queue a!\n-----\n"
            b"Did not contain a destination header, which is REQUIRED\nfor message propagation.\n",
        ),
        ("1.1", "1.2"),
    ),
]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(("shown", "meant", "versions"), SHOWN)
def test_what_the_specifications_show(shown: str, meant: Frame, versions: tuple[Version, ...], ends: str) -> None:
    octets = shown.replace("^@", "\0").replace("\n", ends).encode()
    meant = meant._replace(body=meant.body.replace(b"\n", ends.encode()))
    if ends == "\r\n" and "content-length" in meant.headers:
        octets = octets.replace(b"content-length:170", b"content-length:%d" % len(meant.body))
        meant = meant._replace(headers={**meant.headers, "content-length": str(len(meant.body))})
    for version in versions:
        decoder = Decoder(version)
        decoder.feed(octets + ends.encode())
        assert list(decoder.frames()) == [meant]
        assert decoder.partial in (b"", b"\n", b"\r\n")
