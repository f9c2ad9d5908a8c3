"""Lists, their pages and cursors (contract §2), and the filters of the list of tickets (§3)."""

from typing import Any

import pytest

from tests.e2e.client import Api, Json, Person, Team


@pytest.fixture(scope="module")
def filed(api: Api) -> tuple[Team, list[Json]]:
    """A team with seven tickets, newest first."""
    team = api.make_team()
    tickets = [team.file() for _ in range(7)]
    api.wait_idle()
    return team, tickets[::-1]


def ids(items: list[Json]) -> list[str]:
    return [item["id"] for item in items]


def test_pages_follow_each_other_to_the_end(filed: tuple[Team, list[Json]]) -> None:
    team, tickets = filed
    admin = team.api.admin
    for limit in (1, 3, 7, 100):
        found: list[str] = []
        asked: dict[str, Any] = {"team": team.id, "limit": limit}
        while True:
            page = admin.get("/tickets", **asked)
            assert len(page["items"]) <= limit
            found += ids(page["items"])
            if page["next_cursor"] is None:
                break
            asked["cursor"] = page["next_cursor"]
        assert found == ids(tickets)


def test_listed_tickets_have_everything_but_the_description(filed: tuple[Team, list[Json]]) -> None:
    team, tickets = filed
    shown = team.api.admin.get(f"/tickets/{tickets[0]['id']}")
    listed = team.api.admin.get("/tickets", team=team.id)["items"][0]
    alone = {"description", "can", "unread"}  # what a single ticket has besides (contract §3)
    assert listed == {name: value for name, value in shown.items() if name not in alone}
    assert alone <= shown.keys()


def test_a_page_goes_on_where_the_last_one_ended_whatever_was_filed_meanwhile(api: Api) -> None:
    team = api.make_team()
    older = [team.file() for _ in range(4)]
    first = api.admin.get("/tickets", team=team.id, limit="2")
    team.file()
    second = api.admin.get("/tickets", team=team.id, limit="2", cursor=first["next_cursor"])
    assert ids(first["items"]) + ids(second["items"]) == ids(older[::-1])


def test_a_cursor_is_for_its_caller_its_list_and_its_filters(filed: tuple[Team, list[Json]]) -> None:
    team, tickets = filed
    admin, other = team.api.admin, team.api.make("admin")
    cursor = admin.get("/tickets", team=team.id, limit="2")["next_cursor"]
    asked = {"team": team.id, "limit": "3", "cursor": cursor}
    assert ids(admin.get("/tickets", **asked)["items"]) == ids(tickets[2:5]), "another limit is no other filter"
    other.get("/tickets", expect=400, **asked)
    admin.get("/tickets", expect=400, **{**asked, "team": "support"})
    admin.get("/tickets", expect=400, **asked, status="open")
    admin.get("/tickets", expect=400, limit="2", cursor=cursor)
    admin.get("/agents", expect=400, limit="2", cursor=cursor)
    admin.get(f"/tickets/{tickets[0]['id']}/history", expect=400, cursor=cursor)


def test_a_tampered_cursor_is_400(filed: tuple[Team, list[Json]]) -> None:
    team, _ = filed
    admin = team.api.admin
    cursor = admin.get("/tickets", team=team.id, limit="2")["next_cursor"]
    middle = len(cursor) // 2
    other = "A" if cursor[middle] != "A" else "B"
    for bad in ("x", cursor[:-1], cursor + "A", cursor[:middle] + other + cursor[middle + 1 :], "é", "." * 500):
        admin.get("/tickets", expect=400, team=team.id, limit="2", cursor=bad)


def test_a_cursor_is_good_for_24_hours(filed: tuple[Team, list[Json]]) -> None:
    team, tickets = filed
    admin = team.api.admin
    cursor = admin.get("/tickets", team=team.id, limit="2")["next_cursor"]
    team.api.advance(24 * 3600 - 60)
    page = admin.get("/tickets", team=team.id, limit="2", cursor=cursor)
    assert ids(page["items"]) == ids(tickets[2:4])
    team.api.advance(120)
    admin.get("/tickets", expect=400, team=team.id, limit="2", cursor=cursor)


def test_a_cursor_gives_no_right_of_its_own(api: Api) -> None:
    team = api.make_team()
    agent = team.agent(available=False)
    for _ in range(3):
        team.file()
    cursor = agent.get("/tickets", limit="1")["next_cursor"]
    api.admin.patch(f"/users/{agent.id}", {"team": "support"})
    after = agent.send("GET", "/tickets", params={"limit": "1", "cursor": cursor})
    assert after.status_code == 400 or all(item["team"] == "support" for item in after.json()["items"])


