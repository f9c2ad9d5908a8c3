"""What STOMP frames do to a session, on the pure rules."""

import json

import pytest

from chalicelib.chat import protocols
from chalicelib.chat.session import (
    Acknowledge,
    Authenticate,
    Command,
    Commit,
    Disconnect,
    Send,
    Session,
    Step,
    Subscribe,
    Subscription,
    UnknownDestination,
    Unsubscribe,
)
from chalicelib.chat.stomp.decoder import Decoder
from chalicelib.chat.stomp.frames import LIMITS, VERSIONS, Frame, Version
from chalicelib.chat.stomp.session import (
    MAX_HELD,
    MAX_HELD_OCTETS,
    MAX_NAME,
    MAX_SUBSCRIPTIONS,
    MAX_TRANSACTIONS,
    receive,
)
from chalicelib.errors import Forbidden, Invalid, Unauthenticated


def read(text: str, version: Version | None = "1.2") -> Frame:
    decoder = Decoder(version)
    decoder.feed(text)
    (frame,) = decoder.frames()
    return frame


class Client:
    """Sends frames and keeps what the server would keep, through JSON each time."""

    def __init__(self, version: Version | None = "1.2") -> None:
        self.session = Session(id="s1", protocol="stomp")
        self.commands: list[Command] = []
        self.frames: list[Frame] = []
        self.last = Step(self.session)
        self.early: str | None = None
        if version:
            self.sends(f"CONNECT\naccept-version:{version}\nhost:x\n\n\0")
            self.forgets()

    def forgets(self) -> None:
        self.commands, self.frames = [], []

    def sends(self, text: str) -> "Client":
        for step in receive(Session.from_json(self.session.to_json()), text):
            self.last = step
            self.early = step.early
            self.session = step.session
            self.commands += step.commands
            self.frames += [read(reply, step.session.version) for reply in protocols.done(step)]
        return self

    @property
    def error(self) -> Frame:
        (*_, frame) = self.frames
        assert frame.command == "ERROR", self.frames
        assert self.last.close
        assert self.session.closed
        return frame


def connected(headers: str) -> Frame:
    client = Client(None).sends(f"CONNECT\n{headers}\n\0")
    (frame,) = client.frames
    return frame


# Protocol Negotiation


@pytest.mark.parametrize(
    ("accepted", "version"),
    [("1.0,1.1,2.0", "1.1"), ("1.2", "1.2"), ("1.0,1.1,1.2", "1.2"), ("1.2,1.0", "1.2"), ("1.1, 1.0", "1.1")],
)
@pytest.mark.parametrize("command", ["CONNECT", "STOMP"])
def test_the_highest_common_version_is_spoken(command: str, accepted: str, version: str) -> None:
    client = Client(None).sends(f"{command}\naccept-version:{accepted}\nhost:stomp.github.org\n\n\0")
    (frame,) = client.frames
    assert frame.command == "CONNECTED"
    assert frame.headers["version"] == version == client.session.version


def test_without_accept_version_it_is_1_0() -> None:
    frame = connected("login: a\npasscode: b\n")
    assert frame.headers == {"version": "1.0", "server": "Lambdesk", "session": "s1"}


def test_without_a_common_version_it_ends() -> None:
    client = Client(None).sends("CONNECT\naccept-version:2.0,2.1\n\n\0")
    assert client.error.headers["version"] == "1.0,1.1,1.2"
    assert client.error.body == b"Supported protocol versions are 1.0 1.1 1.2"
    assert client.commands == []


@pytest.mark.parametrize("frame", ["SEND\ndestination:/app/chat\n\n\0", "DISCONNECT\n\n\0", "CONNECTED\n\n\0"])
def test_connect_comes_first(frame: str) -> None:
    client = Client(None).sends(frame)
    assert "CONNECT" in client.error.headers["message"]
    assert client.early == frame, "CONNECT may have been overtaken"


