"""Lambda entry points of mail: about tickets, about accounts, and SES's reports on mail."""

from typing import Any

from chalicelib.batches import Record, body, consumer, new_image, requested
from chalicelib.people.models import AccountsItem
from chalicelib.process import serves

if serves("on_mail"):
    from chalicelib.notifications import tickets as ticket_mail
if serves("on_account_change"):
    from chalicelib.notifications import service
if serves("on_mail_event"):
    from chalicelib.notifications import feedback


@consumer(body, request=requested)
def told_to_mail(told: list[dict[str, Any]]) -> None:
    """Messages that tell of an event of a ticket's history, of a ticket about to be closed, of chat not read."""
    for each in told:
        if "unread" in each:
            ticket_mail.tell_of_unread(each["ticket_id"], **each["unread"])
        else:
            ticket_mail.tell_of_event(each["ticket_id"], each["item"])


def _written(record: Record) -> AccountsItem:
    return AccountsItem.from_raw_data(new_image(record))


@consumer(_written, request=lambda item: getattr(item, "request_id", None))
def account_changes(items: list[AccountsItem]) -> None:
    """Records of the `accounts` stream of which somebody is told by mail (the filter lets no others through)."""
    for item in items:
        service.tell_of_account(item)


@consumer(body)
def mail_events(said: list[dict[str, Any]]) -> None:
    """Messages in which SES says what became of mail."""
    for each in said:
        feedback.hear(each)
