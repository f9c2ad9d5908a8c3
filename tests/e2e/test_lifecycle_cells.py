"""Contract §4's table walked over HTTP: every status, every status it could become, everybody who could ask; and who
may change what else of a ticket in which status. The tables are in
tests/cells.py."""

from collections.abc import Iterator

import pytest

from tests.cells import EDITS, MOVES, PEOPLE, STATUSES, cells
from tests.e2e.client import Api, Json, Person


class Stage:
    """A team, everybody in it, and tickets in every status. A ticket that a cell changed is not used again."""

    def __init__(self, api: Api) -> None:
        self.team = api.make_team()
        self.elsewhere = api.make_team()
        self.people: dict[str, Person] = {
            "client": api.make("client"),
            "other client": api.make("client"),
            "assignee": self.team.agent(available=False),
            "other agent": self.team.agent(available=False),
            "agent elsewhere": self.elsewhere.agent(available=False),
            "admin": api.admin,
        }
        self.colleague = self.team.agent(available=False)
        self._tickets: dict[str, Json] = {}

    def ticket(self, status: str) -> Json:
        """A ticket in this status, with its client and its assignee."""
        if status not in self._tickets:
            admin = self.people["admin"]
            ticket = self.team.file(client=self.people["client"])
            ticket = admin.change(ticket, assignee_id=self.people["assignee"].id)
            for step in STATUSES[1 : STATUSES.index(status) + 1]:
                ticket = admin.change(ticket, status=step)
            self._tickets[status] = ticket
        return self._tickets[status]

    def ask(self, who: str, status: str, change: Json, answer: int) -> None:
        """Asks for a change; a refused one must leave the ticket as it was."""
        # What the streams work out changes nothing of these tickets: each has its assignee.
        before = self.people["admin"].get(f"/tickets/{self.ticket(status)['id']}")
        response = self.people[who].send("PATCH", f"/tickets/{before['id']}", json=change)
        assert response.status_code == answer, f"{who} on {status}: {change}: {response.text}"
        after = self.people["admin"].get(f"/tickets/{before['id']}")
        if answer == 200:
            own = {name: after[name] for name in ("can", "unread")}  # each reader's own
            assert response.json() | own == after
            assert {name: after[name] for name in change} == change
        if before != after:
            assert answer == 200
            assert after["version"] == before["version"] + 1
            del self._tickets[status]
        if answer >= 400:
            assert response.headers["Content-Type"] == "application/problem+json"
            assert response.json()["status"] == answer


@pytest.fixture(scope="module")
def stage(api: Api) -> Iterator[Stage]:
    stage = Stage(api)
    yield stage
    assert stage.team.mismatches() + stage.elsewhere.mismatches() == []


def test_the_tables_name_every_cell() -> None:
    assert len(set(cells(MOVES))) == len(STATUSES) ** 2 * len(PEOPLE)
    fields = {name for name, *_ in cells(EDITS)}
    assert len(set(cells(EDITS))) == len(fields) * len(STATUSES) * len(PEOPLE)


@pytest.mark.parametrize("status", STATUSES)
def test_every_move_by_everybody(stage: Stage, status: str) -> None:
    for before, after, who, answer in cells(MOVES):
        if before == status:
            stage.ask(who, before, {"status": after}, answer)


@pytest.mark.parametrize("status", STATUSES)
def test_a_refused_move_names_the_moves_that_are_allowed(stage: Stage, status: str) -> None:
    allowed = [after for before, after, who, answer in cells(MOVES) if (before, who, answer) == (status, "admin", 200)]
    for before, after, who, answer in cells(MOVES):
        if (before, who, answer) == (status, "admin", 409):
            detail = stage.people["admin"].change(stage.ticket(status), status=after, expect=409)["detail"]
            assert all(move in detail for move in allowed if move != status), detail


@pytest.mark.parametrize("status", STATUSES)
def test_every_other_change_by_everybody(stage: Stage, status: str) -> None:
    for field, before, who, answer in cells(EDITS):
        if before != status:
            continue
        changes: dict[str, Json] = {
            "priority": {"priority": "high"},
            "tags": {"tags": ["seen"]},
            "custom_fields": {"custom_fields": {"seen": True}},
            "title": {"title": "Another title"},
            "description": {"description": "Another description"},
            "team": {"team": stage.elsewhere.id},
            "to_colleague": {"assignee_id": stage.colleague.id},
            "to_self": {"assignee_id": stage.people[who].id},
            "to_nobody": {"assignee_id": None},
        }
        stage.ask(who, before, changes[field], answer)
