"""The chat over a WebSocket, in JSON and in STOMP, frame by frame (contract §7)."""

import json
import math
import time
from contextlib import suppress
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from chalicelib.chat.stomp.frames import Version
from tests.e2e.chat import JsonChat, StompChat, address, refused, sign_in, token
from tests.e2e.client import Api, Json, Person

HARD = "Grüß Gott 😀 \u0000\r\n\t\\n \u2028 שלום a\u0300 " + "\U0001f469\u200d\U0001f4bb"


def history(person: Person, ticket: Json, **query: Any) -> Any:
    return person.get(f"/tickets/{ticket['id']}/chat", **query)


class TestOpening:
    def test_a_chat_token_opens_one_connection(self, api: Api, client: Person) -> None:
        good = address(api.url, token(client))
        connect(good, legacy=True).close()
        assert refused(good) == 401

    def test_a_chat_token_is_good_for_a_minute(self, api: Api, client: Person) -> None:
        late = address(api.url, token(client))
        api.advance(61)
        assert refused(late) == 401

    def test_an_access_token_is_taken_from_the_header_alone(self, api: Api, client: Person) -> None:
        connect(address(api.url), additional_headers={"Authorization": f"Bearer {client.token}"}, legacy=True).close()
        assert refused(address(api.url, client.token)) == 401

    @pytest.mark.parametrize("authorization", [None, "Bearer", "Bearer nonsense", "Basic YTpi"])
    def test_nobody_else_comes_in(self, api: Api, authorization: str | None) -> None:
        headers = {"Authorization": authorization} if authorization else {}
        assert refused(address(api.url), additional_headers=headers) == 401

    def test_a_chat_token_ends_with_its_session(self, api: Api, client: Person) -> None:
        sign_out = sign_in(client)
        opens = address(api.url, token(client))
        sign_out()
        api.wait_idle()
        assert refused(opens) == 401

    @pytest.mark.parametrize("offered", ["v12.stomp", "v11.stomp", "v10.stomp", "json"])
    def test_a_sub_protocol_is_echoed(self, api: Api, client: Person, offered: Any) -> None:
        with connect(address(api.url, token(client)), subprotocols=[Subprotocol("unknown"), offered]) as socket:
            assert socket.subprotocol == offered

    def test_without_one_the_first_frame_decides(self, client: Person) -> None:
        with JsonChat(client, sub_protocol=None) as chat:
            assert chat.ask("ping")["type"] == "ack"
        with StompChat(client, sub_protocol=None) as stomp:
            stomp.do("SUBSCRIBE", {"id": "0", "destination": "/user/queue/errors"})

    def test_who_connects_may_say_again_who_they_are(self, client: Person, agent: Person) -> None:
        for who, command in ((client, "CONNECTED"), (agent, "ERROR")):
            with StompChat(client, connects=False) as chat:
                bearer = {"accept-version": "1.2", "host": "desk", "Authorization": f"Bearer {who.token}"}
                chat.send("CONNECT", bearer)
                chat.frame(command)

    def test_sixty_tokens_a_minute(self, client: Person) -> None:
        answers = [client.send("POST", "/chat/token") for _ in range(61)]
        assert [answer.status_code for answer in answers] == [200] * 60 + [429]
        assert int(answers[-1].headers["Retry-After"]) > 0


