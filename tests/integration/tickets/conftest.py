"""Tickets over tables as they are deployed, by the HTTP function."""

from tests.integration.people.conftest import _stack, admin, agent, client, clock, http, mailbox, sign_in

__all__ = ["_stack", "admin", "agent", "client", "clock", "http", "mailbox", "sign_in"]
