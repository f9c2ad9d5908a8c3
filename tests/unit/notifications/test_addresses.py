"""Addresses that our mail carries: signed for one ticket and one account, whatever becomes of their case."""

import base64
import json
import re
from typing import Any

import pytest

from chalicelib import ambient, keys
from chalicelib.notifications import addresses
from chalicelib.settings import settings
from infra import keys as commands

ANN, BOB = ambient.new_id(), ambient.new_id()
TICKET, OTHER = ambient.new_id(), ambient.new_id()


class Ssm:
    """The parameter with the keys."""

    def __init__(self) -> None:
        self.text = json.dumps({"current": "k", "keys": {"k": base64.b64encode(b"1" * 32).decode()}})

    def get_parameter(self, **_: Any) -> Any:
        return {"Parameter": {"Value": self.text}}

    def put_parameter(self, **asked: Any) -> None:
        self.text = asked["Value"]


@pytest.fixture(autouse=True)
def ssm(monkeypatch: pytest.MonkeyPatch) -> Ssm:
    ssm = Ssm()
    monkeypatch.setattr(keys, "_text", lambda purpose, fresh: ssm.text)
    return ssm


def test_a_reply_address_fits_where_mail_needs_it_to() -> None:
    address = addresses.reply_to(TICKET, ANN)
    local, _, domain = address.partition("@")
    assert len(local) <= 64
    assert re.fullmatch(r"reply\+[a-z0-9]+", local)
    assert domain == "lambdesk.test"


@pytest.mark.parametrize("written", [str, str.lower, str.upper, str.title])
def test_it_means_the_same_in_any_case(written: Any) -> None:
    address = written(addresses.reply_to(TICKET, ANN))
    assert addresses.is_reply(address)
    assert addresses.ticket_of(address) == TICKET
    assert addresses.is_of(address, ANN)


def test_it_is_nobody_elses_and_no_other_tickets() -> None:
    address = addresses.reply_to(TICKET, ANN)
    assert not addresses.is_of(address, BOB)
    assert not addresses.is_of(address.replace(TICKET.lower(), OTHER.lower()), ANN)
    for place in range(6, address.index("@")):
        other = "b" if address[place] != "b" else "c"
        assert not addresses.is_of(address[:place] + other + address[place + 1 :], ANN)
    for broken in ("reply+@x", "reply+abc@x", "reply+" + "a" * 42 + "@x", "help@x", "", "reply+" + "é" * 42 + "@x"):
        assert not addresses.is_of(broken, ANN)


def test_rotating_the_keys_leaves_what_mail_carries_good_and_a_leak_doesnt(ssm: Ssm) -> None:
    address, token = addresses.reply_to(TICKET, ANN), addresses.unsubscribe_token(ANN)
    for _ in range(3):
        commands.rotate(ssm, "keys")
    assert addresses.is_of(address, ANN)
    assert addresses.unsubscribed(token) == ANN
    commands.rotate(ssm, "keys", drop=True)
    assert not addresses.is_of(address, ANN)
    assert addresses.unsubscribed(token) is None
    assert addresses.is_of(addresses.reply_to(TICKET, ANN), ANN)


def test_a_thread_is_found_again_and_no_other() -> None:
    thread = addresses.thread(TICKET)
    assert addresses.threads(f"<a@b> {thread} <c@d>") == [TICKET]
    assert addresses.threads(f"{addresses.thread(OTHER)}\r\n {thread} {thread}") == [TICKET, OTHER]
    assert addresses.threads(thread.replace("lambdesk.test", "evil.example")) == []


def test_the_domain_is_that_of_the_sender_unless_another_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(settings), "mail_from", "Help <help@example.com>")
    assert addresses.reply_to(TICKET, ANN).endswith("@example.com")
    assert addresses.support() == "help@example.com"
    monkeypatch.setitem(vars(settings), "mail_in_domain", "in.example.com")
    assert addresses.reply_to(TICKET, ANN).endswith("@in.example.com")
    assert addresses.support() == "help@in.example.com"
