"""Every event reaches each living subscription (contract §7). What can't be sent now is sent later, after growing
pauses, until it arrives or the connection is gone.

By then an event may be out of date. So the queue keeps what the event is about and the name of a *teller*, a function
that sends how things are at that time: `@teller("ticket")`. What never changes, like a message, is sent as it was.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from chalicelib import ambient
from chalicelib.chat import connections, delivery, transport
from chalicelib.chat.delivery import Outcome, Outgoing
from chalicelib.chat.models import Subscriber
from chalicelib.chat.transport import Address, Gone
from chalicelib.listening import queue as live_queue
from chalicelib.log import log
from chalicelib.tickets import service as tickets

Teller = Callable[..., Outcome]

_TOGETHER = 100
"""The most subscriptions in one message of the queue."""
_LONGEST_PAUSE = 60
_TRIES = 130
"""How often an event is tried: for two hours, the longest life of a connection."""

_tellers: dict[str, Teller] = {}


def teller(name: str) -> Callable[[Teller], Teller]:
    """Registers a function that sends the present state of something to subscriptions. It is called with their rows
    and, as named arguments, what `settle` was given; it returns whom it didn't reach."""

    def register(function: Teller) -> Teller:
        _tellers[name] = function
        return function

    return register


def settle(outcome: Outcome, name: str, **about: Any) -> None:
    """To be called after an event was sent: takes down connections that are gone, and queues the rest for the teller of
    this name. `about` must be JSON. Raises Unavailable when the queue doesn't take it."""
    _settle(outcome, {"teller": name, "about": about})


def send(rows: Sequence[Subscriber], told: Outgoing, ticket_id: str | None = None) -> None:
    """Sends an event that never changes, and settles it. With `ticket_id`, whoever gets it later must still see that
    ticket."""
    settle(delivery.send(rows, told), "event", event=list(told), ticket_id=ticket_id)


def answer(address: Address, texts: Sequence[str]) -> None:
    """Sends texts to one connection in their order, those that can't be sent now later."""
    _answer(address, list(texts), 0)


def again(later: Mapping[str, Any]) -> None:
    """Tries again what `settle` or `answer` has queued: body["later"] of the queue's message."""
    tries = int(later["tries"])
    if "texts" in later:
        _answer(Address(*later["address"]), list(later["texts"]), tries)
        return
    rows = [row for id_, item in later["rows"] if (row := delivery.subscription(id_, item)) is not None]
    if rows:
        _settle(_tellers[later["teller"]](rows, **later["about"]), later, tries)


@teller("event")
def _as_it_was(rows: Sequence[Subscriber], event: Sequence[str], ticket_id: str | None) -> Outcome:
    if ticket_id is not None:
        ticket = tickets.read(ticket_id)
        rows = delivery.entitled(rows, ticket) if ticket is not None else []
    return delivery.send(rows, Outgoing(*event))


def _settle(outcome: Outcome, what: Mapping[str, Any], tries: int = 0) -> None:
    connections.end_gone(outcome.gone)
    if not outcome.failed:
        return
    keys = [[row.id, row.item] for row in outcome.failed]
    parts = [keys[start : start + _TOGETHER] for start in range(0, len(keys), _TOGETHER)]
    named = {"teller": what["teller"], "about": what["about"]}
    _hand([{**named, "rows": part} for part in parts], tries)


def _answer(address: Address, texts: list[str], tries: int) -> None:
    try:
        while texts:
            transport.post(address, texts[0])
            texts.pop(0)
    except Gone:
        connections.end(address)
    except Exception as error:
        log.warning("an answer was not delivered", extra={"why": type(error).__name__})
        _hand([{"address": list(address), "texts": [text]} for text in texts], tries)


def _hand(what: Sequence[Mapping[str, Any]], tries: int) -> None:
    if tries >= _TRIES:
        log.error("events were given up", extra={"events": len(what)})
        return
    pause = min(_LONGEST_PAUSE, 2**tries)
    live_queue.hand(
        [{"later": {**each, "tries": tries + 1}} for each in what], round(pause / 2 + ambient.jitter(pause / 2))
    )
