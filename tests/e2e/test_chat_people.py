"""Who is there, who is told of what was missed, and who may listen: the chat and people (contract §7, §8)."""

from typing import Any

import pytest
from websockets.sync.client import ClientConnection

from tests.e2e.chat import JsonChat, PolledChat, StompChat, sign_in
from tests.e2e.client import Api, Json, Person, Team


class TestPeople:
    def test_who_is_there(self, ticket: Json, client: Person, agent: Person) -> None:
        with JsonChat(client) as first:
            first.watch(ticket)
            with StompChat(agent) as second:
                second.watch(ticket)
                shown = first.event("presence", user_id=agent.id)
                assert (shown["online"], shown["name"], shown["role"]) == (True, agent.name, "agent")
                second.rest()
                there = {body["user_id"] for body in second.seen if body["type"] == "presence" and body["online"]}
                assert there == {client.id, agent.id}
                with JsonChat(agent) as third:
                    third.watch(ticket)
                assert not [body for body in first.rest() if body["type"] == "presence"]
                second.do("UNSUBSCRIBE", {"id": "0"})
            assert first.event("presence", user_id=agent.id)["online"] is False

    def test_who_vanishes_is_no_longer_there(self, ticket: Json, client: Person, agent: Person) -> None:
        with JsonChat(client) as stays, JsonChat(agent) as goes:
            stays.watch(ticket)
            goes.watch(ticket)
            assert isinstance(goes.socket, ClientConnection)
            goes.socket.socket.close()
            assert stays.event("presence", user_id=agent.id, online=False)

    def test_typing(self, ticket: Json, client: Person, agent: Person) -> None:
        with JsonChat(client) as one, StompChat(agent) as other:
            one.watch(ticket)
            other.send("SEND", {"destination": "/app/typing"}, {"ticket_id": ticket["id"]})
            typing = {"type": "typing", "ticket_id": ticket["id"], "user_id": agent.id, "name": agent.name}
            assert one.event("typing") == {**typing, "stop": False}
            other.send("SEND", {"destination": "/app/typing"}, {"ticket_id": ticket["id"], "stop": True})
            assert one.event("typing") == {**typing, "stop": True}

    @pytest.mark.parametrize("private", [True, False], ids=["with private messages", "with the topic alone"])
    def test_typing_to_one_alone(self, api: Api, ticket: Json, client: Person, agent: Person, private: bool) -> None:
        with StompChat(client) as recipient, JsonChat(api.admin) as other, JsonChat(agent) as types:
            recipient.watch(ticket)
            if private:
                recipient.listen("/user/queue/private-messages", "1")
            other.watch(ticket)
            types.watch(ticket)
            answer = types.ask("typing", ticket_id=ticket["id"], recipient_id=client.id)
            assert answer["type"] == "ack"
            assert recipient.event("typing", user_id=agent.id)
            for chat, count in ((recipient, 1), (other, 0), (types, 0)):
                chat.rest()
                assert len([body for body in chat.seen if body["type"] == "typing"]) == count
            stranger = api.make("client")
            assert types.ask("typing", ticket_id=ticket["id"], recipient_id=stranger.id)["status"] == 403

    def test_nobody_types_on_a_closed_ticket(self, ticket: Json, agent: Person) -> None:
        for status in ("in_progress", "resolved", "closed"):
            agent.change(ticket, status=status)
        with JsonChat(agent) as chat:
            assert chat.ask("typing", ticket_id=ticket["id"])["status"] == 409

    def test_what_somebody_has_seen(self, api: Api, ticket: Json, client: Person, agent: Person) -> None:
        with JsonChat(client) as reads, StompChat(agent) as writes, JsonChat(api.admin) as other:
            writes.watch(ticket)
            writes.listen("/user/queue/private-messages", "1")
            other.watch(ticket)
            for content in ("one", "two", "three"):
                writes.say(ticket, content)
            private = {"ticket_id": ticket["id"], "recipient_id": client.id, "content": "psst"}
            writes.do("SEND", {"destination": "/app/private-chat"}, private)
            assert reads.ask("seen", ticket_id=ticket["id"], seq=2)["type"] == "ack"
            told = writes.event("seen")
            assert (told["user_id"], told["ticket_id"], told["seq"]) == (client.id, ticket["id"], 2)
            assert "with" not in told
            for seq in (1, 99):  # never back; beyond the last is the last
                assert reads.ask("seen", ticket_id=ticket["id"], seq=seq)["type"] == "ack"
            assert writes.event("seen")["seq"] == 3
            assert reads.ask("seen", **{"ticket_id": ticket["id"], "seq": 1, "with": agent.id})["type"] == "ack"
            told = writes.event("seen")
            assert (told["user_id"], told["with"], told["seq"]) == (client.id, agent.id, 1)
            other.rest()
            assert [body["seq"] for body in other.seen if body["type"] == "seen"] == [2, 3]
            nobody = {"ticket_id": ticket["id"], "seq": 1, "with": api.make("client").id}
            assert reads.ask("seen", **nobody)["status"] == 404
            assert reads.ask("seen", ticket_id=ticket["id"], seq=0)["status"] == 422

    def test_what_happens_to_the_ticket(self, api: Api, ticket: Json, client: Person, agent: Person) -> None:
        with JsonChat(client) as chat:
            chat.watch(ticket)
            agent.post(f"/tickets/{ticket['id']}/notes", {"body": "between us"})
            assert not [body for body in chat.rest() if body["type"] == "ticket"]
            agent.change(ticket, priority="urgent")
            shown = chat.event("ticket")["ticket"]
            assert shown["priority"] == "urgent"
            assert "description" not in shown

    def test_admins_watch_the_metrics(self, api: Api, team: Team, agent: Person) -> None:
        with JsonChat(agent) as chat:
            assert chat.ask("subscribe", destination="/topic/metrics")["status"] == 403
        with JsonChat(api.admin) as chat:
            assert chat.ask("subscribe", destination="/topic/metrics")["type"] == "ack"
            before = chat.event("metrics")["metrics"]["volume"]["created"]
            team.file_settled()
            chat.until(lambda body: body["type"] == "metrics" and body["metrics"]["volume"]["created"] > before)


