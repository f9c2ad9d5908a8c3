"""The chat's interface for its transports: a connection opens, texts arrive on it, it closes. Answers and events go out
through `transport.post`."""

from collections.abc import Sequence

from chalicelib.chat import connections, incoming
from chalicelib.chat.session import Session
from chalicelib.chat.tokens import Visitor
from chalicelib.chat.transport import Address
from chalicelib.errors import Refused


def opened(address: Address, visitor: Visitor | None, sub_protocol: str | None = None) -> None:
    """A connection opens. A repeat changes nothing. `visitor` None: CONNECT will say who it is. Raises
    Unauthenticated."""
    connections.open_one(address, visitor, sub_protocol)


def knows(address: Address) -> bool:
    """Whether it is known whose connection it is: opened with a token, or CONNECTed since."""
    connection = connections.find(address.connection_id)
    return connection is not None and connection.account_id is not None


def arrived(address: Address, texts: Sequence[str], at: int) -> None:
    """Texts from the client that reached the gateway together at this epoch millisecond, in order."""
    try:
        incoming.take(address, texts, at)
    except Refused as refusal:  # the database kept refusing for the moment
        connections.refuse(address, Session(), refusal)


def gone(address: Address) -> None:
    """The connection has closed. A repeat changes nothing."""
    connections.end(address)
