"""Which mails there are, and who gets each (contract §8). Pure tables; a test walks every cell.

`SECURITY` mail goes to the person concerned, whatever they turned off. `TICKETS` mail doesn't go to the person who
caused it (except the receipt), nor to people who turned mail off; notes cause none.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple, Protocol


class Mail(NamedTuple):
    """`template`: name of the two files in `templates/`. `page`: where in the web client its link leads."""

    template: str
    subject: str
    page: str = ""


SECURITY: Mapping[str, Mail] = {
    "verification": Mail("verification", "Confirm your e-mail address", page="verify-email"),
    "invitation": Mail("invitation", "You are invited", page="accept-invitation"),
    "reset": Mail("reset", "Set a new password", page="reset-password"),
    "password_changed": Mail("password_changed", "Your password was changed", page="forgot-password"),
    "factor_on": Mail("factor_on", "A second factor was set up", page="profile"),
    "factor_off": Mail("factor_off", "Your second factor was removed", page="profile"),
}
"""The attribute `mail` of an item in `accounts` -> the mail that is sent for it."""

CONFIRM_FOR_A_TICKET = "Confirm your address"
"""The subject of "verification" where a ticket waits for it."""

CONFIRMED = "confirmed"
"""The same attribute where no mail follows but the receipts that waited."""

Happening = Literal[
    "created",
    "assigned",
    "comment of the client",
    "comment of staff",
    "status changed",
    "resolved",
    "reopened by a comment",
    "about to be closed",
    "chat unread",
    "answer to a closed ticket",
]

Kind = Literal["assigned", "comment", "reopened", "status", "resolved", "closing", "chat"]
"""What a notification tells of (contract §9)."""

Party = Literal["client", "assignee", "reader"]
"""The ticket's client; who had the ticket then, or has it from then on; who has not read the chat."""

TICKETS: Mapping[Happening, Mapping[Party, str]] = {
    "created": {"client": "receipt"},
    "assigned": {"assignee": "assigned"},
    "comment of the client": {"assignee": "comment"},
    "comment of staff": {"client": "comment"},
    "status changed": {"client": "status", "assignee": "status"},
    "resolved": {"client": "resolved", "assignee": "status"},
    "reopened by a comment": {},  # the comment's own mail says so
    "about to be closed": {"client": "closing"},
    "chat unread": {"reader": "unread"},
    "answer to a closed ticket": {},  # who wrote is answered (mail_in), by nobody's event
}
"""What happened -> who is told, by which template."""

INBOX: Mapping[Happening, Kind] = {
    "assigned": "assigned",
    "comment of the client": "comment",
    "comment of staff": "comment",
    "status changed": "status",
    "resolved": "resolved",
    "about to be closed": "closing",
    "chat unread": "chat",
}
"""What happened -> the notification that tells the same people of it, whether they take mail or not. The receipt has
none. A comment or a move that reopens is "reopened"."""

TO_THE_AUTHOR: frozenset[Happening] = frozenset({"created"})
"""Mail that also goes to the person who caused it."""


REPLY_LINE = "— Please write your reply above this line —"
"""The first line of every mail about a ticket: in an answer, everything below it is quoted from us (mail_in)."""


class HistoryEvent(Protocol):
    """An event of a ticket's history, as far as mail needs it."""

    @property
    def change(self) -> str: ...
    @property
    def field(self) -> str | None: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def spoke(self) -> str | None: ...


def happening(event: HistoryEvent, after: object) -> Happening | None:
    """What an event is, None if mail tells nobody of such. `after`: the field's new value."""
    match event.change, event.field:
        case "created", _:
            return "created"
        case "assigned", _:
            return "assigned"
        case "comment", _:
            return "comment of staff" if event.spoke == "staff" else "comment of the client"
        case "changed", "status":
            if event.reason == "reopen":
                return "reopened by a comment"
            return "resolved" if after == "resolved" else "status changed"
    return None


def told(what: Happening, parties: Mapping[Party, str | None], author_id: str | None) -> dict[str, str]:
    """Account id -> template, for everybody who gets mail. Someone with two roles gets the mail of the first role in
    the table. Raises KeyError if `parties` lacks a role that the table names."""
    found: dict[str, str] = {}
    for party, template in TICKETS[what].items():
        account_id = parties[party]
        if account_id is None or (account_id == author_id and what not in TO_THE_AUTHOR):
            continue
        found.setdefault(account_id, template)
    return found