def test_connect_comes_once() -> None:
    assert "already" in Client().sends("CONNECT\naccept-version:1.2\n\n\0").error.headers["message"]


@pytest.mark.parametrize("name", ["Authorization", "authorization"])
def test_connect_may_bring_a_token(name: str) -> None:
    client = Client(None).sends(f"CONNECT\naccept-version:1.2\n{name}:Bearer abc.def\n\n\0")
    assert client.commands == [Authenticate("abc.def")]
    assert Client(None).sends("CONNECT\nlogin:a\npasscode:b\n\n\0").commands == [Authenticate(None)]


def test_a_bad_token_is_error_and_close() -> None:
    (step,) = receive(Session(), "CONNECT\naccept-version:1.2\n\n\0")
    step = protocols.refused(step, Unauthenticated("The token is not valid."), "m1")
    assert read(step.replies[0]).headers["message"] == "The token is not valid."
    assert step.close


# Heart-beating


@pytest.mark.parametrize("asked", ["0,0", "4000,4000", "0,10000", "10000,0", " 1 , 2 "])
def test_the_server_promises_no_heart_beats(asked: str) -> None:
    assert connected(f"accept-version:1.1\nheart-beat:{asked}\n").headers["heart-beat"] == "0,240000"


@pytest.mark.parametrize("asked", ["", "1", "1,2,3", "a,b", "-1,0"])
def test_heart_beats_are_two_numbers(asked: str) -> None:
    frame = connected(f"accept-version:1.2\nheart-beat:{asked}\n")
    assert frame.command == "ERROR"
    assert b"#Heart-beating" in frame.body


def test_a_heart_beat_changes_nothing() -> None:
    client = Client()
    before = client.session
    assert client.sends("\n").sends("\r\n").session == before
    assert client.frames == []


# Header receipt, RECEIPT

FRAMES = {
    "SEND": "SEND\ndestination:/app/chat\n{}\n{{}}\0",
    "SUBSCRIBE": "SUBSCRIBE\nid:1\ndestination:/topic/ticket/t\n{}\n\0",
    "UNSUBSCRIBE": "UNSUBSCRIBE\nid:0\n{}\n\0",
    "ACK": "ACK\nid:m1@c\nmessage-id:m1\nsubscription:c\n{}\n\0",
    "NACK": "NACK\nid:m1@c\nmessage-id:m1\nsubscription:c\n{}\n\0",
    "BEGIN": "BEGIN\ntransaction:t2\n{}\n\0",
    "COMMIT": "COMMIT\ntransaction:t1\n{}\n\0",
    "ABORT": "ABORT\ntransaction:t1\n{}\n\0",
    "SEND in a transaction": "SEND\ndestination:/app/chat\ntransaction:t1\n{}\n{{}}\0",
    "DISCONNECT": "DISCONNECT\n{}\n\0",
}
BEFORE = (
    "SUBSCRIBE\nid:0\ndestination:/topic/ticket/0\n\n\0"
    "SUBSCRIBE\nid:c\ndestination:/topic/ticket/c\nack:client\n\n\0"
    "BEGIN\ntransaction:t1\n\n\0"
)


@pytest.mark.parametrize(
    ("name", "version"),
    [(name, version) for name in FRAMES for version in VERSIONS if (name, version) != ("NACK", "1.0")],
)
def test_every_frame_that_asks_gets_its_receipt(name: str, version: Version) -> None:
    client = Client(version).sends(BEFORE)
    client.forgets()
    client.sends(FRAMES[name].format("receipt:message-12345\n"))
    assert client.frames == [Frame("RECEIPT", {"receipt-id": "message-12345"})]
    quiet = Client(version).sends(BEFORE)
    assert quiet.sends(FRAMES[name].format("")).frames == []


