"""What somebody may not see leaves no trace in what they may: each list, as each role, is walked beside hidden items
and without them. Pages, their sizes, where they end and how long their cursors are have to be the same.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from chalicelib.people import teams
from chalicelib.search import handlers, service
from chalicelib.tickets.models import Event, TicketsItem
from tests.integration.people.conftest import Http, Session, SignIn

Pages = list[tuple[int, int]]
"""Of each page: how many items, how long the cursor (0: the last)."""

OF_A_TICKET = ("history", "timeline", "comments", "notes", "attachments", "participants", "chat/conversations")
LISTS = {
    "client": [
        "/tickets",
        "/tickets?status=open",
        "/tickets?sort=created",
        "/tickets?client_id={client}",
        "/tickets?q=printer",
        "/tickets?q=prin",
        "/tickets?q=comment 1",
        "/auth/sessions",
    ],
    "agent": [
        "/tickets",
        "/tickets?client_id={client}",
        "/tickets?client_id={client}&status=open,closed",
        "/tickets?client_id={client}&sort=created",
        "/tickets?assignee_id=none",
        "/tickets?status=open&priority=medium",
        "/tickets?q=printer",
        "/tickets?q=prin",
        "/tickets?q=printer description here too",
        "/tickets?q=printer&client_id={client}",
        "/queue",
        "/users?role=client&q=somebody {team}",
        "/agents?team={team}",
        "/auth/sessions",
    ],
    "admin": [],
}
"""Besides those of a ticket. An admin's other lists hide nothing."""


@dataclass(frozen=True)
class Desk:
    """A client, an agent of a team, an admin, and the client's ticket in that team."""

    http: Http
    people: dict[str, Session]
    team: str
    ticket: str

    def walk(self, role: str, path: str, limit: int) -> Pages:
        shown = path.format(client=self.people["client"].id, team=self.team)
        pages: Pages = []
        cursor = ""
        while True:
            joint = "&" if "?" in shown else "?"
            answer = self.http("GET", f"{shown}{joint}limit={limit}{cursor}", as_=self.people[role])
            assert answer.status == 200, (path, answer.body)
            following = answer.body["next_cursor"]
            pages.append((len(answer.body["items"]), len(following or "")))
            if following is None:
                return pages
            cursor = f"&cursor={following}"

    def traces(self, role: str) -> dict[str, Pages]:
        """What the role sees of every list's pages, small and large."""
        lists = [*LISTS[role], *(f"/tickets/{self.ticket}/{part}" for part in OF_A_TICKET)]
        lists += [f"/tickets/{self.ticket}/{part}?order=desc" for part in OF_A_TICKET[:5]]
        return {
            f"{path.replace(self.ticket, '…')} by {limit}": self.walk(role, path, limit)
            for path in lists
            for limit in (1, 2, 100)
        }


Hide = Callable[["Maker"], None]
Make = Callable[[Hide, str], Desk]


@dataclass
class Maker:
    """Makes a desk, and something hidden between each two things that everybody sees."""

    http: Http
    people: dict[str, Session]
    team: str
    stranger: Session
    ticket: str = ""
    named: int = 0

    def somebody(self, role: str, **more: str) -> None:
        """One more of this name."""
        self.named += 1
        email = f"{role}-{self.named}-{self.team}@example.com"
        person = {"email": email, "name": f"Somebody {self.team}", "role": role, **more}
        answer = self.http("POST", "/users", person, as_=self.people["admin"])
        assert answer.status == 201, answer.body

    def file(self, who: str, **more: Any) -> str:
        wanted = {"title": "Printer", "description": "Description here too, of 1.", **more}
        answer = self.http("POST", "/tickets", wanted, as_=self.people[who])
        assert answer.status == 201, answer.body
        return str(answer.body["id"])

    def say(self, who: str, part: str, body: str) -> str:
        answer = self.http("POST", f"/tickets/{self.ticket}/{part}", {"body": body}, as_=self.people[who])
        assert answer.status == 201, answer.body
        return str(answer.body["id"])

    def attach(self, who: str, **more: Any) -> None:
        body = {"filename": "a.txt", "content_type": "text/plain", "size": 5, **more}
        answer = self.http("POST", f"/tickets/{self.ticket}/attachments", body, as_=self.people[who])
        assert answer.status == 201, answer.body

    def made(self, hide: Hide, viewer: str) -> Desk:
        """What the viewer sees is the same whatever is hidden."""
        self.ticket = self.file("admin", client_id=self.people["client"].id, team=self.team)
        for number in range(3):
            hide(self)
            self.say("client" if number % 2 else "agent", "comments", f"Comment {number}")
            hide(self)
            self.say("client" if viewer == "client" else "agent", "notes", "Ours.")
            self.attach("agent")
            self.somebody("client")
            hide(self)
        follow()
        return Desk(self.http, self.people, self.team, self.ticket)


def follow() -> None:
    """Makes what was said findable."""
    for event in [item for item in TicketsItem.scan() if isinstance(item, Event)]:
        told = [{"messageId": "1", "body": json.dumps({"ticket_id": event.id, "item": event.item})}]
        assert handlers.told_to_search({"Records": told}) == {"batchItemFailures": []}


def from_clients(maker: Maker) -> None:
    """Staff's notes and their files; tickets of others in the team."""
    note = maker.say("agent", "notes", "Don't tell them.")
    maker.attach("agent", note_id=note)
    maker.file("admin", client_id=maker.stranger.id, team=maker.team)


def from_staff(maker: Maker) -> None:
    """The client's notes and their files; their tickets in another team, and others'; colleagues of the same name."""
    note = maker.say("client", "notes", "Don't tell them either.")
    maker.attach("client", note_id=note)
    maker.file("admin", client_id=maker.people["client"].id, team="elsewhere")
    maker.file("admin", client_id=maker.stranger.id, team="elsewhere")
    maker.somebody("agent", team="elsewhere")


def nothing(_: Maker) -> None:
    pass


@pytest.fixture
def make(http: Http, sign_in: SignIn) -> Make:
    teams.ensure("elsewhere", "Elsewhere")
    admin = sign_in("admin@example.com", "admin", email_verified=True)
    stranger = sign_in("stranger@example.com", "client", email_verified=True)

    def make(hide: Hide, viewer: str) -> Desk:
        team = f"hiding-{hide.__name__}".replace("_", "-")
        teams.ensure(team, team)
        people = {
            "client": sign_in(f"client-{team}@example.com", "client", email_verified=True),
            "agent": sign_in(f"agent-{team}@example.com", "agent", team=team, email_verified=True),
            "admin": admin,
        }
        return Maker(http, people, team, stranger).made(hide, viewer)

    return make


@pytest.mark.parametrize(("viewer", "hide"), [("client", from_clients), ("agent", from_staff), ("admin", from_staff)])
def test_no_list_shows_that_there_is_something_hidden(
    make: Make, viewer: str, hide: Hide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST_POSTINGS", 4)  # so few of others would end a page of what is searched
    monkeypatch.setattr(service, "_POSTINGS", 2)
    without, beside = make(nothing, viewer).traces(viewer), make(hide, viewer).traces(viewer)
    assert {path for path, pages in beside.items() if pages != without[path]} == set()
    assert any(len(pages) > 3 for pages in without.values()), "some list has several pages"
