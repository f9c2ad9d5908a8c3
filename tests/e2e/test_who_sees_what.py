"""Who sees what of a ticket, from one table: role x relation x what there is to see (contract §3)."""

from uuid import uuid4

import httpx
import pytest

from tests.e2e.client import Api, Json, Person, Team

THINGS = (
    "ticket", "comment", "staff note", "client note", "file", "staff file", "client file",
    "staff note in history", "client note in history", "found by title", "found by comment", "found by note",
)  # fmt: skip

SEES: dict[str, str] = {
    #                       t  c  sn cn f  sf cf hs hc ft fc fn
    "its client":           "x  x  -  x  x  -  x  -  x  x  x  -",
    "its client, an agent of another team": "x  x  -  x  x  -  x  -  x  x  x  -",
    "another client":       "-  -  -  -  -  -  -  -  -  -  -  -",
    "its assignee":         "x  x  x  -  x  x  -  x  -  x  x  -",
    "a colleague":          "x  x  x  -  x  x  -  x  -  x  x  -",
    "an agent of another team": "-  -  -  -  -  -  -  -  -  -  -  -",
    "an admin":             "x  x  x  -  x  x  -  x  -  x  x  -",
}  # fmt: skip


class Scene:
    """A ticket with one of each, and everybody who might look."""

    def __init__(self, team: Team, client: Person, people: dict[str, Person]) -> None:
        self.api: Api = team.api
        self.people = people
        self.words = {name: "w" + uuid4().hex[:10] for name in ("title", "comment", "note")}
        self.ticket = team.file_settled(client=client, title=self.words["title"])
        self.path = f"/tickets/{self.ticket['id']}"
        staff = people["its assignee"]
        client.post(f"{self.path}/comments", {"body": self.words["comment"]})
        self.notes = {
            side: person.post(f"{self.path}/notes", {"body": self.words["note"]})["id"]
            for side, person in (("staff", staff), ("client", client))
        }
        self.files = {"": self.attach(client)}
        self.files |= {
            side: self.attach(person, self.notes[side]) for side, person in (("staff", staff), ("client", client))
        }
        self.api.wait_idle()

    def attach(self, person: Person, note_id: str | None = None) -> str:
        body = {"filename": "a", "content_type": "text/plain", "size": 1, "note_id": note_id}
        asked: Json = person.post(f"{self.path}/attachments", body)
        form = asked["upload"]
        assert httpx.post(form["url"], data=form["fields"], files={"file": b"a"}).is_success
        return str(asked["id"])

    def sees(self, person: Person) -> set[str]:
        """Everything of THINGS that somebody gets to see, by any route."""
        seen = {"ticket"} if person.send("GET", self.path).status_code == 200 else set()
        comments = self.listed(person, "comments")
        seen |= {"comment"} if any(each["body"] == self.words["comment"] for each in comments) else set()
        notes = {each["id"] for each in self.listed(person, "notes")}
        told = {event["to"] for event in self.listed(person, "history") if event["kind"] == "note"}
        listed = {each["id"] for each in self.listed(person, "attachments")}
        for side, id_ in self.notes.items():
            seen |= {f"{side} note"} if id_ in notes else set()
            seen |= {f"{side} note in history"} if id_ in told else set()
        for side, id_ in self.files.items():
            fetched = person.send("GET", f"{self.path}/attachments/{id_}").status_code == 200
            assert fetched == (id_ in listed), "the list and the file itself agree"
            seen |= {f"{side} file".strip()} if fetched else set()
        for name, word in self.words.items():
            # Agents ask for their own of other teams by name.
            found = [*person.all("/tickets", q=word), *person.all("/tickets", q=word, client_id=person.id)]
            seen |= {f"found by {name}"} if self.ticket["id"] in {ticket["id"] for ticket in found} else set()
        return seen

    def listed(self, person: Person, kind: str) -> list[Json]:
        answer = person.send("GET", f"{self.path}/{kind}", params={"limit": 100})
        assert answer.status_code in (200, 404)
        items: list[Json] = answer.json()["items"] if answer.status_code == 200 else []
        return items


@pytest.mark.parametrize("client_is", ["its client", "its client, an agent of another team"])
def test_everybody_sees_what_the_table_says_and_nothing_else(team: Team, client_is: str) -> None:
    api = team.api
    elsewhere = api.make_team()
    client = api.make("client") if client_is == "its client" else elsewhere.agent(available=False)
    assignee = team.agent()
    people = {
        client_is: client,
        "another client": api.make("client"),
        "its assignee": assignee,
        "a colleague": team.agent(available=False),
        "an agent of another team": elsewhere.agent(available=False),
        "an admin": api.admin,
    }
    scene = Scene(team, client, people)
    assert scene.ticket["assignee_id"] == assignee.id
    for name, person in people.items():
        wanted = {thing for thing, cell in zip(THINGS, SEES[name].split(), strict=True) if cell == "x"}
        assert scene.sees(person) == wanted, name
