"""Lambda entry points of mail: about tickets, about accounts, and what SES says became of it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib.batches import Failures, each_group, new_image
from chalicelib.log import about, log
from chalicelib.measures import collected
from chalicelib.people.models import AccountsItem
from chalicelib.process import serves

if serves("on_mail"):
    from chalicelib.notifications import tickets as ticket_mail
    from chalicelib.notifications.deliveries import UnderWay
if serves("on_account_change"):
    from chalicelib.notifications import service
if serves("on_mail_event"):
    from chalicelib.notifications import feedback


@collected()
def told_to_mail(event: Mapping[str, Any]) -> Failures:
    """Messages that tell of an event of a ticket's history, of a ticket about to be closed, of chat not read."""
    failures = []
    for message in event["Records"]:
        told = json.loads(message["body"])
        with about(told.get("request_id")):
            try:
                if "unread" in told:
                    ticket_mail.tell_of_unread(told["ticket_id"], **told["unread"])
                else:
                    ticket_mail.tell_of_event(told["ticket_id"], told["event_id"])
            except UnderWay:
                failures.append({"itemIdentifier": message["messageId"]})
            except Exception:
                log.exception("a mail was not sent", extra={"ticket_id": told["ticket_id"]})
                failures.append({"itemIdentifier": message["messageId"]})
    return {"batchItemFailures": failures}


@collected()
def account_changes(event: Mapping[str, Any]) -> Failures:
    """Records of the `accounts` stream of which somebody is told by mail (the filter lets no others through)."""
    seen = [(record, AccountsItem.from_raw_data(new_image(record))) for record in event["Records"]]
    return each_group(seen, service.event_of, lambda item: getattr(item, "request_id", None), _tell)


@collected()
def mail_events(event: Mapping[str, Any]) -> Failures:
    """Messages in which SES says what became of mail."""
    failures = []
    for message in event["Records"]:
        try:
            feedback.hear(json.loads(message["body"]))
        except Exception:
            log.exception("what SES says was not understood")
            failures.append({"itemIdentifier": message["messageId"]})
    return {"batchItemFailures": failures}


def _tell(items: Iterable[AccountsItem]) -> None:
    for item in items:
        service.tell_of_account(item)
