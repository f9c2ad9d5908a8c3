"""What an attacker can send: the HTTP function over tables as they are deployed."""

from tests.integration.people.conftest import _stack, admin, agent, client, clock, http, mailbox, sign_in

__all__ = ["_stack", "admin", "agent", "client", "clock", "http", "mailbox", "sign_in"]
