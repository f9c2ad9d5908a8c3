"""What front ends are told as it happens, each what is theirs alone, and the last state always (contract §9)."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.e2e.chat import JsonChat
from tests.e2e.client import Api, Json, Person, Team

TICKETS, NOTIFICATIONS, REPORTS = (f"/user/queue/{name}" for name in ("tickets", "notifications", "reports"))


class Listening:
    """Connections that end with the test."""

    def __init__(self) -> None:
        self._stack = ExitStack()

    def __call__(self, person: Person, *destinations: str) -> JsonChat:
        chat = self._stack.enter_context(JsonChat(person))
        for destination in destinations:
            answer = chat.ask("subscribe", destination=destination)
            assert answer["type"] == "ack", answer
        return chat

    def close(self) -> None:
        self._stack.close()


@pytest.fixture
def listen() -> Iterator[Listening]:
    listening = Listening()
    yield listening
    listening.close()


def events_of(ticket: Json) -> str:
    return f"/topic/ticket/{ticket['id']}/events"


def kinds(chat: JsonChat, *wanted: str) -> list[Json]:
    return [body for body in chat.rest() if body["type"] in wanted]


def test_each_side_is_told_of_a_tickets_events_as_its_timeline_shows_them(
    client: Person, agent: Person, ticket: Json, listen: Listening
) -> None:
    path = f"/tickets/{ticket['id']}"
    chats = {person: listen(person, events_of(ticket)) for person in (client, agent)}
    seen = {person: len(list(person.all(f"{path}/timeline"))) for person in chats}
    agent.change(ticket, status="in_progress")
    client.post(f"{path}/comments", {"body": "Hello"})
    agent.post(f"{path}/notes", {"body": "Among us"})
    client.post(f"{path}/notes", {"body": "For me"})
    for person, chat in chats.items():
        told = chat.rest()
        new = list(person.all(f"{path}/timeline"))[seen[person] :]
        events = [body["event"] for body in told if body["type"] == "event"]
        assert sorted(events, key=lambda event: event["id"]) == new
        assert [body["ticket"]["version"] for body in told if body["type"] == "ticket"][-1] == person.get(path)[
            "version"
        ]
        assert {body["type"] for body in told} == {"event", "ticket"}, "neither presence nor what is said in the chat"
        assert "description" not in str([body for body in told if body["type"] == "ticket"])


def test_who_loses_sight_of_a_ticket_is_told_nothing_more(
    api: Api, team: Team, agent: Person, listen: Listening
) -> None:
    ticket, elsewhere = team.file_settled(), api.make_team()
    chat = listen(agent, events_of(ticket), f"/topic/team/{team.id}", TICKETS)
    api.admin.change(ticket, team=elsewhere.id)
    chat.event("left", ticket_id=ticket["id"])
    chat.rest()
    api.admin.post(f"/tickets/{ticket['id']}/comments", {"body": "Out of sight"})
    assert kinds(chat, "ticket", "event", "unread") == []


@pytest.mark.parametrize("ends", [{"role": "client"}, {"team": "support"}, {"active": False}], ids=str)
def test_another_role_or_team_ends_all_that_an_agent_listened_to(
    api: Api, team: Team, client: Person, agent: Person, ticket: Json, listen: Listening, ends: Json
) -> None:
    chat = listen(agent, events_of(ticket), f"/topic/team/{team.id}", TICKETS, NOTIFICATIONS)
    assert chat.rest() is not None
    before = len(chat.seen)
    api.admin.patch(f"/users/{agent.id}", ends)
    assert chat.until_closed() == 1000
    client.post(f"/tickets/{ticket['id']}/comments", {"body": "Out of your sight"})
    api.wait_idle()
    told = chat.seen[before:]
    assert "Out of your sight" not in str(told)
    own = [body for body in told if body["type"] == "ticket" and body["ticket"]["assignee_id"] not in (agent.id, None)]
    assert own == []
    if ends.get("active", True):
        again = listen(agent)
        for destination in (events_of(ticket), f"/topic/team/{team.id}"):
            assert again.ask("subscribe", destination=destination)["status"] in (403, 404)


def test_who_is_no_longer_an_admin_is_told_of_no_report_and_no_figure(api: Api, team: Team, listen: Listening) -> None:
    other = api.make("admin")
    chat = listen(other, REPORTS, "/topic/metrics", f"/topic/team/{team.id}")
    chat.rest()
    before = len(chat.seen)
    api.admin.patch(f"/users/{other.id}", {"role": "client"})
    assert chat.until_closed() == 1000
    asked = {"kind": "agents", "format": "csv", "from": "2026-01-01", "to": "2026-01-02"}
    api.admin.post("/reports", asked, expect=202)
    team.file()
    api.wait_idle()
    assert [body for body in chat.seen[before:] if body["type"] != "error"] == []
    again = listen(other)
    for destination in (REPORTS, "/topic/metrics", f"/topic/team/{team.id}"):
        assert again.ask("subscribe", destination=destination)["status"] == 403


def test_who_hands_a_ticket_on_to_another_team_no_longer_says_that_they_have_it_open(
    api: Api, agent: Person, ticket: Json, listen: Listening
) -> None:
    chat, watcher = listen(agent), listen(api.admin, events_of(ticket))
    assert chat.ask("viewing", ticket_id=ticket["id"])["type"] == "ack"
    watcher.event("viewing", user_id=agent.id, online=True)
    agent.change(ticket, team=api.make_team().id)
    assert chat.ask("viewing", ticket_id=ticket["id"])["status"] == 404
    late = listen(api.admin, events_of(ticket))
    late.rest()
    assert [body for body in late.seen if body["type"] == "viewing"] == []


def test_a_team_is_told_of_its_tickets_agents_and_queue(
    api: Api, team: Team, client: Person, listen: Listening
) -> None:
    watcher, other = team.agent(available=False), team.agent(available=False)
    topic = f"/topic/team/{team.id}"
    chats = [listen(person, topic) for person in (watcher, api.admin)]
    ticket = team.file(client=client)
    for chat in chats:
        chat.until(lambda body: body["type"] == "queue" and body["waiting"] == 1)
    other.comes()
    for chat in chats:
        told = chat.rest()
        last = {body["type"]: body for body in chat.seen if "at" in body}
        assert last["queue"]["waiting"] == 0
        assert last["ticket"]["ticket"]["assignee_id"] == other.id
        [shown] = [each for each in api.admin.all("/agents", team=team.id) if each["id"] == other.id]
        agents = [body["agent"] for body in told if body["type"] == "agent" and body["agent"]["id"] == other.id]
        assert agents[-1] == shown
        assert shown["workload"] == 2
    assert last["ticket"]["ticket"]["id"] == ticket["id"]


def test_a_burst_is_told_once_a_second_and_the_last_state_always(
    api: Api, team: Team, agent: Person, ticket: Json, listen: Listening
) -> None:
    chat = listen(api.admin, f"/topic/team/{team.id}")
    for number in range(12):
        agent.change(ticket, tags=[f"t{number}"])
    told = kinds(chat, "ticket")
    assert told[-1]["ticket"]["tags"] == ["t11"]
    assert len(told) < 12


def test_a_teams_topic_is_for_its_agents_and_admins(api: Api, team: Team, client: Person, agent: Person) -> None:
    stranger = api.make_team().agent(available=False)
    for person, status in ((client, 403), (stranger, 404)):
        with JsonChat(person) as chat:
            assert chat.ask("subscribe", destination=f"/topic/team/{team.id}")["status"] == status
    for person in (client, agent):
        with JsonChat(person) as chat:
            assert chat.ask("subscribe", destination=REPORTS)["status"] == 403
    with JsonChat(api.make("client")) as chat:
        assert chat.ask("subscribe", destination=f"/topic/ticket/{team.file()['id']}/events")["status"] == 404


def test_ones_own_tickets_are_told_and_what_is_unread_of_them(
    api: Api, team: Team, client: Person, agent: Person, ticket: Json, listen: Listening
) -> None:
    path = f"/tickets/{ticket['id']}"
    ours, theirs = listen(client, TICKETS), listen(agent, TICKETS)
    agent.post(f"{path}/comments", {"body": "Hello"})
    assert ours.event("unread", ticket_id=ticket["id"])["comments"] == 1
    ours.ask("chat", ticket_id=ticket["id"], content="Hi")
    assert theirs.event("unread", chat=1)["private"] == []
    theirs.ask("private-chat", ticket_id=ticket["id"], recipient_id=client.id, content="Psst")
    ours.event("unread", private=[{"user_id": agent.id, "count": 1}])
    client.put(f"{path}/seen", {"chat_seq": 1, "with": agent.id}, expect=204)
    ours.event("unread", private=[])
    colleague = team.agent(available=False)
    agent.change(ticket, assignee_id=colleague.id)
    theirs.event("left", ticket_id=ticket["id"])
    assert kinds(ours, "ticket")[-1]["ticket"]["assignee_id"] == colleague.id
    agent.post(f"{path}/comments", {"body": "No longer mine"})
    assert kinds(theirs, "ticket", "unread") == []


def test_notifications_and_how_many_are_unread_are_told(
    client: Person, agent: Person, ticket: Json, listen: Listening
) -> None:
    chat = listen(client, NOTIFICATIONS)
    before = len(list(client.all("/notifications", unread="true")))
    comment = agent.post(f"/tickets/{ticket['id']}/comments", {"body": "Hello"})
    told = chat.event("notification")["notification"]
    assert told == next(client.all("/notifications"))
    assert (told["kind"], told["ticket_id"], told["read"]) == ("comment", ticket["id"], False)
    assert comment["created_at"] <= told["at"]
    chat.event("unread", count=before + 1)
    client.post("/notifications/read", {"all": True}, expect=204)
    chat.event("unread", count=0)


def test_admins_are_told_when_a_report_is_done(api: Api, listen: Listening) -> None:
    chat = listen(api.admin, REPORTS)
    asked = {"kind": "agents", "format": "csv", "from": "2026-01-01", "to": "2026-01-02"}
    report = api.admin.post("/reports", asked, expect=202)
    told = chat.event("report")["report"]
    assert (told["id"], told["status"]) == (report["id"], "ready")


def test_staff_see_who_has_the_ticket_open(
    api: Api, team: Team, client: Person, agent: Person, ticket: Json, listen: Listening
) -> None:
    first, ours = listen(agent, events_of(ticket)), listen(client, events_of(ticket))
    other = listen(api.admin)
    assert other.ask("viewing", ticket_id=ticket["id"], writing="comment")["type"] == "ack"
    told = first.event("viewing", user_id=api.admin.id, online=True, writing="comment")
    assert told["name"] == api.admin.name
    late = listen(team.agent(available=False), events_of(ticket))
    assert [body["user_id"] for body in late.seen if body["type"] == "viewing"] == [api.admin.id]
    refused = ours.ask("viewing", ticket_id=ticket["id"])
    assert (refused["type"], refused["status"]) == ("error", 403)
    assert kinds(ours, "viewing") == [], "who of staff is there is staff's own"
    api.advance(30)
    other.ask("viewing", ticket_id=ticket["id"])
    first.event("viewing", online=True, writing=None)
    api.advance(40)
    assert kinds(first, "viewing") == [], "they said so again"
    api.advance(61)
    first.event("viewing", user_id=api.admin.id, online=False)
