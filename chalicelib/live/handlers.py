"""Lambda entry points of live events: messages of the live queue, and changes of the roster."""

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from chalicelib.batches import Record, body, consumer, new_image, requested
from chalicelib.listening import keys, service as listening
from chalicelib.live import teams
from chalicelib.people.models import AgentRow, RosterItem
from chalicelib.process import serves

if serves("on_live"):
    from chalicelib.chat import live, telling, viewing
    from chalicelib.live import own, tickets

    TELLS: Mapping[str, Callable[[Any], None]] = {
        "unread": own.unread,
        "notification": own.notification,
        "report": own.report,
        "team": teams.tell,
        "viewing": viewing.over,
    }
    """Kind of a `listening.put` message -> the function that handles it."""


def _together(told: dict[str, Any]) -> str:
    """The key by which messages are handled together: events of one ticket, and all that say that the metrics are
    due."""
    if "ticket_id" in told:
        return str(told["ticket_id"])
    return "metrics" if "metrics" in told else json.dumps(told)


@consumer(body, together=_together, request=requested)
def happened(told: list[dict[str, Any]]) -> None:
    """Handles messages of the live queue: events of a ticket's history, metrics that are due, presence, seen marks,
    deliveries to be tried again, and the kinds in TELLS."""
    first = told[0]
    if "metrics" in first:
        live.send_metrics(max(int(each["metrics"]) for each in told))
    elif "presence" in first:
        live.presence_changed(**first["presence"])
    elif "seen" in first:
        live.seen_changed(**first["seen"])
    elif "later" in first:
        telling.again(first["later"])
    elif "tell" in first:
        TELLS[first["tell"]](first["about"])
    else:
        tickets.happened(first["ticket_id"], [each["item"] for each in told])


class _Changed(NamedTuple):
    """A change in a team: of one agent, or of its queue if `agent_id` is None."""

    team: str
    agent_id: str | None


def _changed(record: Record) -> _Changed | None:
    keys = record["dynamodb"]["Keys"]
    if keys["item"]["S"].startswith("waiting#"):
        return _Changed(keys["team"]["S"], None)
    row = RosterItem.from_raw_data(new_image(record))
    return _Changed(row.team, row.agent_id) if isinstance(row, AgentRow) else None


@consumer(_changed, together=lambda _: "all")
def roster_changed(changes: list[_Changed]) -> None:
    """Records of the `roster` stream: changed agents, and tickets that begin or stop waiting."""
    heard = listening.heard(keys.team(each.team) for each in changes)
    for team in sorted({each.team for each in changes if keys.team(each.team) in heard}):
        mine = [each for each in changes if each.team == team]
        agents = {each.agent_id for each in mine if each.agent_id is not None}
        teams.changed(team, agent_ids=agents, queue=any(each.agent_id is None for each in mine))
