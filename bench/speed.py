"""How fast tickets are assigned, beside a bare loop of `put_item` on the same engine in the same run, in turns."""

import time
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from bench.desk import Desk, desk
from infra.local.engine.account import client

_ASSIGNS = "on_ticket_change"
_TICKETS = 160
_BATCH = 16
_POLL_SECONDS = 0.002


@dataclass(frozen=True)
class Speed:
    """`wait`: from POST's being sent to the assignment's being there, in times of a put_item, wall clock.
    `assignment`: what one takes in a full batch, in times of a put_item, CPU. `put_milliseconds`: CPU of a put_item."""

    wait: float
    assignment: float
    put_milliseconds: float


def measured() -> Speed:
    with desk() as playing:
        agent = playing.make("ann@example.com", "agent", team="support")
        playing.send("PUT", "/agents/me/availability", agent, json={"availability": "available"})
        waits = [_wait(playing) / (_puts(10)[0] / 10) for _ in range(25)]
        functions = playing.stack.functions.by_name
        # From here on tickets are assigned in this thread, whose time is measured.
        functions[_ASSIGNS] = replace(functions[_ASSIGNS], handler=lambda *_: {"batchItemFailures": []})
        pairs = [(_assignments(playing), _puts(_BATCH)[1]) for _ in range(_TICKETS // _BATCH)]
        return Speed(median(waits), median(a / b for a, b in pairs), median(b for _, b in pairs) / _BATCH * 1000)


def _wait(playing: Desk) -> float:
    """Seconds until somebody who asks the table again and again sees the assignee."""
    dynamodb, began = client("dynamodb"), time.perf_counter()
    filed = _file(playing)
    key = {"id": {"S": filed}, "item": {"S": "ticket"}}
    table = playing.stack.resources.template.name("Tickets")
    while "assignee_id" not in dynamodb.get_item(TableName=table, Key=key, ConsistentRead=True)["Item"]:
        time.sleep(_POLL_SECONDS)
    return time.perf_counter() - began


def _assignments(playing: Desk) -> float:
    """CPU seconds in which one batch of new tickets is assigned."""
    from chalicelib.assignment.commit import facts_of
    from chalicelib.assignment.service import settle
    from chalicelib.tickets import service as tickets

    filed = [facts_of(ticket) for ticket in tickets.read_many([_file(playing) for _ in range(_BATCH)])]
    playing.stack.wait_idle()
    began = time.thread_time()
    settle(filed)
    return time.thread_time() - began


def _file(playing: Desk) -> str:
    body = {"title": "It prints stars", "description": "It prints nothing but stars."}
    answer = playing.http.post("/tickets", headers=playing.admin.headers, json=body)
    return str(answer.json()["id"])


def _puts(count: int) -> tuple[float, float]:
    """Wall and CPU seconds of so many in a row, of items as large as a ticket."""
    from chalicelib.settings import settings

    dynamodb = client("dynamodb")
    item: dict[str, Any] = {"key": {"S": "bench"}, "text": {"S": "x" * 700}}
    dynamodb.describe_table(TableName=settings.operations_table)  # a client's first call is slower
    wall, cpu = time.perf_counter(), time.thread_time()
    for number in range(count):
        dynamodb.put_item(TableName=settings.operations_table, Item={**item, "key": {"S": f"bench{number}"}})
    return time.perf_counter() - wall, time.thread_time() - cpu
