"""Sends texts to clients: through a WebSocket of API Gateway or a SockJS session in DynamoDB."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from chalicelib.settings import settings

Transport = Literal["websocket", "sockjs"]

LARGEST = 100 * 1024
"""The largest text to a client, in octets (contract §7). API Gateway takes 128 KB."""

_client: Any = None


class Address(NamedTuple):
    """Identifies a connection and the transport that reaches it."""

    transport: Transport
    connection_id: str


class Gone(Exception):
    """The connection doesn't exist (any more)."""


def post(address: Address, text: str) -> None:
    """Sends a text. Raises Gone; botocore's errors when the transport doesn't take it now."""
    if address.transport == "sockjs":
        with _session() as sessions:
            sessions.append(address.connection_id, text)
        return
    try:
        _management().post_to_connection(ConnectionId=address.connection_id, Data=text.encode())
    except ClientError as error:
        raise _meaning(error) from error


def close(address: Address, code: int = 1000, reason: str = "") -> None:
    """Closes the connection; does nothing if it is gone. API Gateway chooses code and reason."""
    try:
        if address.transport == "sockjs":
            with _session() as sessions:
                sessions.close(address.connection_id, code, reason)
        else:
            _management().delete_connection(ConnectionId=address.connection_id)
    except Gone:
        return
    except ClientError as error:
        if not isinstance(_meaning(error), Gone):
            raise


def is_there(address: Address) -> bool:
    """Whether the connection is still open."""
    if address.transport == "sockjs":
        with _session() as sessions:
            return bool(sessions.is_open(address.connection_id))
    try:
        _management().get_connection(ConnectionId=address.connection_id)
    except ClientError as error:
        if isinstance(_meaning(error), Gone):
            return False
        raise
    return True


def polled_at(address: Address) -> int:
    """When a polling client last polled, in epoch milliseconds; 0 if it never did or doesn't poll."""
    if address.transport != "sockjs":
        return 0
    with _session() as sessions:
        return int(sessions.polled_at(address.connection_id))


def _management() -> Any:
    global _client
    if _client is None:
        config = Config(
            connect_timeout=2,
            read_timeout=4,
            retries={"mode": "standard", "total_max_attempts": 2},
            max_pool_connections=32,
            parameter_validation=False,
        )
        _client = boto3.client("apigatewaymanagementapi", endpoint_url=settings.websocket_url, config=config)
    return _client


@contextmanager
def _session() -> Iterator[Any]:
    """The module that keeps SockJS sessions. A session that is closed is a connection that is gone."""
    from chalicelib.chat.sockjs import sessions  # imported only when a SockJS connection is used

    try:
        yield sessions
    except sessions.Closed as closed:
        raise Gone(str(closed)) from closed


def _meaning(error: ClientError) -> Exception:
    gone = error.response["ResponseMetadata"]["HTTPStatusCode"] == 410
    return Gone(error.response["Error"]["Code"]) if gone else error
