"""What is unread of a ticket, what marks it as read, one's conversations, and who is there (contract §9)."""

from collections.abc import Iterator

import pytest

from tests.e2e.chat import JsonChat
from tests.e2e.client import Api, Json, Person, Team

NOTHING = {"comments": 0, "chat": 0, "private": []}


@pytest.fixture
def chats(client: Person, agent: Person, ticket: Json) -> Iterator[tuple[JsonChat, JsonChat]]:
    """The client's and the agent's; nobody watches."""
    with JsonChat(client) as one, JsonChat(agent) as other:
        yield one, other


def unread(person: Person, ticket: Json) -> Json:
    single: Json = person.get(f"/tickets/{ticket['id']}")["unread"]
    listed = next(
        each
        for each in person.all("/tickets", include="unread", client_id=ticket["client_id"])
        if each["id"] == ticket["id"]
    )
    assert listed["unread"] == single
    return single


def say(chat: JsonChat, ticket: Json, content: str = "Hello", **more: str) -> Json:
    answer = chat.ask("private-chat" if more else "chat", ticket_id=ticket["id"], content=content, **more)
    assert answer["type"] == "ack", answer
    return answer


def test_what_others_wrote_is_unread_until_it_is_marked(
    client: Person, agent: Person, ticket: Json, chats: tuple[JsonChat, JsonChat]
) -> None:
    path = f"/tickets/{ticket['id']}"
    ours, _ = chats
    assert unread(client, ticket) == unread(agent, ticket) == NOTHING
    for body in ("one", "two"):
        comment = client.post(f"{path}/comments", {"body": body})
    for _ in range(3):
        say(ours, ticket)
    say(ours, ticket, recipient_id=agent.id)
    assert unread(client, ticket) == NOTHING
    assert unread(agent, ticket) == {"comments": 2, "chat": 3, "private": [{"user_id": client.id, "count": 1}]}

    agent.put(f"{path}/seen", {"comment_id": comment["id"], "chat_seq": 2}, expect=204)
    assert unread(agent, ticket) == {"comments": 0, "chat": 1, "private": [{"user_id": client.id, "count": 1}]}
    agent.put(f"{path}/seen", {"chat_seq": 1}, expect=204)
    assert unread(agent, ticket)["chat"] == 1, "marks never go back"
    agent.put(f"{path}/seen", {"chat_seq": 10**9}, expect=204)
    agent.put(f"{path}/seen", {"chat_seq": 7, "with": client.id}, expect=204)
    assert unread(agent, ticket) == NOTHING
    say(ours, ticket)
    assert unread(agent, ticket)["chat"] == 1, "a number beyond the last counted as the last"


def test_an_own_word_marks_what_was_there(
    client: Person, agent: Person, ticket: Json, chats: tuple[JsonChat, JsonChat]
) -> None:
    path = f"/tickets/{ticket['id']}"
    ours, theirs = chats
    client.post(f"{path}/comments", {"body": "one"})
    say(ours, ticket)
    say(ours, ticket, recipient_id=agent.id)
    say(theirs, ticket)
    say(theirs, ticket, recipient_id=client.id)
    agent.post(f"{path}/comments", {"body": "two"})
    assert unread(agent, ticket) == NOTHING
    assert unread(client, ticket) == {"comments": 1, "chat": 1, "private": [{"user_id": agent.id, "count": 1}]}


def test_reading_the_chat_or_the_discussion_marks_nothing(
    client: Person, agent: Person, ticket: Json, chats: tuple[JsonChat, JsonChat]
) -> None:
    path = f"/tickets/{ticket['id']}"
    say(chats[0], ticket)
    client.post(f"{path}/comments", {"body": "one"})
    agent.get(f"{path}/chat")
    agent.get(f"{path}/comments")
    agent.get(f"{path}/timeline")
    assert unread(agent, ticket) == {"comments": 1, "chat": 1, "private": []}


def test_more_than_a_hundred_are_a_hundred(api: Api, client: Person, agent: Person, ticket: Json) -> None:
    with JsonChat(client) as chat:
        for number in range(101):
            chat.send("chat", ticket_id=ticket["id"], content=f"{number}")
            if number % 15 == 14:
                chat.rest()
                api.advance(1)  # twenty frames a second are taken
        chat.rest()
    assert agent.get(f"/tickets/{ticket['id']}")["unread"]["chat"] == 100


