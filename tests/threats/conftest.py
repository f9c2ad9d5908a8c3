"""What an attacker can send: the HTTP function over tables as they are deployed, and mail that comes in."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from infra.local.engine.account import client as aws
from infra.local.events.receiving import _event
from infra.local.stack import Stack
from tests.integration.people.conftest import Http, Mailbox, _stack, admin, agent, client, clock, http, mailbox, sign_in

__all__ = ["_stack", "admin", "agent", "client", "clock", "http", "mailbox", "sign_in"]

Receive = Callable[..., str]


@pytest.fixture
def stack(_stack: Stack) -> Stack:
    return _stack


@pytest.fixture
def receive(http: Http, _stack: Stack, mailbox: Mailbox) -> Receive:
    """Has a mail delivered as SES would; what became of it."""
    bucket = _stack.resources.template.name("MailIn")

    def receive(sender: str, to: str, text: str = "Hello.", headers: str = "", name: str = "", **verdicts: str) -> str:
        number = uuid4().hex
        head = headers if "From:" in headers else f"From: {sender}\r\n{headers}"
        raw = f"{head}Message-ID: <{name or number}@mail.example.org>\r\n\r\n{text}\r\n".encode()
        aws("s3").put_object(Bucket=bucket, Key=f"inbound/{number}", Body=raw)
        answer: Any = _stack.functions.invoke(
            "on_mail_in", _event(raw, _stack.clock.timestamp(), str(number), sender, [to], verdicts)
        )
        return str(answer["became"])

    return receive
