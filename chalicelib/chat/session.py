"""What the server remembers of a connection (Session), what a frame asks of it (Command) and what follows (Step); the
same for STOMP and JSON. Pure.

Any instance may get a connection's next frame, so a session is written to JSON and read back. It holds what the client
has open. Who the client is, and what a subscription delivers, is handled elsewhere.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from chalicelib.chat.stomp.frames import Version
from chalicelib.errors import NotFound

Protocol = Literal["stomp", "json"]
Dialect = Literal["1.0", "1.1", "1.2", "json"]
Ack = Literal["auto", "client", "client-individual"]

SCHEMA = 1
"""Version of the JSON below. A deployment may meet sessions that an older one wrote."""


class UnknownDestination(NotFound):
    """A SEND to a destination that doesn't exist: a fault of the client's program, not of its user (ERROR and
    close)."""


class Subscription(NamedTuple):
    """`id` is the client's name for it; of a STOMP 1.0 client that gives none, and in JSON, the destination."""

    id: str
    destination: str
    ack: Ack = "auto"


class Authenticate(NamedTuple):
    """CONNECT. `token` is from its `Authorization`; None: the handshake must have had one."""

    token: str | None


class Send(NamedTuple):
    """`body` is JSON as the client wrote it, not yet validated; `headers` are all of SEND's."""

    destination: str
    body: bytes
    headers: Mapping[str, str]


class Subscribe(NamedTuple):
    subscription: Subscription


class Unsubscribe(NamedTuple):
    subscription: Subscription


class Acknowledge(NamedTuple):
    """ACK, or NACK when not `consumed`. `cumulative`: all messages before it as well. `subscription` is None in 1.0,
    which names only the message."""

    message_id: str
    subscription: Subscription | None
    consumed: bool = True

    @property
    def cumulative(self) -> bool:
        return self.subscription is not None and self.subscription.ack == "client"


class Commit(NamedTuple):
    """COMMIT: do all of these commands or none."""

    commands: tuple["Send | Acknowledge", ...]


class Disconnect(NamedTuple):
    """The client says good-bye: its subscriptions end."""


Held = Send | Acknowledge
Command = Authenticate | Send | Subscribe | Unsubscribe | Acknowledge | Commit | Disconnect


class Stored(NamedTuple):
    """The message that a Send stored."""

    message_id: str
    seq: int


@dataclass(frozen=True)
class Session:
    """`protocol` is None until the first frame tells, `version` until STOMP's CONNECT was answered."""

    id: str = ""
    """The id that STOMP clients get in CONNECTED. Not the connection's or SockJS's own id: whoever knows those could
    use them."""
    protocol: Protocol | None = None
    version: Version | None = None
    subscriptions: Mapping[str, Subscription] = field(default_factory=dict)
    transactions: Mapping[str, tuple[Held, ...]] = field(default_factory=dict)
    partial: bytes = b""
    """The beginning of a frame that came in pieces."""
    closed: bool = False
    """Whatever still arrives is ignored."""

    @property
    def dialect(self) -> Dialect | None:
        """How events are written for this session; None if it can't have subscriptions yet."""
        return "json" if self.protocol == "json" else self.version

    def to_json(self) -> str:
        """The session as JSON, without fields that are as in a new session: it is written anew with each frame."""
        fields = {
            "id": self.id,
            "protocol": self.protocol,
            "version": self.version,
            "subscriptions": [list(subscription) for subscription in self.subscriptions.values()],
            "transactions": {name: [written(held) for held in all_] for name, all_ in self.transactions.items()},
            "partial": base64.b64encode(self.partial).decode(),
            "closed": self.closed,
        }
        told = {name: value for name, value in fields.items() if value}
        return json.dumps({"schema": SCHEMA, **told}, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Session":
        """The reverse of `to_json`. ValueError: another schema."""
        fields = json.loads(text)
        if fields.pop("schema") != SCHEMA:
            raise ValueError("A session of another schema.")
        subscriptions = [Subscription(*each) for each in fields.pop("subscriptions", ())]
        transactions = fields.pop("transactions", {})
        return cls(
            subscriptions={each.id: each for each in subscriptions},
            transactions={name: tuple(_read(held) for held in all_) for name, all_ in transactions.items()},
            partial=base64.b64decode(fields.pop("partial", "")),
            **fields,
        )


@dataclass(frozen=True)
class Step:
    """What to do for one frame: perform `commands` in order, keep `session`, send what the protocol's `done` returns.
    If a command is refused, the protocol's `refused` returns another step, to do instead of the rest of this one.
    """

    session: Session
    commands: tuple[Command, ...] = ()
    replies: tuple[str, ...] = ()
    """Texts to send once the commands are done."""
    asked: str | int | None = None
    """The receipt (STOMP) or the request id (JSON) that the frame asked to be answered with."""
    close: bool = False
    """Close the connection after the replies."""
    early: str | None = None
    """This frame and those after it, if an earlier frame that is still on its way might make it valid: hold it back for
    a moment and read it again with the session as it is then."""


def written(held: Held) -> list[Any]:
    """A command of a transaction, as written into the session's JSON."""
    if isinstance(held, Send):
        return ["send", held.destination, base64.b64encode(held.body).decode(), dict(held.headers)]
    return ["ack", held.message_id, held.subscription and list(held.subscription), held.consumed]


def _read(written: list[Any]) -> Held:
    if written[0] == "send":
        return Send(written[1], base64.b64decode(written[2]), written[3])
    subscription = written[2] and Subscription(*written[2])
    return Acknowledge(written[1], subscription, written[3])
