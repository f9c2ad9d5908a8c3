"""What there is to do: counts, the queue and its reasons, work in its order, one ticket by its number (contract §9)."""

from typing import Any

import pytest

from tests.e2e.client import Api, Json, Person, Team


def ids(items: list[Json]) -> list[str]:
    return [item["id"] for item in items]


def queue(person: Person, **asked: Any) -> list[Json]:
    found: list[Json] = list(person.all("/queue", **asked))
    return found


@pytest.mark.parametrize("engine", ["moto", "dynamodb-local"], indirect=True)
def test_the_queue_is_in_the_order_in_which_it_is_given_and_says_why_it_waits(api: Api) -> None:
    team, other = api.make_team(), api.make_team()
    agent = team.agent(available=False)
    low, urgent, medium = (team.file(priority) for priority in ("low", "urgent", "medium"))
    elsewhere = other.file("urgent")
    api.wait_idle()
    waiting = queue(agent)
    assert ids(waiting) == ids([urgent, medium, low])
    assert {each["reason"] for each in waiting} == {"nobody_available"}
    assert [each["waiting_since"] >= each["created_at"] for each in waiting] == [True] * 3
    assert ids(queue(agent, limit="1")) == ids(waiting)
    assert queue(agent, team=other.id) == []
    assert ids(queue(api.admin, team=other.id)) == [elsewhere["id"]]
    everything = ids(queue(api.admin))
    assert [id_ for id_ in everything if id_ in {*ids(waiting), elsewhere["id"]}] == ids(
        [urgent, elsewhere, medium, low]
    )
    api.make("client").get("/queue", expect=403)
    api.admin.patch(f"/users/{agent.id}", {"capacity": 0})
    agent.put("/agents/me/availability", {"availability": "available"})
    api.wait_idle()
    assert {each["reason"] for each in queue(agent)} == {"no_room"}


def test_a_ticket_that_was_handed_back_is_held_back_from_who_did_while_another_is_there(api: Api) -> None:
    team = api.make_team()
    first, second = team.agent(), team.agent()
    ticket = team.file_settled()
    holder, other = (first, second) if ticket["assignee_id"] == first.id else (second, first)
    api.admin.patch(f"/users/{other.id}", {"capacity": 0})
    since = queue(holder)
    assert since == []
    holder.change(ticket, assignee_id=None)
    api.wait_idle()
    [waiting] = queue(holder)
    assert (waiting["id"], waiting["reason"]) == (ticket["id"], "held_back")


def test_who_waits_goes_on_waiting_when_the_priority_changes(api: Api) -> None:
    team = api.make_team()
    agent = team.agent(available=False)
    ticket = team.file("low")
    api.wait_idle()
    [before] = queue(agent)
    api.advance(60)
    agent.change(ticket, priority="urgent")
    api.wait_idle()
    [after] = queue(agent)
    assert (after["priority"], after["waiting_since"]) == ("urgent", before["waiting_since"])


def test_counts_are_of_ones_own_and_of_ones_team(api: Api) -> None:
    team, client = api.make_team(), api.make("client")
    agent = team.agent()
    taken = [team.file_settled(client=client) for _ in range(3)]
    agent.change(taken[0], status="in_progress")
    agent.change(taken[1], status="in_progress")
    agent.change(taken[1], status="resolved")
    agent.post(f"/tickets/{taken[2]['id']}/comments", {"body": "Which one?"})
    agent.put("/agents/me/availability", {"availability": "away"})
    team.file(client=client)
    api.wait_idle()
    mine = {"open": 1, "in_progress": 1, "resolved": 1}
    assert agent.get("/tickets/counts") == {
        "mine": mine,
        "waiting_for_me": 1,
        "queue": 1,
        "team": {"open": 2, "in_progress": 1, "resolved": 1},
    }
    assert client.get("/tickets/counts") == {
        "mine": {**mine, "open": 2},
        "waiting_for_me": 1,
        "queue": 0,
        "team": None,
    }
    of_all = api.admin.get("/tickets/counts")
    assert of_all["team"] is None
    assert of_all["queue"] >= 1


def test_work_stands_in_its_order_and_needs_to_know_whose(api: Api) -> None:
    team = api.make_team()
    agent = team.agent()
    filed = {priority: team.file_settled(priority) for priority in ("low", "urgent", "medium", "high")}
    older = team.file_settled("low")
    asked: dict[str, Any] = {"sort": "work", "assignee_id": "me", "status": "open,in_progress"}
    wanted = ids([filed["urgent"], filed["high"], filed["medium"], filed["low"], older])
    for limit in ("1", "2", "100"):
        assert ids(list(agent.all("/tickets", **asked, limit=limit))) == wanted
    agent.post(f"/tickets/{filed['urgent']['id']}/comments", {"body": "Which one?"})
    api.wait_idle()
    assert ids(agent.get("/tickets", **asked, waiting_for="agent")["items"]) == wanted[1:]
    assert ids(agent.get("/tickets", **asked, waiting_for="client")["items"]) == wanted[:1]
    bad: dict[str, Any]
    for bad in ({"sort": "work"}, {**asked, "status": "open,closed"}, {"sort": "work", "status": "open"}):
        problem = agent.get("/tickets", expect=422, **bad)
        assert problem["errors"][0]["field"] == "sort"


def test_oldest_first(api: Api) -> None:
    team = api.make_team()
    filed = [team.file() for _ in range(5)]
    api.wait_idle()
    assert ids(list(api.admin.all("/tickets", team=team.id, sort="created", limit="2"))) == ids(filed)
    assert ids(list(api.admin.all("/tickets", team=team.id, sort="created", status="open"))) == ids(filed)


def test_a_number_finds_one_ticket_or_none(api: Api) -> None:
    team, other = api.make_team(), api.make_team()
    agent, stranger = team.agent(available=False), other.agent(available=False)
    ticket = team.file()
    api.wait_idle()
    number = str(ticket["number"])
    assert ids(agent.get("/tickets", number=number)["items"]) == [ticket["id"]]
    assert agent.get("/tickets", number=number, status="closed")["items"] == []
    assert stranger.get("/tickets", number=number)["items"] == []
    assert agent.get("/tickets", number="999999999")["items"] == []
    for bad in ("0", "-1", "x"):
        agent.get("/tickets", number=bad, expect=422)


def test_what_stands_under_a_ticket_is_listed_from_either_end(api: Api) -> None:
    client = api.make("client")
    ticket = client.post("/tickets", {"title": "T", "description": "D"})
    path = f"/tickets/{ticket['id']}"
    for number in range(4):
        client.post(f"{path}/comments", {"body": f"Comment {number}"})
        client.post(f"{path}/notes", {"body": f"Note {number}"})
    api.wait_idle()
    for part in ("comments", "notes", "history", "timeline"):
        forward = list(client.all(f"{path}/{part}", limit="3"))
        assert list(client.all(f"{path}/{part}", limit="3", order="desc")) == forward[::-1]
        client.get(f"{path}/{part}", order="sideways", expect=422)


def test_a_description_is_the_last_that_was_written(team: Team) -> None:
    client = team.api.make("client")
    ticket = client.post("/tickets", {"title": "T", "description": "First"})
    changed = client.patch(f"/tickets/{ticket['id']}", {"description": "Second"})
    assert changed["description"] == client.get(f"/tickets/{ticket['id']}")["description"] == "Second"
    again = client.patch(f"/tickets/{ticket['id']}", {"description": "Second"})
    assert again["version"] == changed["version"]
