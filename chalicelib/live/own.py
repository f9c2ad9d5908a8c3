"""Live events for one person, or for admins only: unread counts, notifications, reports (contract §9)."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib import ambient
from chalicelib.chat import delivery, telling
from chalicelib.chat.delivery import Outcome
from chalicelib.chat.models import Subscriber
from chalicelib.inbox import schemas as inbox_schemas, service as inbox
from chalicelib.listening import keys
from chalicelib.live import tickets as live_tickets
from chalicelib.tickets import service as tickets


def unread(about: Mapping[str, Any]) -> None:
    """Sends unread counts of the ticket `ticket_id` to those of `account_ids` who are its client or assignee."""
    ticket = tickets.read(about["ticket_id"])
    if ticket is not None:
        live_tickets.tell_unread(ticket, set(about["account_ids"]))


def notification(about: Mapping[str, Any]) -> None:
    """Sends the notification `id` and the number of unread ones to `account_id`. `id` null: some were read, send the
    number alone."""
    rows = delivery.subscribers(keys.notifications_of(about["account_id"]))
    if not rows:
        return
    if about["id"] is not None and (found := inbox.one(delivery.listener(rows[0]), about["id"])):
        shown = inbox_schemas.shown(*found)
        told = delivery.event("notification", shown.id, notification=shown.model_dump(mode="json"), at=shown.at)
        telling.send(rows, told, shown.ticket_id)
    telling.settle(tell_unread_count(rows), "unread notifications")


@telling.teller("unread notifications")
def tell_unread_count(rows: Sequence[Subscriber]) -> Outcome:
    """Tells these subscriptions, all of one person, how many of their notifications are unread."""
    if not rows:
        return Outcome()
    count = inbox.unread_count(delivery.listener(rows[0]))
    return delivery.send(rows, delivery.event("unread", count=count, at=ambient.timestamp()))


def report(about: Mapping[str, Any]) -> None:
    """Tells admins that the report `id` is ready or failed."""
    from chalicelib.reports import schemas as report_schemas, service as reports  # seldom: nothing else needs them

    rows = [row for row in delivery.subscribers(keys.REPORTS) if row.role == "admin"]
    if not rows:
        return
    shown = report_schemas.report(reports.known(about["id"]))
    told = delivery.event("report", report=shown.model_dump(mode="json", by_alias=True), at=ambient.timestamp())
    telling.send(rows, told)
