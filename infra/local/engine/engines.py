"""What answers the AWS calls: moto in this process, and for `ENGINE=dynamodb-local` AWS's DynamoDB Local beside it.

moto isn't isolated under threads, so its calls are made one at a time.
"""

import hashlib
import json
import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from botocore.awsrequest import AWSResponse
from botocore.httpsession import URLLib3Session
from moto import mock_aws
from moto.core.botocore_stubber import MockRawResponse
from moto.core.models import botocore_stubber
from moto.dynamodb.models import dynamodb_backends
from moto.sqs.models import Queue, sqs_backends

from infra.local.engine import answers, moto_speed, moto_tables
from infra.local.engine.account import ACCOUNT, ENVIRONMENT, REGION, client
from infra.local.engine.calls import Call
from infra.local.engine.dynamodb_local import DynamoDBLocal
from infra.local.engine.parameters import Parameters

ENGINES = ("moto", "dynamodb-local")

_TOKEN_SECONDS = 600
"""How long DynamoDB remembers a ClientRequestToken."""


Expired = tuple[dict[str, Any], dict[str, str]]


class Engine:
    """Moto in this process, one call at a time: every service except SSM, which is implemented here."""

    name = "moto"
    keeps: Path | None = None
    """Where what outlives the process is kept; None: nothing does."""

    def __init__(self) -> None:
        self.connections: Callable[[Call], AWSResponse] | None = None
        """Answers calls of `@connections`."""
        self.lock = threading.RLock()
        self.changed: Callable[[Call], object] | None = None
        """Told of every call to moto that succeeded, before its caller is answered, with the lock held."""
        self.parameters = Parameters()
        self._corrections = ExitStack()
        self._moto = mock_aws(config={"core": {"mock_credentials": False}})
        self._committed: dict[str, tuple[float, bytes, AWSResponse]] = {}

    def start(self) -> None:
        os.environ.update(ENVIRONMENT)
        self._moto.start()
        botocore_stubber.enabled = False  # at calls.py's doors it would come first
        self._corrections = moto_tables.corrected()
        self._corrections.enter_context(moto_speed.applied())

    def stop(self) -> None:
        self._corrections.close()
        self._moto.stop()

    def send(self, call: Call) -> AWSResponse:
        if call.name == "dynamodb:TransactWriteItems":
            return self._transact(call)
        return self.moto(call)

    def moto(self, call: Call, region: str = REGION) -> AWSResponse:
        """Moto's answer. `region` is the one that the request is addressed to. Connections are the gateway's."""
        if self.connections is not None and call.service == "apigatewaymanagementapi":
            return self.connections(call)
        with self.lock:
            response: Any = (
                self.parameters.answer(call)
                if call.service == "ssm"
                else moto_speed.answer(call, ACCOUNT, region) or botocore_stubber.process_request(call.request)
            )
            if self.changed and response is not None and response[0] < 300:
                self.changed(call)
        if response is None:
            raise NotImplementedError(f"There is no {call.name} at {call.request.url}")
        status, headers, body = response
        return AWSResponse(call.request.url, status, headers, MockRawResponse(body))

    def clear(self) -> None:
        """Empties all tables, streams and queues, so that tests can start afresh within milliseconds."""
        with self.lock:
            for table in dynamodb_backends[ACCOUNT][REGION].tables.values():
                table.items.clear()
                moto_tables.forget(table)
                if table.stream_shard:
                    table.stream_shard.items = []
            for queue in self.queues():
                queue._messages.clear()
            self._committed.clear()

    def queues(self) -> list[Queue]:
        return list(sqs_backends[ACCOUNT][REGION].queues.values())

    def expired(self, table: str, attribute: str, now: int) -> list[Expired]:
        """Keys of the items whose epoch second in `attribute` has come, each with that attribute's value."""
        with self.lock:
            return moto_tables.expired(dynamodb_backends[ACCOUNT][REGION].tables[table], attribute, now)

    def _transact(self, call: Call) -> AWSResponse:
        """Moto ignores the token that makes a transaction idempotent."""
        params = {name: value for name, value in call.params.items() if name != "ReturnConsumedCapacity"}
        token = params.pop("ClientRequestToken", None)
        payload = hashlib.sha256(json.dumps(params, sort_keys=True).encode()).digest()
        with self.lock:
            if token in self._committed:
                at, committed, answer = self._committed[token]
                if time.monotonic() - at < _TOKEN_SECONDS:
                    if committed == payload:
                        return answers.copy(answer)
                    return answers.error(call, "IdempotentParameterMismatchException")
            answer = self.moto(call)
            if token and answer.status_code == 200:
                self._forget_old_tokens()
                self._committed[token] = (time.monotonic(), payload, answers.copy(answer))
            return answer

    def _forget_old_tokens(self) -> None:
        limit = time.monotonic() - _TOKEN_SECONDS
        while self._committed and next(iter(self._committed.values()))[0] < limit:
            self._committed.pop(next(iter(self._committed)))


class _Beyond(URLLib3Session):
    """Leads out: calls.py, which replaces the method of everybody's sessions, leaves this one alone."""

    send = URLLib3Session.send


class DynamoDBLocalEngine(Engine):
    """DynamoDB and its streams by AWS's DynamoDB Local, in a Java process that keeps its data; the rest by moto."""

    name = "dynamodb-local"

    def __init__(self, server: DynamoDBLocal) -> None:
        super().__init__()
        self.keeps = server.data
        self._server = server
        # Head and body go out as two packets: without this the second waits 40 ms for the first's acknowledgement.
        at_once = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
        self._http = _Beyond(max_pool_connections=64, socket_options=at_once)  # type: ignore[arg-type]

    def start(self) -> None:
        self._server.start()
        super().start()

    def stop(self) -> None:
        super().stop()
        self._server.stop()

    def expired(self, table: str, attribute: str, now: int) -> list[Expired]:
        dynamodb = client("dynamodb")
        keys = dynamodb.describe_table(TableName=table)["Table"]["KeySchema"]
        names = {f"#{number}": key["AttributeName"] for number, key in enumerate(keys)} | {"#at": attribute}
        pages = dynamodb.get_paginator("scan").paginate(
            TableName=table,
            FilterExpression="#at <= :now",
            ProjectionExpression=", ".join(names),
            ExpressionAttributeNames=names,
            ExpressionAttributeValues={":now": {"N": str(now)}},
        )
        return [(item, item.pop(attribute)) for page in pages for item in page["Items"]]

    def send(self, call: Call) -> AWSResponse:
        if call.service not in ("dynamodb", "dynamodbstreams"):
            return self.moto(call)
        # The client may have been made for another engine: its address says nothing.
        parts = urlsplit(call.request.url)
        call.request.url = urlunsplit(("http", f"127.0.0.1:{self._server.port}", parts.path, parts.query, ""))
        answer: AWSResponse = self._http.send(call.request)
        return answer
