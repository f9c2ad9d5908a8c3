"""Mail that was kept, as it is asked for, decided about and shown (contract §3)."""

from typing import Annotated, Any

from pydantic import Field

from chalicelib.edge.schemas import Body, Query, Shown, Text, Timestamp, left_out
from chalicelib.mail_in.kept import As
from chalicelib.mail_in.models import KeptMail
from chalicelib.mail_in.reasons import Reason

Id = Annotated[str, Text(1, 128)]


class KeptFilters(Query):
    reason: Reason | None = None


class KeptDecision(Body):
    """`comment` takes `ticket_id`. `author_id`: in whose name; left out, in the admin's own."""

    as_: Annotated[As, Field(alias="as")]
    ticket_id: Id | None = None
    author_id: Id | None = None


class Became(Shown):
    """`comment_id` where it is a comment; `ticket_id` null where it is nothing."""

    as_: Annotated[As, Field(alias="as")]
    ticket_id: str | None
    comment_id: str | None


class KeptMailShown(Shown):
    """`from` as the mail has it: it may be made up. `text`: in a list its beginning; null where nothing can be read.
    `became`: once it is decided about."""

    id: str
    at: Timestamp
    from_: Annotated[str, Field(alias="from")]
    subject: str
    reason: Reason
    text: str | None
    became: Became | None = left_out()


def kept(mail: KeptMail, text: str | None) -> KeptMailShown:
    reason: Any = mail.reason
    became = None
    if mail.decision and not mail.waiting:
        said = mail.decision
        became = Became(as_=said["as"], ticket_id=said["ticket_id"], comment_id=said["comment_id"])
    return KeptMailShown(
        id=mail.id, at=mail.at, from_=mail.sender, subject=mail.subject, reason=reason, text=text, became=became
    )