class TestSaying:
    def test_everybody_on_the_ticket_gets_it_once(self, ticket: Json, client: Person, agent: Person) -> None:
        with JsonChat(client) as one, StompChat(agent) as other:
            one.watch(ticket)
            other.watch(ticket)
            answer = one.ask("chat", ticket_id=ticket["id"], content=HARD, client_message_id="m")
            other.say(ticket, HARD)
            for chat in (one, other):
                chat.rest()
                first, second = chat.messages()
                assert (first["id"], first["seq"]) == (answer["message_id"], answer["seq"])
                assert first["content"] == second["content"] == HARD
                assert (first["seq"], second["seq"]) == (1, 2)
                assert first["sender_id"] == client.id
                assert (first["sender_name"], first["sender_role"]) == (client.name, "client")
                assert (first["private"], first["client_message_id"]) == (False, "m")
                assert "recipient_id" not in first
                assert "client_message_id" not in second
            assert history(client, ticket)["items"] == one.messages()

    @pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
    def test_every_version_of_stomp(self, ticket: Json, agent: Person, version: Version) -> None:
        with StompChat(agent, version) as chat:
            chat.watch(ticket, "a:b" if version != "1.0" else "ab")
            chat.say(ticket, HARD)
            chat.rest()
            assert [message["content"] for message in chat.messages()] == [HARD]

    def test_as_long_as_it_may_be(self, ticket: Json, agent: Person) -> None:
        with JsonChat(agent) as chat:
            chat.watch(ticket)
            for content in ("x" * 4000, "😀" * 4000, "x" + "\u0000" * 3999):
                assert chat.ask("chat", ticket_id=ticket["id"], content=content)["type"] == "ack"
            chat.rest()
            assert [len(message["content"]) for message in chat.messages()] == [4000] * 3

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ({"content": "x"}, 422),
            ({"ticket_id": 1, "content": "x"}, 422),
            ({"ticket_id": "T", "content": ""}, 422),
            ({"ticket_id": "T", "content": "\u0000" * 4000}, 422),
            ({"ticket_id": "T", "content": "x" * 4001}, 422),
            ({"ticket_id": "T", "content": "x", "client_message_id": ""}, 422),
            ({"ticket_id": "T", "content": "x", "more": 1}, 422),
            ({"ticket_id": "T", "content": "\ud800"}, 422),
            ({"ticket_id": "nothing", "content": "x"}, 404),
        ],
    )
    def test_a_bad_body_is_an_error_and_the_connection_stays(
        self, ticket: Json, agent: Person, body: Json, status: int
    ) -> None:
        body = body | ({"ticket_id": ticket["id"]} if body.get("ticket_id") == "T" else {})
        with StompChat(agent) as chat:
            chat.listen("/user/queue/errors")
            chat.send("SEND", {"destination": "/app/chat"}, json.dumps(body))
            assert chat.event("error")["status"] == status
            chat.say(ticket, "still here")
        with JsonChat(agent) as chat:
            chat.socket.send(json.dumps({"action": "chat", "request_id": "r", **body}))
            assert chat.event("error", request_id="r")["status"] == status

    def test_json_that_is_none(self, agent: Person) -> None:
        with StompChat(agent) as chat:
            chat.listen("/user/queue/errors")
            chat.send("SEND", {"destination": "/app/chat"}, "{")
            assert chat.event("error")["status"] == 400

    def test_the_same_name_again_changes_nothing(self, api: Api, ticket: Json, agent: Person) -> None:
        said = {"ticket_id": ticket["id"], "content": "once", "client_message_id": f"m-{ticket['id']}"}
        with JsonChat(agent) as chat:
            chat.watch(ticket)
            first = chat.ask("chat", **said)
            assert {**chat.ask("chat", **said), "request_id": 0} == {**first, "request_id": 0}
            assert chat.ask("chat", **said | {"content": "twice"})["status"] == 409
            chat.rest()
            assert len(chat.messages()) == len(history(agent, ticket)["items"]) == 1
        api.advance(7 * 86400 + 1)
        with JsonChat(agent) as chat:
            assert chat.ask("chat", **said | {"content": "twice"})["seq"] == 2

    def test_a_closed_ticket_takes_no_word(self, ticket: Json, agent: Person) -> None:
        for status in ("in_progress", "resolved", "closed"):
            agent.change(ticket, status=status)
        with JsonChat(agent) as chat:
            assert chat.ask("chat", ticket_id=ticket["id"], content="x")["status"] == 409

    def test_an_unknown_destination_ends_it(self, agent: Person) -> None:
        with StompChat(agent) as chat:
            chat.send("SEND", {"destination": "/app/nothing"}, {})
            assert "no destination" in chat.frame("ERROR").headers["message"]
            chat.until_closed()

    def test_what_is_said_privately_two_people_see(self, api: Api, ticket: Json, client: Person, agent: Person) -> None:
        with JsonChat(client) as sender, StompChat(agent) as recipient, JsonChat(api.admin) as other:
            other.watch(ticket)
            recipient.listen("/user/queue/private-messages")
            for content in ("psst", "again"):
                sent = {"ticket_id": ticket["id"], "recipient_id": agent.id, "content": content}
                assert sender.ask("private-chat", **sent)["type"] == "ack"
            sender.ask("chat", ticket_id=ticket["id"], content="loud")
            for chat in (sender, recipient, other):
                chat.rest()
            assert [message["content"] for message in other.messages()] == ["loud"]
            for chat in (sender, recipient):
                private = [message for message in chat.messages() if message["private"]]
                assert [(each["content"], each["seq"], each["recipient_id"]) for each in private] == [
                    ("psst", 1, agent.id),
                    ("again", 2, agent.id),
                ]
        assert [each["content"] for each in history(client, ticket, **{"with": agent.id})["items"]] == ["psst", "again"]
        assert [each["content"] for each in history(agent, ticket, **{"with": client.id})["items"]] == ["psst", "again"]
        assert history(api.admin, ticket, **{"with": client.id})["items"] == []
        assert [each["content"] for each in history(api.admin, ticket)["items"]] == ["loud"]

    def test_nothing_private_to_who_may_not_see_the_ticket(self, api: Api, ticket: Json, agent: Person) -> None:
        with JsonChat(agent) as chat:
            for recipient in (api.make("client").id, "nobody", agent.id):
                sent = {"ticket_id": ticket["id"], "recipient_id": recipient, "content": "x"}
                assert chat.ask("private-chat", **sent)["status"] == 403