class TestUnread:
    """Who wasn't there is told by mail, ten minutes later, once (contract §8)."""

    @pytest.fixture(autouse=True)
    def confirmed(self, api: Api, client: Person, agent: Person) -> None:
        api.confirm(client, agent)

    @staticmethod
    def mails(api: Api, person: Person) -> list[str]:
        api.wait_idle()
        sent = api.http.get("/_local/mail").json()["messages"]
        return [mail["text"] for mail in sent if person.email in mail["to"]]

    def said(self, agent: Person, client: Person, ticket: Json) -> None:
        with JsonChat(agent) as chat:
            private = {"ticket_id": ticket["id"], "recipient_id": client.id, "content": "psst"}
            for content in ("loud", "and clear"):
                assert chat.ask("chat", ticket_id=ticket["id"], content=content)["type"] == "ack"
            assert chat.ask("private-chat", **private)["type"] == "ack"

    def test_one_mail_for_all_of_it(self, api: Api, ticket: Json, client: Person, agent: Person) -> None:
        before = len(self.mails(api, client))
        self.said(agent, client, ticket)
        api.advance(300)
        assert len(self.mails(api, client)) == before
        api.advance(400)
        [mail] = self.mails(api, client)[before:]
        assert "loud" in mail
        assert "and clear" in mail
        assert "psst" in mail
        api.advance(1_300)
        assert len(self.mails(api, client)) == before + 1
        self.said(agent, client, ticket)
        api.advance(700)
        assert len(self.mails(api, client)) == before + 2

    @pytest.mark.parametrize("how", ["subscribes", "loads", "reads"])
    def test_who_reads_gets_none(self, api: Api, ticket: Json, client: Person, agent: Person, how: str) -> None:
        before = len(self.mails(api, client))
        with JsonChat(agent) as chat:
            chat.ask("chat", ticket_id=ticket["id"], content="loud")
        api.advance(300)
        if how == "reads":
            client.get(f"/tickets/{ticket['id']}/chat")
        else:
            with JsonChat(client) as chat:
                if how == "loads":
                    chat.ask("load-history", ticket_id=ticket["id"])
                else:
                    chat.watch(ticket)
        api.advance(700)
        assert len(self.mails(api, client)) == before

    @pytest.mark.parametrize("private", [False, True])
    def test_who_reads_one_conversation_is_told_of_the_other(
        self, api: Api, ticket: Json, client: Person, agent: Person, private: bool
    ) -> None:
        before = len(self.mails(api, client))
        self.said(agent, client, ticket)
        client.get(f"/tickets/{ticket['id']}/chat", expect=200, **{"with": agent.id} if private else {})
        api.advance(700)
        [mail] = self.mails(api, client)[before:]
        assert ("loud" in mail, "psst" in mail) == (private, not private)

    def test_who_listens_to_private_messages_is_told_of_public_ones(
        self, api: Api, ticket: Json, client: Person, agent: Person
    ) -> None:
        before = len(self.mails(api, client))
        self.said(agent, client, ticket)
        with JsonChat(client) as there:
            there.ask("ping")
        api.advance(700)
        [mail] = self.mails(api, client)[before:]
        assert "loud" in mail

    @pytest.mark.parametrize(
        ("by", "stays"),
        [(JsonChat, True), (JsonChat, False), (StompChat, True), (PolledChat, True), (PolledChat, False)],
        ids=["JSON", "JSON, who leaves", "a heart-beat", "polling", "polling, who leaves"],
    )
    def test_who_listens_and_lives_gets_none(
        self, api: Api, ticket: Json, client: Person, agent: Person, by: type[Any], stays: bool
    ) -> None:
        before = len(self.mails(api, client))
        with by(client) as there:
            there.watch(ticket)
            if by is StompChat:
                there.listen("/user/queue/private-messages", "1")
                api.advance(61)  # a heart-beat costs a write at most once a minute
            self.said(agent, client, ticket)
            there.rest()
            if by is JsonChat:
                there.ask("ping")
            elif by is StompChat:
                there.socket.send("\n")
            api.wait_idle()
            if stays:
                api.advance(599)
                api.advance(100)
        if not stays:
            api.advance(700)
        assert len(self.mails(api, client)) == before

    @pytest.mark.parametrize("by", [JsonChat, PolledChat])
    def test_what_was_said_before_a_subscription_is_not_sent_to_it(
        self, api: Api, ticket: Json, client: Person, agent: Person, by: type[Any]
    ) -> None:
        self.said(agent, client, ticket)
        api.advance(60)
        with by(client) as there:
            there.watch(ticket)
            there.rest()
            assert there.messages() == []

    def test_a_closed_lid_has_read_nothing(self, api: Api, ticket: Json, client: Person, agent: Person) -> None:
        before = len(self.mails(api, client))
        with JsonChat(client) as there:
            there.watch(ticket)
            there.ask("ping")
            self.said(agent, client, ticket)
            there.rest()
            api.advance(700)
            [mail] = self.mails(api, client)[before:]
            assert "and clear" in mail
            assert "psst" in mail

    def test_who_watches_without_private_messages_has_not_read_those(
        self, api: Api, ticket: Json, client: Person, agent: Person
    ) -> None:
        before = len(self.mails(api, client))
        with StompChat(client) as there:
            there.watch(ticket)
            self.said(agent, client, ticket)
            there.do("SUBSCRIBE", {"id": "late", "destination": "/user/queue/errors"})
        api.advance(700)
        [mail] = self.mails(api, client)[before:]
        assert "loud" not in mail
        assert "psst" in mail

    @pytest.mark.parametrize("how", ["says so", "answers"])
    def test_who_has_seen_it_gets_none(self, api: Api, ticket: Json, client: Person, agent: Person, how: str) -> None:
        before = len(self.mails(api, client))
        with JsonChat(agent) as chat:
            chat.ask("chat", ticket_id=ticket["id"], content="loud")
        with JsonChat(client) as chat:
            if how == "says so":
                chat.ask("seen", ticket_id=ticket["id"], seq=1)
            else:
                chat.ask("chat", ticket_id=ticket["id"], content="yes?")
        api.advance(700)
        assert len(self.mails(api, client)) == before


