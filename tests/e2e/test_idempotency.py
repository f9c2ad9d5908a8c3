"""`Idempotency-Key` on what creates (contract §2)."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx
import pytest

from tests.e2e.client import Api, Json, Person

FILING: Json = {"title": "Broken", "description": "It is."}


def file(person: Person, key: str, **more: object) -> httpx.Response:
    return person.send("POST", "/tickets", json=FILING | more, headers={"Idempotency-Key": key})


def count(person: Person) -> int:
    return len(list(person.all("/tickets")))


def test_the_same_again_answers_the_first_result(client: Person) -> None:
    first, again = file(client, "one"), file(client, "one")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.headers.get("ETag") == first.headers["ETag"]
    assert again.headers.get("Location") == first.headers.get("Location")
    assert count(client) == 1


def test_the_same_body_may_be_spelled_otherwise(client: Person) -> None:
    file(client, "one")
    spelled = b'{ "description" : "It is.", "title": "Brok\\u0065n" }'
    headers = {"Idempotency-Key": "one", "Content-Type": "application/json"}
    again = client.send("POST", "/tickets", content=spelled, headers=headers)
    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")


def test_another_body_is_409(client: Person) -> None:
    file(client, "one")
    refused = file(client, "one", title="Another")
    assert refused.status_code == 409
    assert "Retry-After" not in refused.headers
    assert count(client) == 1


def test_keys_belong_to_a_caller_and_a_route(client: Person, api: Api) -> None:
    ticket = file(client, "one").json()
    other = api.make("client")
    assert file(other, "one").json()["id"] != ticket["id"]
    for kind in ("comments", "notes"):
        path = f"/tickets/{ticket['id']}/{kind}"
        said = [client.send("POST", path, json={"body": "Hello"}, headers={"Idempotency-Key": "one"}) for _ in "12"]
        assert [answer.status_code for answer in said] == [201, 201]
        assert said[0].json() == said[1].json()
        assert len(list(client.all(path))) == 1


def test_only_successes_are_remembered(client: Person) -> None:
    assert file(client, "one", title="").status_code == 422
    assert file(client, "one", team="support").status_code == 403
    assert file(client, "one").status_code == 201
    assert count(client) == 1


def test_a_key_is_forgotten_after_24_hours(client: Person) -> None:
    first = file(client, "one").json()
    client.api.advance(24 * 3600 + 60)
    again = file(client, "one", title="Another")
    assert again.status_code == 201
    assert again.json()["id"] != first["id"]


@pytest.mark.parametrize("key", ["", "x" * 129], ids=["empty", "long"])
def test_a_key_has_1_to_128_characters(client: Person, key: str) -> None:
    refused = file(client, key)
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == ["Idempotency-Key"]
    assert file(client, "x" * 128).status_code == 201


def test_while_the_first_is_under_way_the_others_are_told_to_wait(client: Person) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: file(client, "one"), range(16)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.json()["id"] for answer in answers if answer.status_code == 201}) == 1
    assert all("Retry-After" in answer.headers for answer in answers if answer.status_code == 409)
    assert count(client) == 1


def test_users_and_teams_are_made_once_too(api: Api) -> None:
    name = uuid4().hex
    for path, body in (
        ("/users", {"email": f"{name}@example.com", "name": "Twice", "role": "client"}),
        ("/teams", {"id": name, "name": "Twice"}),
    ):
        headers = {"Idempotency-Key": name}
        first = api.admin.send("POST", path, json=body, headers=headers)
        again = api.admin.send("POST", path, json=body, headers=headers)
        assert (first.status_code, again.status_code) == (201, 201)
        assert first.json() == again.json()
        assert api.admin.send("POST", path, json=body).status_code == 409