class TestHistory:
    def test_pages_go_back_from_the_newest(self, ticket: Json, agent: Person) -> None:
        with JsonChat(agent) as chat:
            for number in range(1, 8):
                chat.ask("chat", ticket_id=ticket["id"], content=str(number))
            for asked, seqs, more in (
                ({}, [1, 2, 3, 4, 5, 6, 7], False),
                ({"limit": 3}, [5, 6, 7], True),
                ({"limit": 3, "before": 5}, [2, 3, 4], True),
                ({"limit": 3, "before": 2}, [1], False),
                ({"before": 1}, [], False),
                ({"after": 0, "limit": 3}, [1, 2, 3], True),
                ({"after": 4}, [5, 6, 7], False),
                ({"after": 7}, [], False),
            ):
                chat.send("load-history", ticket_id=ticket["id"], **asked)
                page = chat.event("history")
                assert [each["seq"] for each in page["messages"]] == seqs
                assert page["has_more"] is more
                shown = history(agent, ticket, **asked)
                assert (shown["items"], shown["has_more"]) == (page["messages"], more)

    def test_a_page_has_at_most_100_kb(self, ticket: Json, agent: Person) -> None:
        with StompChat(agent) as chat:
            chat.listen("/user/queue/chat-history")
            for _ in range(9):
                chat.say(ticket, "😀" * 4000)
            chat.send("SEND", {"destination": "/app/load-history"}, {"ticket_id": ticket["id"]})
            page = chat.event("history")
            assert page["has_more"]
            assert [each["seq"] for each in page["messages"]] == [4, 5, 6, 7, 8, 9]

    @pytest.mark.parametrize(
        "query",
        [
            {"limit": 0},
            {"limit": 101},
            {"before": 0},
            {"before": "x"},
            {"before": 2, "after": 1},
            {"after": -1},
            {"more": 1},
        ],
    )
    def test_bad_queries(self, ticket: Json, agent: Person, query: Json) -> None:
        agent.get(f"/tickets/{ticket['id']}/chat", expect=422, **query)


