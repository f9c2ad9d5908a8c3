"""Mail about tickets: one event, given by its id, leads to a mail for each person who is to be told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib import ambient
from chalicelib.inbox import service as inbox
from chalicelib.log import log
from chalicelib.notifications import addresses, deliveries, languages, policy, rendering
from chalicelib.notifications.policy import Happening, Party
from chalicelib.notifications.queue import Unread
from chalicelib.notifications.sending import Message
from chalicelib.people import reachability
from chalicelib.people.models import Account
from chalicelib.settings import settings
from chalicelib.tickets import history, service as tickets
from chalicelib.tickets.models import Comment, Ticket

_CLOSING = "closing#"

_STATUS = {"open": "open", "in_progress": "in progress", "resolved": "resolved", "closed": "closed"}
_MEANING = {
    "open": "It waits for somebody to take it.",
    "in_progress": "Somebody is working on it.",
    "resolved": "It can be reopened until it is closed.",
    "closed": "It takes no more answers. For anything new, file a new ticket that names this one's number.",
}


@dataclass(frozen=True)
class _News:
    """An event, and what its mail says beyond the ticket itself."""

    event_id: str
    what: Happening
    ticket: Ticket
    parties: dict[Party, str | None]
    at: str
    actor_name: str = history.THE_SYSTEM
    author_id: str | None = None
    values: dict[str, Any] = field(default_factory=dict)


def tell_of_event(ticket_id: str, item: str) -> None:
    """Mails what follows from an event of a ticket's history, or from its being about to be closed
    ("closing#<resolved_at>"). Again: nothing. Raises UnderWay, and what SES raises: then it has to come again."""
    ticket = tickets.read(ticket_id)
    if ticket is None:
        log.error("there is no such ticket", extra={"ticket_id": ticket_id})
        return
    news = _closing(ticket, item) if item.startswith(_CLOSING) else _event(ticket, item)
    if news is not None:
        _tell(news)


def tell_of_unread(ticket_id: str, recipient_id: str, first: str, count: int, messages: list[Unread]) -> None:
    """Mails that chat messages wait (`queue.unread`)."""
    ticket = tickets.read(ticket_id)
    others = [message for message in messages if message["sender_id"] != recipient_id]
    if ticket is None or not others:
        return
    values = {"messages": others, "count": max(count, len(others))}
    at, sender = ambient.time_of(first), others[0]["sender_name"]
    _tell(_News(f"chat/{first}", "chat unread", ticket, {"reader": recipient_id}, at, sender, values=values))


def tell_of_closed(ticket: Ticket, mail_key: str, recipient: Account) -> None:
    """Answers a mail that a closed ticket couldn't take. `mail_key` tells mails apart. Raises as `tell_of_event`."""
    _deliver(_News(mail_key, "answer to a closed ticket", ticket, {}, ambient.timestamp()), "closed", recipient, "")


def _event(ticket: Ticket, item: str) -> _News | None:
    event = history.read(ticket.id, item)
    if event is None:
        log.error("there is no such event", extra={"ticket_id": ticket.id, "item": item})
        return None
    what = policy.happening(event, event.after)
    if what is None or not policy.TICKETS[what]:
        return None
    assignee_id = event.after if what == "assigned" else event.holder
    if what in ("created", "assigned"):
        tickets.describe(ticket, event)
    news = _News(
        event.event_id,
        what,
        ticket,
        {"client": ticket.client_id, "assignee": assignee_id},
        event.at,
        event.actor_name,
        event.actor_id,
        {"actor": event.actor_name, "actor_id": event.actor_id},
    )
    if isinstance(event, Comment):
        news.values["body"] = event.body
        news.values["reopens"] = bool(event.reopens)
    elif event.field == "status":
        values = {
            "before": _STATUS[event.before],
            "after": _STATUS[event.after],
            "meaning": _MEANING[event.after],
            "days": settings.auto_close_days,
        }
        news.values.update(values, reopens=(event.before, event.after) == ("resolved", "in_progress"))
    return news


def _closing(ticket: Ticket, item: str) -> _News | None:
    resolved_at = item.removeprefix(_CLOSING)
    if ticket.resolved_at != resolved_at:
        return None  # reopened meanwhile
    closes = ambient.moment(resolved_at) + timedelta(days=settings.auto_close_days)
    values = {"resolved_on": ambient.moment(resolved_at), "closes_on": closes}
    warned = ambient.timestamp(closes - timedelta(days=min(settings.auto_close_days, settings.auto_close_warning_days)))
    parties: dict[Party, str | None] = {"client": ticket.client_id}
    return _News(f"{ticket.id}/{item}", "about to be closed", ticket, parties, warned, values=values)


def _tell(news: _News) -> None:
    told = policy.told(news.what, news.parties, news.author_id)
    _note(news, told)
    people = reachability.contacts({*told, news.ticket.client_id}) if told else {}
    client = people.get(news.ticket.client_id)
    for account_id, template in told.items():
        recipient = people.get(account_id)
        if recipient is not None and _wants(recipient):
            _deliver(news, template, recipient, client.name if client else "")


def _note(news: _News, told: Iterable[str]) -> None:
    """The same, inside the desk."""
    if (kind := policy.INBOX.get(news.what)) is None:
        return
    if news.values.get("reopens"):
        kind = "reopened"
    for account_id in told:
        inbox.note(account_id, news.event_id, news.at, kind, news.ticket.id, news.actor_name)


def _wants(recipient: Account) -> bool:
    """An address that nobody has confirmed may be a stranger's: no text of anybody's goes there (auth/confirming)."""
    takes = recipient.active and recipient.email_notifications and recipient.mail_refused is None
    return takes and recipient.answers_by_mail


def _deliver(news: _News, template: str, recipient: Account, client_name: str) -> None:
    deliveries.once(
        news.event_id,
        recipient.id,
        lambda: _message(news, template, recipient, client_name),
        lambda: reachability.refuse(recipient.id, recipient.email, "refused"),
    )


def _message(news: _News, template: str, recipient: Account, client_name: str) -> Message:
    ticket = news.ticket
    language = languages.of(recipient.locale)
    final = news.what == "answer to a closed ticket"
    unsubscribe = rendering.api_link("mail/unsubscribe", token=addresses.unsubscribe_token(recipient.id))
    subject = f"[#{int(ticket.number)}] {ticket.title}"
    values = {
        "subject": subject,
        "ticket": ticket,
        "name": recipient.name,
        "client_name": client_name,
        "yours": recipient.id == ticket.client_id,
        "answerable": not final,
        "support": addresses.support(),
        "own": news.author_id == recipient.id,
        "link": rendering.link(f"tickets/{ticket.id}"),
        "unsubscribe": unsubscribe,
        "reply_line": policy.REPLY_LINE,
        **{
            name: language.day(_day(value, recipient)) if name.endswith("_on") else value
            for name, value in news.values.items()
        },
    }
    text, html = rendering.render(template, language, **values)
    thread = addresses.thread(ticket.id)
    answers = {"Auto-Submitted": "auto-replied"} if final else {}
    return Message(
        to=recipient.email,
        subject=subject,
        text=text,
        html=html,
        reply_to=addresses.reply_to(ticket.id, recipient.id),
        headers={
            "In-Reply-To": thread,
            "References": thread,
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "X-Lambdesk": "ticket",
            **answers,
        },
    )


def _day(moment: Any, recipient: Account) -> date:
    """The day that it is for the recipient."""
    local: datetime = moment.astimezone(ZoneInfo(recipient.time_zone or settings.time_zone))
    return local.date()
