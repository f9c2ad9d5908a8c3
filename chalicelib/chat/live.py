"""Sends live events: about a ticket to those who watch it, and the metrics to admins who watch them."""

from collections.abc import Mapping, Sequence

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.update import Action

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.chat import access, connections, delivery, destinations, presence, seen, shown, telling
from chalicelib.chat.delivery import Outcome, Outgoing
from chalicelib.chat.models import Subscriber, Tick
from chalicelib.chat.presence import Person
from chalicelib.listening import queue as live_queue, service as listening
from chalicelib.tickets import service as tickets
from chalicelib.tickets.models import Ticket


@telling.teller("ticket")
def tell_ticket(rows: Sequence[Subscriber], ticket_id: str) -> Outcome:
    """Sends the ticket's current state to these subscriptions to its topic."""
    ticket = tickets.read(ticket_id)
    if ticket is None:
        return Outcome()
    entitled = delivery.entitled(rows, ticket)
    outcome = delivery.send(entitled, shown.ticket(ticket))
    kept = {row.item for row in entitled}
    for row in rows:
        if row.item not in kept:
            access.lose(row)
    return outcome


def presence_changed(ticket_id: str, account_id: str) -> None:
    """Call this when somebody may have subscribed to the ticket's topic or left it: tells the others, unless they
    know."""

    def tell(person: Person, told: Outgoing) -> None:
        rows = delivery.subscribers(destinations.topic_key(ticket_id))
        others = [row for row in rows if row.account_id != account_id]
        outcome = _send_presence(others, ticket_id, told)
        telling.settle(outcome, "presence", ticket_id=ticket_id, person=list(person))

    presence.reconcile(ticket_id, account_id, tell)


@telling.teller("greeting")
def greet(rows: Sequence[Subscriber], ticket_id: str) -> Outcome:
    """Tells new subscribers to the ticket's topic who is there."""
    return delivery.send_each([told for row in rows for told in presence.greeting(ticket_id, row)])


@telling.teller("presence")
def tell_presence(rows: Sequence[Subscriber], ticket_id: str, person: Sequence[str]) -> Outcome:
    """Tells these subscriptions to the ticket's topic whether somebody is there."""
    return _send_presence(rows, ticket_id, presence.current(ticket_id, Person(*person)))


def _send_presence(rows: Sequence[Subscriber], ticket_id: str, told: Outgoing) -> Outcome:
    ticket = tickets.read(ticket_id) if rows else None
    return delivery.send(delivery.entitled(rows, ticket), told) if ticket is not None else Outcome()


def saw(caller: Caller, ticket: Ticket, seq: int, with_: str | None = None) -> None:
    """Records that the caller has seen the public conversation, or the private one with `with_`, up to `seq`, and tells
    the people in it."""
    if seen.mark(caller.id, ticket.id, seq, with_) is not None:
        seen_changed(ticket.id, caller.id, with_)
        listening.unread_changed(ticket.id, [caller.id])


def seen_changed(ticket_id: str, account_id: str, with_: str | None) -> None:
    """Tells the people in the conversation up to which message somebody has seen it."""
    parties = [account_id] if with_ is None else [account_id, with_]
    keys = [destinations.topic_key(ticket_id)] if with_ is None else map(destinations.private_key, parties)
    rows = [row for key in keys for row in delivery.subscribers(key)]
    about = {"ticket_id": ticket_id, "account_id": account_id, "with_": with_}
    telling.settle(tell_seen(rows, **about), "seen", **about)


@telling.teller("seen")
def tell_seen(rows: Sequence[Subscriber], ticket_id: str, account_id: str, with_: str | None) -> Outcome:
    """Tells these subscriptions up to which message somebody has seen a conversation."""
    mark, ticket = seen.mark_of(account_id, ticket_id, with_), tickets.read(ticket_id)
    if mark is None or mark.seq is None or ticket is None:
        return Outcome()
    fields: dict[str, object] = {"ticket_id": ticket_id, "user_id": account_id, "seq": int(mark.seq), "at": mark.at}
    told = delivery.event("seen", None, **fields, **({"with": with_} if with_ is not None else {}))
    return delivery.send(delivery.entitled(rows, ticket), told)


def ask_for_metrics() -> None:
    """Schedules the metrics to be sent in a second, at most once a second. A caller within a second of another needs to
    do nothing: the metrics that are sent then will include its change."""
    now = int(ambient.clock() * 1000)
    tick = Tick(id="metrics-tick")
    actions: list[Action] = [Tick.asked_at.set(now), Tick.kind.set(Tick), Tick.expires_at.set(now // 1000 + 3600)]
    try:
        tick.update(actions=actions, condition=Tick.asked_at.does_not_exist() | (Tick.asked_at <= now - 1000))
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return
    live_queue.hand([{"metrics": now}], delay=1)


def watched() -> list[Subscriber]:
    """The subscriptions to the metrics."""
    return delivery.subscribers(destinations.METRICS_KEY)


def send_metrics(asked_at: int) -> None:
    """Sends the metrics of the last 30 days to those who watch them. With the same `asked_at` the event has the same
    id."""
    from chalicelib.metrics.latest import latest  # ticket events don't need it

    rows = watched()
    if not rows:
        return
    body: Mapping[str, object] = {"type": "metrics", "metrics": latest()}
    outcome = delivery.send(rows, Outgoing(f"metrics-{asked_at}", delivery.written(body)))
    connections.end_gone(outcome.gone)
    if outcome.failed:
        ask_for_metrics()
