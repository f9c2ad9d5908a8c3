"""Whether an event of the history has those who watch the ticket sent it again."""

import pytest

from chalicelib import ambient
from chalicelib.tickets import history
from chalicelib.tickets.kinds import Change
from tests.integration.people.conftest import Http, Session


@pytest.mark.parametrize(
    ("change", "side", "shows"),
    [("comment", None, True), ("note", "staff", False), ("attachment", None, True), ("attachment", "staff", False)],
)
def test_nobody_is_sent_a_ticket_for_what_only_one_side_may_see(
    http: Http, client: Session, change: Change, side: str | None, shows: bool
) -> None:
    """A file on a note of staff's had it sent to the client: who watched saw that something was there."""
    ticket = http("POST", "/tickets", {"title": "T", "description": "D"}, as_=client).body["id"]
    event = history.event(ticket, ambient.timestamp(), history.SYSTEM, change, after="x", side=side)
    event.save()
    _, events = history.with_ticket(ticket, [event.item])
    assert history.shown_by(events) == shows