def test_a_receipt_may_be_any_text() -> None:
    assert Client().sends("BEGIN\ntransaction:a\nreceipt:a\\cb\\n👋\n\n\0").frames[0].headers == {
        "receipt-id": "a:b\n👋"
    }


def test_receipts_of_one_message_keep_their_order() -> None:
    client = Client().sends("".join(f"SEND\ndestination:/app/chat\nreceipt:{n}\n\n{{}}\0" for n in range(5)))
    assert [frame.headers["receipt-id"] for frame in client.frames] == list("01234")


# SEND


def test_send_hands_over_what_it_has() -> None:
    client = Client().sends("SEND\ndestination:/app/chat\nx-y:z\n\n{}\0")
    (send,) = client.commands
    assert send == Send("/app/chat", b"{}", {"destination": "/app/chat", "x-y": "z"})


def refused_send(more: str = "", listening: bool = True) -> Step:
    client = Client()
    if listening:
        client.sends("SUBSCRIBE\nid:e\ndestination:/user/queue/errors\n\n\0")
    body = '{"client_message_id":"c1"}'
    (step,) = receive(client.session, f"SEND\ndestination:/app/chat\n{more}\n{body}\0")
    return step


def test_a_send_that_is_not_allowed_is_an_event_and_no_error() -> None:
    step = protocols.refused(refused_send("receipt:r1\n"), Forbidden("Not yours."), "m9")
    assert not step.close
    assert not step.session.closed
    frame = read(step.replies[0])
    assert frame.command == "MESSAGE"
    assert frame.headers["subscription"] == "e"
    assert frame.headers["receipt-id"] == "r1"
    told = {"type": "error", "status": 403, "detail": "Not yours.", "client_message_id": "c1"}
    assert json.loads(frame.body) == told


def test_who_does_not_listen_for_errors_hears_none() -> None:
    step = protocols.refused(refused_send(listening=False), Invalid.field("content", "Too long."), "m9")
    assert (step.replies, step.close) == ((), False)


def test_an_unknown_destination_is_error_and_close() -> None:
    step = protocols.refused(refused_send("receipt:r1\n"), UnknownDestination("There is no /app/x."), "m9")
    frame = read(step.replies[0])
    assert (frame.command, frame.headers["receipt-id"]) == ("ERROR", "r1")
    assert step.close


# SUBSCRIBE, UNSUBSCRIBE


def test_subscribe_and_unsubscribe() -> None:
    client = Client().sends("SUBSCRIBE\nid:0\ndestination:/topic/ticket/t\nack:client\n\n\0")
    subscription = Subscription("0", "/topic/ticket/t", "client")
    assert client.commands == [Subscribe(subscription)]
    client.sends("UNSUBSCRIBE\nid:0\n\n\0")
    assert client.commands[1:] == [Unsubscribe(subscription)]
    assert client.session.subscriptions == {}


def test_in_1_0_the_destination_will_do() -> None:
    client = Client("1.0").sends("SUBSCRIBE\ndestination: /topic/ticket/t\nack: client\n\n\0")
    assert client.commands == [Subscribe(Subscription("/topic/ticket/t", "/topic/ticket/t", "client"))]
    client.sends("UNSUBSCRIBE\ndestination: /topic/ticket/t\n\n\0")
    assert client.session.subscriptions == {}


def test_a_subscription_that_is_not_allowed_is_error_and_close() -> None:
    (step,) = receive(Client().session, "SUBSCRIBE\nid:0\ndestination:/topic/ticket/t\nreceipt:r\n\n\0")
    step = protocols.refused(step, Forbidden("No."), "m1")
    assert read(step.replies[0]).headers["receipt-id"] == "r"
    assert step.close


# ACK, NACK


def delivered(version: Version, ack: str) -> tuple[Client, Frame]:
    client = Client(version).sends(f"SUBSCRIBE\nid:s\ndestination:/topic/ticket/t\nack:{ack}\n\n\0")
    client.forgets()
    text = protocols.event(version, client.session.subscriptions["s"], "m1", '{"type":"message"}')
    return client, read(text, version)


