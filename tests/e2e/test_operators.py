"""The operators' commands as one types them, on a running local stack."""

import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

from tests.e2e.client import Api, Person, Team
from tests.integration.people.conftest import token_in

PASSWORD = "a-good-password-1"
ROOT = Path(__file__).parents[2]


def run(*command: str, local: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", *command, "--local", local],
        cwd=ROOT,
        env={**os.environ, "ADMIN_PASSWORD": PASSWORD},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_an_admin_is_made_others_promoted_and_let_in_again(api: Api) -> None:
    api.advance(3600)  # the local clock is the commands' too
    boss = f"boss-{uuid4().hex[:8]}@example.com"
    made = run("infra.admin", "create", boss, local=api.url)
    assert (made.returncode, made.stderr) == (0, "")
    first = Person(api, boss, PASSWORD, "admin")
    assert first.get("/users")["items"]

    client = api.make("client")
    assert client.get("/users", expect=403)
    promoted = run("infra.admin", "promote", client.email, local=api.url)
    assert (promoted.returncode, promoted.stdout) == (0, f"{client.email}: admin now\n")
    told = next(first.all("/audit", subject=client.id, action="role_changed"))
    assert (told["actor_id"], told["detail"]) == (None, {"from": "client", "to": "admin"})

    reset = run("infra.admin", "reset", client.email, local=api.url)
    assert f"{api.url}/reset-password#token=" in reset.stdout
    token = token_in({"text": reset.stdout, "html": ""})
    credentials = {"email": client.email, "password": client.password}
    assert api.anyone.send("POST", "/auth/login", json=credentials).status_code == 401
    api.anyone.post("/auth/password/reset", {"token": token, "new_password": "another password"}, expect=204)
    api.anyone.post("/auth/login", {**credentials, "password": "another password"}, expect=200)


def test_keys_are_rotated_under_the_sessions_that_there_are(api: Api) -> None:
    person = api.make("client")
    assert person.get("/auth/me")
    rotated = run("infra.keys", "rotate", local=api.url)
    assert (rotated.returncode, rotated.stderr) == (0, "")
    headers = {"Authorization": f"Bearer {person.token}"}
    assert api.anyone.send("GET", "/auth/me", headers=headers).status_code == 200
    assert next(api.admin.all("/audit", action="keys_rotated"))["detail"]["kid"] in rotated.stdout


def test_what_cannot_be_done_is_said_in_a_sentence(api: Api) -> None:
    unknown = run("infra.admin", "promote", "nobody@example.com", local=api.url)
    assert (unknown.returncode, unknown.stderr) == (1, "There is no account with the address nobody@example.com.\n")
    nowhere = run("infra.admin", "reset", "nobody@example.com", local="http://127.0.0.1:9")
    assert nowhere.returncode == 1
    assert nowhere.stderr.startswith("http://127.0.0.1:9: not found")


def test_every_ticket_is_made_findable(team: Team) -> None:
    word = f"zz{uuid4().hex[:10]}"
    ticket = team.file(title=word)
    team.api.wait_idle()
    made = run("infra.search", local=team.api.url)
    filed = len(list(team.api.admin.all("/tickets")))
    assert (made.returncode, made.stdout, made.stderr) == (0, f"{filed} tickets can be found.\n", "")
    assert [each["id"] for each in team.api.admin.get("/tickets", q=word)["items"]] == [ticket["id"]]
