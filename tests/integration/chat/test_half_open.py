"""Connections that are opened and never heard of again, as a flood of them would be."""

import pytest

from bench import chatting
from bench.desk import desk
from chalicelib import ambient
from chalicelib.chat import service
from chalicelib.chat.models import KEPT, Connection, ConnectionsItem
from chalicelib.chat.transport import Address


def there() -> list[ConnectionsItem]:
    return list(ConnectionsItem.scan())


@pytest.mark.parametrize("many", [300, pytest.param(10_000, marks=pytest.mark.long)])
def test_they_cost_nobody_anything_and_are_gone_in_the_end(many: int) -> None:
    with desk() as playing:
        client = playing.make("client@example.com", "client")
        ticket = playing.send("POST", "/tickets", client, json={"title": "Printer", "description": "Moons."}).json()
        url = playing.stack.url.replace("http", "ws", 1) + "/ws-chat"
        socket = chatting._open(url, client)

        def say(case: str) -> None:
            said = {"action": "chat", "ticket_id": ticket["id"], "content": "Hello?"}
            chatting._send(playing, case, client, socket, said)

        say("before")
        others = len(there())
        for number in range(many):
            service.opened(Address("websocket", f"half-open-{number}"), None, "v12.stomp")
        say("among them")
        costs = playing.costs[chatting.MESSAGE]
        assert costs["among them"] == costs["before"]

        rows = [row for row in there() if row.id.startswith("half-open-")]
        assert len(rows) == many, "an item each"
        assert len(there()) - others == many
        assert all(isinstance(row, Connection) for row in rows)
        assert max(row.expires_at for row in rows) <= ambient.clock() + KEPT
        socket.close()
        with playing.meter.measuring() as calls:
            playing.stack.pumps.advance(KEPT + 1)
            playing.stack.wait_idle()
        assert not [row for row in there() if row.id.startswith("half-open-")]
        assert not [call for call in calls if "half-open-" in str(call.params)], "nobody is told, nobody looks"