def test_a_message_is_complete() -> None:
    _, frame = delivered("1.2", "client")
    assert frame.headers == {
        "subscription": "s",
        "message-id": "m1",
        "destination": "/topic/ticket/t",
        "content-type": "application/json;charset=utf-8",
        "ack": "m1@s",
        "content-length": "18",
    }
    assert frame.body == b'{"type":"message"}'


def test_only_1_2_has_an_ack_header_and_only_where_one_is_wanted() -> None:
    assert "ack" not in delivered("1.2", "auto")[1].headers
    assert "ack" not in delivered("1.1", "client")[1].headers
    assert "ack" not in delivered("1.0", "client")[1].headers


@pytest.mark.parametrize("command", ["ACK", "NACK"])
@pytest.mark.parametrize(("ack", "cumulative"), [("client", True), ("client-individual", False)])
@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_a_message_is_acknowledged_by_what_the_version_names(
    version: Version, ack: str, cumulative: bool, command: str
) -> None:
    client, frame = delivered(version, ack)
    named = f"id:{frame.headers['ack']}" if version == "1.2" else "message-id:m1\nsubscription:s"
    (acknowledged,) = client.sends(f"{command}\n{named}\n\n\0").commands
    assert isinstance(acknowledged, Acknowledge)
    assert acknowledged.message_id == "m1"
    assert acknowledged.cumulative is cumulative
    assert acknowledged.consumed is (command == "ACK")


def test_1_0_acknowledges_by_message_alone_and_has_no_nack() -> None:
    client, _ = delivered("1.0", "client")
    assert client.sends("ACK\nmessage-id: m1\n\n\0").commands == [Acknowledge("m1", None)]
    assert client.sends("NACK\nmessage-id: m1\n\n\0").error


@pytest.mark.parametrize("named", ["id:nonsense", "id:m1@other", "id:@s", "message-id:m1\nsubscription:s", ""])
def test_what_was_never_sent_cannot_be_acknowledged(named: str) -> None:
    client, _ = delivered("1.2", "client")
    assert client.sends(f"ACK\n{named}\n\n\0").error


def test_nothing_of_an_auto_subscription_is_acknowledged() -> None:
    client, _ = delivered("1.2", "auto")
    assert client.sends("ACK\nid:m1@s\n\n\0").error


# BEGIN, COMMIT, ABORT


def test_a_transaction_holds_everything_until_commit() -> None:
    client, frame = delivered("1.2", "client")
    client.sends("BEGIN\ntransaction:t\n\n\0SEND\ndestination:/app/chat\ntransaction:t\n\na\0")
    client.sends(f"ACK\nid:{frame.headers['ack']}\ntransaction:t\n\n\0SEND\ndestination:/app/chat\n\nb\0")
    assert [type(command) for command in client.commands] == [Send], "only what isn't in the transaction"
    client.forgets()
    (commit,) = client.sends("COMMIT\ntransaction:t\n\n\0").commands
    assert isinstance(commit, Commit)
    assert [type(command) for command in commit.commands] == [Send, Acknowledge]
    assert client.session.transactions == {}


def test_abort_forgets_and_an_empty_transaction_is_nothing() -> None:
    client = Client().sends(
        "BEGIN\ntransaction:t\n\n\0SEND\ndestination:/a\ntransaction:t\n\na\0ABORT\ntransaction:t\n\n\0"
    )
    client.sends("BEGIN\ntransaction:t\n\n\0COMMIT\ntransaction:t\n\n\0")
    assert client.commands == []


