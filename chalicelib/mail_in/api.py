"""Routes of kept mail."""

from chalicelib.edge.call import Call
from chalicelib.edge.endpoint import Routes
from chalicelib.edge.paging import Page
from chalicelib.errors import Invalid
from chalicelib.mail_in import kept, schemas
from chalicelib.mail_in.models import KeptMail

routes = Routes("Mail")

_LONGEST = 20_000
"""The most characters shown of one mail's text."""


def _mail(call: Call) -> KeptMail:
    return kept.known(call.path["mail_id"])


@routes.get(
    "/mail/kept",
    summary="List mail that was kept",
    query=schemas.KeptFilters,
    answers=schemas.KeptMailShown,
    lists=True,
)
def list_kept_mail(call: Call) -> Page[schemas.KeptMailShown]:
    """Mail of the last 90 days that nobody could be given, or that was passed over though its sender is known: the
    newest first, until somebody decides what becomes of it."""
    page = kept.page(call.query.reason, call.page)
    return Page([schemas.kept(mail, mail.text) for mail in page.items], page.next)


@routes.get("/mail/kept/{mail_id}", summary="Read a mail that was kept", finds=_mail, answers=schemas.KeptMailShown)
def read_kept_mail(call: Call) -> schemas.KeptMailShown:
    """Text alone, its first 20,000 characters; also when it is decided about, for what is left of the 90 days."""
    from chalicelib.mail_in import keeping

    text, _ = keeping.content(call.found)
    return schemas.kept(call.found, text[:_LONGEST] if text else None)


@routes.post(
    "/mail/kept/{mail_id}",
    summary="Decide what becomes of a mail that was kept",
    finds=_mail,
    body=schemas.KeptDecision,
    answers=schemas.KeptMailShown,
    errors={409: "Something else was decided, or the ticket is closed."},
)
def decide_about_kept_mail(call: Call) -> schemas.KeptMailShown:
    """A comment of `author_id` on `ticket_id`, cut as an answer by mail is; a ticket of `author_id`; or nothing. With
    its files. It leaves the list, and the audit tells of it. The same again answers the same."""
    asked = call.body
    if asked.as_ == "comment" and asked.ticket_id is None:
        raise Invalid.field("ticket_id", "Say which ticket the comment is for.", "required")
    if asked.as_ != "comment" and asked.ticket_id is not None:
        raise Invalid.field("ticket_id", "Only a comment is for a ticket.", "contradiction", **{"with": "as"})
    if asked.as_ == "nothing" and asked.author_id is not None:
        raise Invalid.field("author_id", "What becomes nothing is from nobody.", "contradiction", **{"with": "as"})
    decision = kept.Decision(asked.as_, asked.ticket_id, asked.author_id)
    mail = kept.decide(call.me, call.found, decision, call.fresh_id, call.origin)
    return schemas.kept(mail, mail.text)