class TestOrder:
    """Frames of one message, and of several."""

    def test_frames_of_one_message_keep_their_order(self, ticket: Json, agent: Person) -> None:
        with StompChat(agent) as chat:
            chat.watch(ticket)
            said = [{"ticket_id": ticket["id"], "content": str(number)} for number in range(12)]
            chat.socket.send("\n".join(chat.written("SEND", {"destination": "/app/chat"}, each) for each in said))
            chat.rest()
            assert [message["content"] for message in chat.messages()] == [str(number) for number in range(12)]

    def test_a_frame_in_pieces(self, ticket: Json, agent: Person) -> None:
        with StompChat(agent) as chat:
            chat.watch(ticket)
            frame = chat.written("SEND", {"destination": "/app/chat"}, {"ticket_id": ticket["id"], "content": "a" * 99})
            for start in range(0, len(frame), 23):
                chat.socket.send(frame[start : start + 23])
            assert chat.event("message")["content"] == "a" * 99
            chat.say(ticket, "and goes on")

    @pytest.mark.parametrize("outcome", ["COMMIT", "ABORT"])
    def test_a_transaction(self, ticket: Json, agent: Person, outcome: str) -> None:
        with StompChat(agent) as chat:
            chat.watch(ticket)
            chat.send("BEGIN", {"transaction": "t"})
            for number in range(5):
                said = {"ticket_id": ticket["id"], "content": str(number)}
                chat.send("SEND", {"destination": "/app/chat", "transaction": "t"}, said)
            chat.do(outcome, {"transaction": "t"})
            chat.rest()
            contents = [message["content"] for message in chat.messages()]
            assert contents == (["0", "1", "2", "3", "4"] if outcome == "COMMIT" else [])

    def test_a_transaction_is_done_whole_or_not_at_all(self, ticket: Json, agent: Person) -> None:
        with StompChat(agent) as chat:
            chat.listen("/user/queue/errors")
            chat.do("BEGIN", {"transaction": "t"})
            for content in ("good", ""):
                said = {"ticket_id": ticket["id"], "content": content}
                chat.do("SEND", {"destination": "/app/chat", "transaction": "t"}, said)
            chat.send("COMMIT", {"transaction": "t"})
            assert chat.event("error")["status"] == 422
            assert history(agent, ticket)["items"] == []


class TestLimits:
    def test_twenty_frames_a_second(self, agent: Person) -> None:
        with JsonChat(agent) as chat:
            started = time.monotonic()
            with suppress(ConnectionClosed):  # which may come while it still speaks
                for number in range(100):
                    chat.send("ping", request_id=number)
            chat.until_closed()
            assert any(body.get("status") == 429 for body in chat.seen)
            seconds = math.ceil(time.monotonic() - started) + 1
            assert sum(body["type"] == "ack" for body in chat.seen) <= 20 * seconds

    def test_32_kib_a_message(self, agent: Person) -> None:
        with JsonChat(agent) as chat:
            chat.send("ping", request_id="x", more="y" * 32_000)
            assert chat.event("error")["status"] == 422
            assert isinstance(chat.socket, ClientConnection)
            chat.socket.send(["x" * 20_000, "x" * 20_000])
            assert chat.event("error")["status"] == 413
            chat.until_closed()

    def test_binary_is_not_taken(self, agent: Person) -> None:
        with JsonChat(agent) as chat:
            assert isinstance(chat.socket, ClientConnection)
            chat.socket.send(b"\0")
            assert chat.until_closed() == 1003

    def test_ten_minutes_of_silence(self, api: Api, ticket: Json, agent: Person) -> None:
        with JsonChat(agent) as watches, JsonChat(agent) as sleeps:
            watches.watch(ticket)
            for _ in range(3):
                api.advance(300)
                api.admin.change(ticket, title=f"Still {ticket['number']} {_}")
                watches.event("ticket")
            assert sleeps.until_closed() == 1001
            assert watches.ask("ping")["type"] == "ack"

    def test_two_hours_at_most(self, api: Api, agent: Person) -> None:
        with JsonChat(agent) as chat:
            for _ in range(13):
                api.advance(500)
                chat.ask("ping")
            api.advance(720)
            chat.until_closed()