@pytest.mark.parametrize("command", ["COMMIT", "ABORT", "SEND\ndestination:/a", "ACK\nid:m1@s"])
def test_an_unknown_transaction_is_a_fault_that_may_be_early(command: str) -> None:
    client, _ = delivered("1.2", "client")
    client.sends(f"SEND\ndestination:/b\n\n\0{command}\ntransaction:t\nreceipt:r\n\n\0BEGIN\ntransaction:t\n\n\0")
    assert client.error.headers["receipt-id"] == "r"
    assert client.early == f"{command}\ntransaction:t\nreceipt:r\n\n\0BEGIN\ntransaction:t\n\n\0"


def test_what_came_early_is_right_later() -> None:
    client = Client()
    before = client.session
    early = client.sends("COMMIT\ntransaction:t\n\n\0").early
    assert early
    client.session = before
    client.sends("BEGIN\ntransaction:t\n\n\0SEND\ndestination:/a\ntransaction:t\n\n\0").sends(early)
    assert isinstance(client.commands[-1], Commit)


# DISCONNECT


def test_disconnect_ends_everything_after_its_receipt() -> None:
    client = Client().sends(BEFORE)
    client.forgets()
    client.sends("DISCONNECT\nreceipt:77\n\n\0SEND\ndestination:/app/chat\n\n{}\0")
    assert client.commands == [Disconnect()]
    assert client.frames == [Frame("RECEIPT", {"receipt-id": "77"})]
    assert client.last.close
    assert client.session.transactions == {}
    assert list(receive(client.session, "SEND\ndestination:/app/chat\n\n{}\0")) == []


# ERROR

FAULTS = {
    "no destination": ("SEND\n{}\n\0", "SEND"),
    "no id": ("SUBSCRIBE\ndestination:/a\n{}\n\0", "SUBSCRIBE"),
    "no destination to subscribe": ("SUBSCRIBE\nid:9\n{}\n\0", "SUBSCRIBE"),
    "the id is taken": ("SUBSCRIBE\nid:0\ndestination:/a\n{}\n\0", "SUBSCRIBE_id_Header"),
    "an unknown ack": ("SUBSCRIBE\nid:9\ndestination:/a\nack:never\n{}\n\0", "SUBSCRIBE_ack_Header"),
    "no such subscription": ("UNSUBSCRIBE\nid:9\n{}\n\0", "UNSUBSCRIBE"),
    "unsubscribe without id": ("UNSUBSCRIBE\ndestination:/topic/ticket/0\n{}\n\0", "UNSUBSCRIBE"),
    "the transaction is taken": ("BEGIN\ntransaction:t1\n{}\n\0", "BEGIN"),
    "no transaction": ("BEGIN\n{}\n\0", "BEGIN"),
    "commit of none": ("COMMIT\n{}\n\0", "COMMIT"),
    "abort of an unknown one": ("ABORT\ntransaction:t9\n{}\n\0", "ABORT"),
    "a body": ("SUBSCRIBE\nid:9\ndestination:/a\n{}\nbody\0", "Body"),
    "a server's frame": ("RECEIPT\nreceipt-id:1\n{}\n\0", "Client_Frames"),
    "a wrong length": ("SEND\ndestination:/a\ncontent-length:x\n{}\n\0", "Header_content-length"),
    "an undefined escape": ("SEND\ndestination:\\t\n{}\n\0", "Value_Encoding"),
    "a long name": ("BEGIN\ntransaction:" + "x" * (MAX_NAME + 1) + "\n{}\n\0", "Size_Limits"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_error_then_close_and_says_which_frame_it_was(name: str) -> None:
    text, section = FAULTS[name]
    client = Client().sends(BEFORE)
    client.forgets()
    client.sends(text.format("receipt:r1\n"))
    assert client.error.headers["receipt-id"] == "r1"
    assert client.error.headers["message"]
    assert client.error.headers["content-type"] == "text/plain"
    assert f"stomp-specification-1.2.html#{section}\n" in client.error.body.decode()
    assert client.commands == []
    assert "receipt-id" not in Client().sends(BEFORE).sends(text.format("")).error.headers


def test_garbage_is_a_fault() -> None:
    assert Client().sends("GET / HTTP/1.1\r\n\r\n").error
    assert Client(None).sends("hello").sends(" everybody").error


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"SUBSCRIBE\nid:{n}\ndestination:/a\n\n\0" for n in range(MAX_SUBSCRIPTIONS + 1)),
        "".join(f"BEGIN\ntransaction:{n}\n\n\0" for n in range(MAX_TRANSACTIONS + 1)),
        "BEGIN\ntransaction:t\n\n\0" + "SEND\ndestination:/a\ntransaction:t\n\n\0" * (MAX_HELD + 1),
        "BEGIN\ntransaction:t\n\n\0" + f"SEND\ndestination:/a\ntransaction:t\n\n{'x' * (MAX_HELD_OCTETS // 2)}\0" * 2,
    ],
)
def test_what_is_remembered_is_limited(text: str) -> None:
    assert Client().sends(text).error


