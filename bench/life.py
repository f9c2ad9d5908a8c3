"""A ticket's whole life, step by step: what the requests and the assignment cost, and what follows from them.

`python -m bench.life` prints the table of tests/budgets.py. Who asks is known to the process; how many events come
together at a consumer is up to chance, so that what follows is bounded, not exact.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence

from bench.desk import SCHEDULED, Desk, Json, Person, desk
from bench.operations import TEXT
from infra.local.functions.runtime import HTTP
from infra.local.meter import Cost, Metered

SIZES = (300, 2_000, 20_000)
"""Characters of the description; a comment has what is usual, those of TEXT."""

OWN = frozenset({HTTP, "on_ticket_change", "on_roster_change"})
"""The functions of the request and of the assignment."""

FLOOR = {
    "filed": 2 + 2,  # number, transaction; a look at the roster, transaction
    "answered": 1 + 1,  # the ticket, a transaction
    "asked back": 1 + 1,
    "started": 1 + 1,
    "answered again": 1 + 1,
    "resolved": 2 + 2,  # and the weight is taken back
    "closed": 1 + 1,
}
"""The fewest calls by which each step can be done, by step."""


class Step:
    """What a step cost: `own`, the requests and the assignment; `following`, by function."""

    def __init__(self, calls: Sequence[Metered]) -> None:
        calls = [call for call in calls if not call.operation.startswith("ssm:")]
        self.own = Cost.of(call for call in calls if call.invocation.function in OWN)
        functions = sorted({call.invocation.function for call in calls} - OWN - SCHEDULED)
        self.following: Mapping[str, Cost] = {
            name: Cost.of(call for call in calls if call.invocation.function == name) for name in functions
        }

    @property
    def calls(self) -> int:
        return sum(self.own.calls.values())

    @property
    def following_written(self) -> int:
        """The write units of all consumers together."""
        return sum(cost.written for cost in self.following.values())


def lived(desk: Desk, size: int) -> dict[str, Step]:
    """The cost of each step of a ticket whose description has `size` characters."""
    agent = desk.make(f"agent-{size}@example.com", "agent", team="support")
    client = desk.make(f"client-{size}@example.com", "client")
    desk.send("PUT", "/agents/me/availability", agent, json={"availability": "available"})
    desk.send("GET", "/auth/me", client)
    steps = {step: Step(calls) for step, calls in _life(desk, client, agent, (TEXT * 70)[:size])}
    desk.send("PUT", "/agents/me/availability", agent, json={"availability": "away"})
    return steps


def _life(desk: Desk, client: Person, agent: Person, said: str) -> Iterator[tuple[str, list[Metered]]]:
    with desk.meter.measuring() as calls:
        filing = {"title": "It prints stars", "description": said}
        path = f"/tickets/{desk.send('POST', '/tickets', client, json=filing).json()['id']}"
    yield "filed", calls
    comments, status = f"{path}/comments", "status"
    asked: list[tuple[str, str, Person, str, Json]] = [
        ("answered", "POST", agent, comments, {"body": TEXT}),
        ("asked back", "POST", client, comments, {"body": TEXT}),
        ("started", "PATCH", agent, path, {status: "in_progress"}),
        ("answered again", "POST", agent, comments, {"body": TEXT}),
        ("resolved", "PATCH", agent, path, {status: "resolved"}),
        ("closed", "PATCH", client, path, {status: "closed"}),
    ]
    for step, method, person, where, body in asked:
        with desk.meter.measuring() as calls:
            desk.send(method, where, person, json=body)
        yield step, calls


def table(lives: Mapping[int, Mapping[str, Step]]) -> str:
    lines = []
    for size, steps in lives.items():
        lines.append(f"    {size:_}: {{")
        for step, found in steps.items():
            lines.append(f'        "{step}": ("{found.own}", {FLOOR[step]}, {found.following_written}),')
        lines.append("    },")
    return "\n".join(lines) + "\n"


def lives() -> dict[int, dict[str, Step]]:
    with desk() as playing:
        return {size: lived(playing, size) for size in SIZES}


if __name__ == "__main__":
    sys.stderr.write(table(lives()))
