"""Finding tickets by words over HTTP: by whom, by what, and no more by what they said before (contract §3)."""

from uuid import uuid4

import pytest

from tests.e2e.client import Json, Person, Team


def word() -> str:
    """One that no other test has."""
    return "w" + uuid4().hex[:10]


def found(person: Person, q: str, **filters: str) -> list[str]:
    return [ticket["id"] for ticket in person.all("/tickets", q=q, **filters)]


def test_a_ticket_is_found_by_what_it_says(team: Team) -> None:
    client, own = team.api.make("client"), word()
    ticket = team.file(client=client, title=f"Printer {own}", description="Größe: 打印机, ÉCOLE.")
    client.post(f"/tickets/{ticket['id']}/comments", {"body": f"And the {own}x scanner!"})
    team.api.wait_idle()
    for q in (
        own,
        own.upper(),
        f"{own} printer",
        f"printer {own[:6]}",
        f"ecole {own}",
        f"GROSSE {own}",
        f"打印机 {own}",
        f"机 {own}",
        f"scanner {own}x",
        f"#{ticket['number']} {own}",
    ):
        for person in (client, team.api.admin):
            assert found(person, q) == [ticket["id"]], q
    for q in (f"{own} plotter", f"{own[:6]} printer", f"机印 {own}", own[:2], "?"):
        assert found(client, q) == [], q


def test_changed_text_is_not_found_by_its_old_words(team: Team) -> None:
    client, before, after, stays = team.api.make("client"), word(), word(), word()
    ticket = team.file(client=client, title=before, description=f"{stays} {before}")
    team.api.wait_idle()
    assert found(client, before) == [ticket["id"]]
    client.post(f"/tickets/{ticket['id']}/comments", {"body": stays})
    client.change(ticket, title=after, description=after)
    team.api.wait_idle()
    for person in (client, team.api.admin):
        assert found(person, before) == []
        assert found(person, after) == found(person, stays) == [ticket["id"]]


def test_everybody_finds_what_they_may_see_and_no_notes(team: Team) -> None:
    agent, client, other = team.agent(), team.api.make("client"), team.api.make("client")
    elsewhere = team.api.make_team().agent()
    own, secret = word(), word()
    mine = team.file(client=client, title=own)
    theirs = team.file(client=other, title=own)
    path = f"/tickets/{mine['id']}/notes"
    agent.post(path, {"body": secret})
    client.post(path, {"body": secret})
    team.api.wait_idle()
    both = [theirs["id"], mine["id"]]
    seen = {client: [mine["id"]], other: [theirs["id"]], agent: both, team.api.admin: both, elsewhere: []}
    for person, wanted in seen.items():
        assert found(person, own) == wanted
        assert found(person, secret) == []
    assert found(client, own, client_id=other.id) == []


def test_filters_and_pages_go_on_as_in_other_lists(team: Team) -> None:
    own = word()
    filed = [team.file(priority, title=f"{own} it hums") for priority in ("low", "urgent", "low", "high", "low")]
    newest = [ticket["id"] for ticket in reversed(filed)]
    team.api.wait_idle()
    admin = team.api.admin
    assert found(admin, f"hums {own}") == newest
    low = [newest[0], newest[2], newest[4]]
    assert found(admin, own, priority="low", team=team.id) == low
    assert found(admin, own, status="closed") == []
    assert found(admin, own, created_to=filed[2]["created_at"]) == newest[3:]
    pages: list[Json] = [admin.get("/tickets", q=own, limit=2)]
    while pages[-1]["next_cursor"]:
        pages.append(admin.get("/tickets", q=own, limit=2, cursor=pages[-1]["next_cursor"]))
    assert [ticket["id"] for page in pages for ticket in page["items"]] == newest
    assert found(admin, own, sort="created", limit="2") == newest[::-1]
    assert "description" not in pages[0]["items"][0]
    cursor = pages[0]["next_cursor"]
    assert admin.send("GET", "/tickets", params={"q": word(), "limit": 2, "cursor": cursor}).status_code == 400


def test_many_tickets_with_the_same_words(team: Team) -> None:
    """More than one stretch of postings; a rare word beside a common one."""
    client, common, rare = team.api.make("client"), word(), word()
    filed = [team.file(client=client, title=f"{common} {rare if number == 7 else ''}") for number in range(110)]
    team.api.wait_idle()
    for person in (team.api.admin, client):
        assert found(person, common) == [ticket["id"] for ticket in reversed(filed)]
        assert found(person, f"{rare} {common}") == [filed[7]["id"]]


@pytest.mark.parametrize("q", ["", "x" * 201])
def test_what_cannot_be_looked_for_is_refused(team: Team, q: str) -> None:
    answer = team.api.admin.send("GET", "/tickets", params={"q": q})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["q"]


def test_words_are_found_whatever_happens(team: Team) -> None:
    client, own = team.api.make("client"), word()
    team.api.fault(function="on_search", duplicate=0.5)
    team.api.fault(function="on_search", crash_after_writes=1)
    team.api.fault(function="on_search", crash_after_writes=2)
    team.api.fault(operation="dynamodb:BatchWriteItem", error="ThrottlingException", probability=0.3)
    filed = [team.file(client=client, title=f"{own} before") for _ in range(6)]
    for ticket in filed[:3]:
        client.change(ticket, title=f"{own} after")
    team.api.wait_idle()
    team.api.clear_faults()
    team.api.wait_idle()
    newest = [ticket["id"] for ticket in reversed(filed)]
    assert found(client, own) == newest
    assert found(client, f"{own} before") == newest[:3]
    assert found(client, f"{own} after") == newest[3:]