def test_marks_that_name_nothing_of_the_ticket_are_refused(
    api: Api, client: Person, agent: Person, team: Team, ticket: Json
) -> None:
    path = f"/tickets/{ticket['id']}/seen"
    elsewhere = team.file(client=client)
    other = client.post(f"/tickets/{elsewhere['id']}/comments", {"body": "elsewhere"})
    note = agent.post(f"/tickets/{ticket['id']}/notes", {"body": "a note"})
    for comment_id in (other["id"], note["id"], "nothing"):
        problem = agent.put(path, {"comment_id": comment_id}, expect=422)
        assert [(error["field"], error["code"]) for error in problem["errors"]] == [("comment_id", "unknown_id")]
    agent.put(path, {"with": client.id}, expect=422)
    agent.put(path, {"chat_seq": 0}, expect=422)
    agent.put(path, {"chat_seq": 1, "with": api.make("client").id}, expect=404)
    agent.put(path, {"chat_seq": 1, "with": agent.id}, expect=404)
    api.make("client").put(path, {"chat_seq": 1}, expect=404)


def test_nothing_is_read_with_whom_one_may_not_write_to(
    api: Api, client: Person, agent: Person, team: Team, ticket: Json
) -> None:
    path, elsewhere = f"/tickets/{ticket['id']}/chat", api.make_team().agent()
    asked: Json
    for nobody in (agent.id, elsewhere.id, api.make("client").id, "nobody"):
        for asked in ({"with": nobody}, {"with": nobody, "after": 0}):
            agent.get(path, expect=404, **asked)
    asked = {"with": client.id}
    assert agent.get(path, **asked)["items"] == []
    with JsonChat(agent) as chat:
        asked = {"ticket_id": ticket["id"], "with": elsewhere.id}
        assert chat.ask("load-history", **asked)["status"] == 404
        assert chat.ask("load-history", **asked | {"with": client.id})["type"] == "ack"
    colleague = team.agent()
    with JsonChat(colleague) as chat:
        chat.ask("private-chat", ticket_id=ticket["id"], recipient_id=agent.id, content="psst")
    api.admin.patch(f"/users/{colleague.id}", {"active": False})
    asked = {"with": colleague.id}
    said = [each["content"] for each in agent.get(path, **asked)["items"]]
    assert said == ["psst"], "what was said stays readable"
    asked["after"] = 1
    assert agent.get(path, **asked)["items"] == []


def test_each_has_their_own_conversations(
    api: Api, team: Team, client: Person, agent: Person, ticket: Json, chats: tuple[JsonChat, JsonChat]
) -> None:
    path = f"/tickets/{ticket['id']}/chat/conversations"
    ours, theirs = chats
    assert [(each["with"], each["last_seq"]) for each in client.all(path)] == [(None, 0)]
    say(ours, ticket)
    say(ours, ticket, recipient_id=agent.id)
    say(theirs, ticket, recipient_id=client.id)
    say(theirs, ticket, recipient_id=api.admin.id)
    public, private = client.all(path, limit="1")
    assert (public["with"], public["last_seq"], public["unread"]) == (None, 1, 0)
    assert public["seen"] == [{"user_id": client.id, "seq": 1}]
    assert private["with"] == {"id": agent.id, "name": agent.name, "role": "agent"}
    assert (private["last_seq"], private["unread"]) == (2, 1)
    assert private["seen"] == [{"user_id": client.id, "seq": 1}, {"user_id": agent.id, "seq": 2}]
    assert {each["with"]["id"] for each in agent.all(path) if each["with"]} == {client.id, api.admin.id}
    colleague = team.agent(available=False)
    assert [each["with"] for each in colleague.all(path)] == [None], "what two say among themselves is theirs alone"


def test_participants_are_those_on_the_ticket_who_see_it(api: Api, team: Team, client: Person, agent: Person) -> None:
    colleague, gone = team.agent(available=False), team.agent(available=False)
    ticket = team.file_settled(client=client)
    path = f"/tickets/{ticket['id']}/participants"
    gone.post(f"/tickets/{ticket['id']}/comments", {"body": "I was here."})
    api.admin.post(f"/tickets/{ticket['id']}/comments", {"body": "As an admin."})

    def seen(person: Person) -> dict[str, tuple[str, bool]]:
        items = list(person.all(path, limit="1"))
        assert [each["id"] for each in items] == sorted(each["id"] for each in items)
        return {each["id"]: (each["relation"], each["online"]) for each in items}

    staff = {agent.id: ("assignee", False), api.admin.id: ("staff", False), gone.id: ("staff", False)}
    assert seen(client) == staff
    assert seen(agent) == {
        client.id: ("client", False),
        api.admin.id: ("staff", False),
        gone.id: ("staff", False),
        colleague.id: ("staff", False),
    }
    with JsonChat(colleague) as chat:
        chat.watch(ticket)
        assert seen(client) == staff | {colleague.id: ("staff", True)}
    api.admin.patch(f"/users/{gone.id}", {"active": False})
    api.wait_idle()
    assert gone.id not in seen(client)
    assert api.make("client").get(path, expect=404)