@pytest.mark.parametrize("path", ["/teams", "/agents", "/users", "/tickets"])
def test_every_list_has_the_same_shape(api: Api, path: str) -> None:
    api.make_team().agent(available=False)
    page = api.admin.get(path, limit="1")
    assert set(page) == {"items", "next_cursor"}
    items = list(api.admin.all(path))
    names = ids(items)
    assert len(names) == len(set(names)) >= 1


class Desk:
    """Two teams with a ticket of each priority, some further on, one client's."""

    def __init__(self, api: Api) -> None:
        self.api, self.team, self.other = api, api.make_team(), api.make_team()
        self.agent = self.team.agent(available=False)
        self.client = api.make("client")
        self.tickets = {priority: self.team.file(priority) for priority in ("low", "medium", "high", "urgent")}
        self.tickets["client"] = self.team.file("low", client=self.client)
        self.tickets["elsewhere"] = self.other.file("urgent", client=self.client)
        self.tickets["taken"] = self.agent.change(self.team.file("high"), status="in_progress")
        done = self.agent.change(self.team.file("high", client=self.client), status="in_progress")
        self.tickets["done"] = self.agent.change(done, status="resolved")
        api.wait_idle()

    def named(self, person: Person, **filters: str) -> set[str]:
        """Which of these tickets a list shows."""
        known = {ticket["id"]: name for name, ticket in self.tickets.items()}
        found = [item["id"] for item in person.all("/tickets", **filters)]
        assert found == sorted(found, reverse=True), "newest first"
        return {known[id_] for id_ in found if id_ in known}


@pytest.fixture(scope="module")
def desk(api: Api) -> Desk:
    return Desk(api)


def test_filters_combine(desk: Desk) -> None:
    admin, agent, team = desk.api.admin, desk.agent, desk.team.id
    mine = {"low", "medium", "high", "urgent", "client", "taken", "done"}
    assert desk.named(admin, team=team) == mine
    assert desk.named(agent) == mine
    assert desk.named(admin, team=team, status="open") == mine - {"taken", "done"}
    assert desk.named(admin, team=team, status="in_progress,resolved") == {"taken", "done"}
    assert desk.named(agent, priority="high") == {"high", "taken", "done"}
    assert desk.named(agent, priority="high,urgent", status="open,closed") == {"high", "urgent"}
    assert desk.named(agent, assignee_id="me") == {"taken", "done"}
    assert desk.named(admin, assignee_id=agent.id, status="resolved") == {"done"}
    assert desk.named(admin, team=team, assignee_id="none") == mine - {"taken", "done"}
    assert desk.named(agent, assignee_id="none", priority="low") == {"low", "client"}
    assert desk.named(admin, client_id=desk.client.id) == {"client", "elsewhere", "done"}
    assert desk.named(admin, client_id=desk.client.id, team=desk.other.id) == {"elsewhere"}
    assert desk.named(agent, client_id=desk.client.id) == {"client", "done"}
    assert desk.named(agent, client_id=desk.client.id, status="resolved", priority="high", assignee_id="me") == {"done"}
    assert desk.named(admin, team=team, client_id=agent.id) == set()


def test_a_client_lists_their_own(desk: Desk) -> None:
    assert desk.named(desk.client) == {"client", "elsewhere", "done"}
    assert desk.named(desk.client, status="open") == {"client", "elsewhere"}
    assert desk.named(desk.client, client_id=desk.client.id, priority="high") == {"done"}
    assert desk.named(desk.client, client_id=desk.agent.id) == set()


def test_from_is_inclusive_and_to_exclusive(desk: Desk) -> None:
    first, last = desk.tickets["low"]["created_at"], desk.tickets["taken"]["created_at"]
    team = desk.team.id
    after = {"low", "medium", "high", "urgent", "client", "taken", "done"}
    assert desk.named(desk.api.admin, team=team, created_from=first) == after
    assert desk.named(desk.api.admin, team=team, created_to=first) == set()
    assert desk.named(desk.api.admin, team=team, created_from=first, created_to=last) == after - {"taken", "done"}
    assert desk.named(desk.api.admin, team=team, created_from=last) == {"taken", "done"}
    assert desk.named(desk.api.admin, team=team, created_from=first[:10]) == after
    assert desk.named(desk.api.admin, team=team, created_to=first[:10]) == set()
    offset = first.replace("Z", "+00:00")
    assert desk.named(desk.api.admin, team=team, created_from=offset) == after
