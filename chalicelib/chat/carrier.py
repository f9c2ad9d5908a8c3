"""What carries texts to a client: a WebSocket of API Gateway's, or a SockJS session in DynamoDB."""

from typing import Any, Literal, NamedTuple

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from chalicelib.settings import settings

Carrier = Literal["websocket", "sockjs"]

LARGEST = 100 * 1024
"""Octets that a text to a client has at most (contract §7). API Gateway takes 128 KB."""

_client: Any = None


class Address(NamedTuple):
    """Where a connection is reached."""

    carrier: Carrier
    connection_id: str


class Gone(Exception):
    """There is no such connection (any more)."""


def post(address: Address, text: str) -> None:
    """Sends a text. Raises Gone; botocore's errors when the carrier doesn't take it now."""
    if address.carrier == "sockjs":
        _sockjs().append(address.connection_id, text)
        return
    try:
        _management().post_to_connection(ConnectionId=address.connection_id, Data=text.encode())
    except ClientError as error:
        raise _meaning(error) from error


def close(address: Address, code: int = 1000, reason: str = "") -> None:
    """Closes the connection; one that is gone already, too. API Gateway chooses code and reason by itself."""
    try:
        if address.carrier == "sockjs":
            _sockjs().close(address.connection_id, code, reason)
        else:
            _management().delete_connection(ConnectionId=address.connection_id)
    except Gone:
        return
    except ClientError as error:
        if not isinstance(_meaning(error), Gone):
            raise


def _management() -> Any:
    global _client
    if _client is None:
        config = Config(
            connect_timeout=2,
            read_timeout=4,
            retries={"mode": "standard", "total_max_attempts": 3},
            max_pool_connections=32,
            parameter_validation=False,
        )
        _client = boto3.client("apigatewaymanagementapi", endpoint_url=settings.websocket_url, config=config)
    return _client


def _sockjs() -> Any:
    from chalicelib.chat import sockjs_sessions  # only where there is somebody behind SockJS

    return sockjs_sessions


def _meaning(error: ClientError) -> Exception:
    gone = error.response["ResponseMetadata"]["HTTPStatusCode"] == 410
    return Gone(error.response["Error"]["Code"]) if gone else error