def test_the_largest_session_fits_an_item() -> None:
    client = Client()
    for number in range(MAX_SUBSCRIPTIONS):
        name = f"{number:03d}".ljust(MAX_NAME - 2, "x")
        client.sends(f"SUBSCRIBE\nid:{name}\ndestination:{name}\nack:client\n\n\0")
    client.sends("BEGIN\ntransaction:t\n\n\0")
    for _ in range(4):
        client.sends(f"SEND\ndestination:/a\ntransaction:t\n\n{'x' * (MAX_HELD_OCTETS // 6)}\0")
    client.sends("SEND\ndestination:/a\n\n" + "x" * LIMITS.body)
    assert client.frames == []
    assert len(client.session.transactions["t"]) == 4
    assert 200_000 < len(client.session.to_json().encode()) < 300_000


# Frames in pieces


def test_a_frame_may_come_in_pieces_with_others_before_and_behind() -> None:
    text = (
        "SEND\ndestination:/a\n\n1\0SEND\ndestination:/b\ncontent-length:3\n\n2\0ü"[:-1]
        + "ü\0\nBEGIN\ntransaction:t\n\n\0"
    )
    text = text.replace("content-length:3", "content-length:4")
    for first in range(0, len(text), 7):
        for second in range(first, len(text), 5):
            client = Client().sends(text[:first]).sends(text[first:second]).sends(text[second:])
            assert [command.body.decode() for command in client.commands if isinstance(command, Send)] == ["1", "2\0ü"]
            assert client.session.transactions == {"t": ()}
            assert client.session.partial == b""


def test_a_piece_that_overtook_the_beginning_is_early() -> None:
    assert Client().sends("rest of a body\0").early == "rest of a body\0"
    pieced = Client().sends("SEND\ndestination:/a\nx")
    assert pieced.sends("SEND\nno colon here\n\n\0").early == "SEND\nno colon here\n\n\0"


# The session itself


def test_a_session_survives_json() -> None:
    client, frame = delivered("1.1", "client")
    client.sends(
        "BEGIN\ntransaction:t\n\n\0SEND\ndestination:/a\ntransaction:t\nü:ö\ncontent-length:2\n\n\0ab"[:-1] + "\0"
    )
    client.sends("ACK\nmessage-id:m1\nsubscription:s\ntransaction:t\n\n\0SEND\ndest")
    assert client.session.partial == b"SEND\ndest"
    assert Session.from_json(client.session.to_json()) == client.session
    assert frame.headers["subscription"] == "s"


def test_a_session_of_another_schema_is_refused() -> None:
    fields = json.loads(Session().to_json())
    with pytest.raises(ValueError, match="schema"):
        Session.from_json(json.dumps({**fields, "schema": 0}))


def test_the_end_of_the_users_session_is_told() -> None:
    step = protocols.ended(Client().session, Unauthenticated("You signed out."))
    assert read(step.replies[0]).headers["message"] == "You signed out."
    assert step.close
