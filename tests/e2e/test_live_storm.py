"""Many who watch teams and their own tickets while everything changes at once: each is told of what is theirs, of
nothing else, and ends with the state that REST tells (contract §9).
"""

import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest

from tests.e2e.chat import JsonChat
from tests.e2e.client import Api, Json, Person, Team

FAULTS: tuple[dict[str, Any], ...] = (
    {"function": "consumers", "duplicate": 0.3},
    {"operation": "apigatewaymanagementapi:PostToConnection", "error": "LimitExceededException", "probability": 0.1},
)


def storm(api: Api, teams: list[Team], agents_each: int, clients: int, changes: int, faults: bool) -> None:
    chance = random.Random(7)
    people = [api.make("client") for _ in range(clients)]
    staff = {team.id: [team.agent() for _ in range(agents_each)] for team in teams}
    with ExitStack() as stack:
        watching: list[tuple[JsonChat, Person, str | None]] = []
        for person, team_id in [(p, None) for p in people] + [(a, t) for t, agents in staff.items() for a in agents]:
            chat = stack.enter_context(JsonChat(person))
            for destination in ("/user/queue/tickets", *([f"/topic/team/{team_id}"] if team_id else [])):
                assert chat.ask("subscribe", destination=destination)["type"] == "ack"
            watching.append((chat, person, team_id))
        for fault in FAULTS if faults else ():
            api.fault(**fault)
        with ThreadPoolExecutor(4) as pool:
            filed = list(pool.map(lambda n: teams[n % len(teams)].file(client=people[n % clients]), range(changes)))
            list(
                pool.map(
                    lambda seed: _change(api, filed, random.Random(seed)), [chance.random() for _ in range(changes)]
                )
            )
        api.wait_idle()
        api.clear_faults()
        api.wait_idle()
        shown = {ticket["id"]: api.admin.get(f"/tickets/{ticket['id']}") for ticket in filed}
        for chat, person, team_id in watching:
            chat.rest()
            _check(chat.seen, person, team_id, shown)


def _change(api: Api, filed: list[Json], chance: random.Random) -> None:
    path = f"/tickets/{chance.choice(filed)['id']}"
    match chance.randrange(4):
        case 0:
            api.admin.send("POST", f"{path}/comments", json={"body": "x"})
        case 1:
            api.admin.send("PATCH", path, json={"priority": chance.choice(["low", "medium", "high"])})
        case 2:
            api.admin.send("PATCH", path, json={"status": "in_progress"})
        case 3:
            api.admin.send("PATCH", path, json={"tags": [str(chance.randrange(100))]})


def _check(seen: list[Json], person: Person, team_id: str | None, shown: dict[str, Json]) -> None:
    told = [body for body in seen if body["type"] == "ticket"]
    mine = {id_ for id_, ticket in shown.items() if person.id in (ticket["client_id"], ticket["assignee_id"])}
    visible = mine | {id_ for id_, ticket in shown.items() if ticket["team"] == team_id}
    assert {body["ticket"]["id"] for body in told} <= visible, "nothing of others'"
    latest: dict[str, Any] = {}
    for body in told:
        ticket = body["ticket"]
        if ticket["version"] >= (latest.get(ticket["id"]) or ticket)["version"]:
            latest[ticket["id"]] = ticket
    for id_ in visible:
        assert latest[id_] == {name: shown[id_][name] for name in latest[id_]}, "the last state, as REST tells it"


def test_each_is_told_of_what_is_theirs_and_ends_with_what_rest_tells(api: Api) -> None:
    storm(api, [api.make_team() for _ in range(2)], agents_each=2, clients=3, changes=12, faults=True)


@pytest.mark.long
@pytest.mark.parametrize("engine", ["moto", "dynamodb-local"], indirect=True)
def test_twenty_users_and_five_teams(api: Api) -> None:
    storm(api, [api.make_team() for _ in range(5)], agents_each=3, clients=5, changes=80, faults=True)