class TestRights:
    def test_every_destination_role_and_relation(self, api: Api, ticket: Json, client: Person, agent: Person) -> None:
        people = {
            "its client": client,
            "another client": api.make("client"),
            "an agent of its team": agent,
            "an agent of another": api.make("agent", team=api.make_team().id),
            "an admin": api.admin,
        }
        sees = {"its client", "an agent of its team", "an admin"}
        topic = f"/topic/ticket/{ticket['id']}"
        for who, person in people.items():
            with JsonChat(person) as chat:
                asked: dict[str, tuple[Json, int | None]] = {
                    "its topic": (chat.ask("subscribe", destination=topic), None if who in sees else 404),
                    "metrics": (
                        chat.ask("subscribe", destination="/topic/metrics"),
                        None if who == "an admin" else 403,
                    ),
                    "nothing": (chat.ask("subscribe", destination="/topic/nothing"), 404),
                    "somebody's queue": (chat.ask("subscribe", destination=f"/user/{client.id}/queue/errors"), 404),
                }
                for action, more in (
                    ("chat", {"content": "x"}),
                    ("private-chat", {"content": "x", "recipient_id": api.admin.id if who != "an admin" else agent.id}),
                    ("load-history", {}),
                    ("typing", {}),
                    ("seen", {"seq": 1}),
                ):
                    answer = chat.ask(action, ticket_id=ticket["id"], **more)
                    asked[action] = (answer, None if who in sees else 404)
                for what, (answer, status) in asked.items():
                    assert answer.get("status") == status, (who, what, answer)

    def test_a_ticket_that_is_not_theirs_is_not_there(self, ticket: Json, api: Api) -> None:
        stranger = api.make("client")
        with StompChat(stranger) as chat:
            chat.send("SUBSCRIBE", {"id": "0", "destination": f"/topic/ticket/{ticket['id']}"})
            chat.frame("ERROR")
            chat.until_closed()
        with JsonChat(stranger) as chat:
            assert chat.ask("subscribe", destination=f"/topic/ticket/{ticket['id']}")["status"] == 404
            assert chat.ask("chat", ticket_id=ticket["id"], content="x")["status"] == 404
            assert chat.ask("typing", ticket_id=ticket["id"])["status"] == 404
            assert chat.ask("load-history", ticket_id=ticket["id"])["status"] == 404

    def test_a_ticket_that_goes_to_another_team(self, api: Api, ticket: Json, client: Person, agent: Person) -> None:
        other = api.make_team()
        with JsonChat(agent) as lost, JsonChat(client) as kept:
            lost.watch(ticket)
            kept.watch(ticket)
            api.admin.change(ticket, team=other.id)
            kept.ask("chat", ticket_id=ticket["id"], content="secret")
            assert lost.event("error")["status"] == 403
            lost.rest()
            assert not lost.messages()
            assert kept.event("message") if not kept.messages() else True
            assert lost.ask("chat", ticket_id=ticket["id"], content="x")["status"] == 404

    @pytest.mark.parametrize("change", [{"active": False}, {"role": "client"}, {"team": "support"}])
    def test_an_agent_who_changes_is_closed(self, api: Api, ticket: Json, agent: Person, change: Json) -> None:
        with StompChat(agent) as chat:
            chat.watch(ticket)
            api.admin.patch(f"/users/{agent.id}", change)
            chat.frame("ERROR")
            chat.until_closed()

    def test_sign_out_closes(self, client: Person) -> None:
        sign_out = sign_in(client)
        with JsonChat(client) as chat:
            chat.ask("ping")
            sign_out()
            assert chat.event("error")["status"] == 401
            chat.until_closed()

    def test_a_new_password_closes_the_others(self, client: Person) -> None:
        with JsonChat(client) as other:
            other.ask("ping")
            sign_in(client)
            with JsonChat(client) as own:
                passwords = {"current_password": client.password, "new_password": "another-good-password-1"}
                client.post("/auth/password", passwords, expect=204)
                other.until_closed()
                assert own.ask("ping")["type"] == "ack"
