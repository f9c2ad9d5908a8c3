"""Every route and every consumer at least once, in the cases that cost differently: tests/budgets.py says what."""

import re

from bench import chatting, factors, figures, mailing
from bench.crowd import fill, say
from bench.desk import Desk, Json, Person
from infra.local.lambdesk.demo import ADMIN

BUSY, FULL = "busy", "full"
"""A team that always has somebody with room, and one where tickets wait."""

LONG = 3_000
"""How many comments a long discussion has."""

_PAGE = {"limit": 25}

TEXT = "The printer on the second floor prints nothing but stars since this morning. " * 4


def play(desk: Desk, limit: int = 1, tickets: int = 0, agents: int = 0) -> None:
    """`limit`: how long the pages of lists are. So many `tickets` and `agents` are there already."""
    page = {"limit": limit}
    admin = desk.admin
    for team in (BUSY, FULL, *map(figures.team_of, figures.MANY)):
        if not any(each["id"] == team for each in desk.send("GET", "/teams", admin).json()["items"]):
            desk.send("POST", "/teams", admin, json={"id": team, "name": team.title()})
    client = desk.make("client@example.com", "client")
    fill(BUSY, tickets, agents, client.id)
    ann, bob, eve, zoe = (
        desk.make(f"{name}@example.com", "agent", team=team)
        for name, team in (("ann", BUSY), ("bob", BUSY), ("eve", FULL), ("zoe", FULL))
    )
    _service(desk)
    _sessions(desk)
    _people(desk, page)
    _agents(desk, page, ann, bob)
    ticket = _life(desk, page, client, ann)
    _told(desk, page, client)
    _lists(desk, page, client, ann)
    chatting.play(desk, client, ann, ticket.rpartition("/")[2])
    mailing.play(desk, client, ann, _filing(BUSY, client))
    _handing_on(desk, ticket, ann, bob)
    _queue(desk, client, eve, zoe)
    _departure(desk, client, ann, bob)
    figures.play(desk, page, ticket, FULL)
    desk.sweep("finds nothing")
    desk.scheduled("tell_unread", "one is due", 660)
    desk.scheduled("tell_unread", "nobody is due", 60)
    desk.scheduled("schedule_reports", "nothing is due", 3600)
    desk.scheduled("close_resolved", "nothing is due", 600)
    # A day on first: whatever the hour is now, the report is about a day on which nothing happened.
    desk.stack.pumps.advance(86_400)
    desk.stack.wait_idle()
    daily = {"kind": "agents", "format": "csv", "every": "day", "recipients": [desk.admin.id]}
    desk.send("POST", "/report-schedules", desk.signed_in(ADMIN), json=daily)
    desk.scheduled("schedule_reports", "a day is over", 86_400)


def _service(desk: Desk) -> None:
    for path in ("/health", "/config", "/openapi.json", "/docs"):
        desk.ask("", "GET", path, desk.anyone)
    crashed = {"kind": "error", "name": "TypeError", "page": "/tickets", "places": []}
    desk.ask("", "POST", "/client-errors", desk.anyone, crashed)


def _sessions(desk: Desk) -> None:
    new = {"email": "new@example.com", "password": "a-good-password-1", "name": "New"}
    desk.ask("", "POST", "/auth/register", desk.anyone, new)
    opened = desk.ask(
        "the first in a quarter of an hour",
        "POST",
        "/auth/login",
        desk.anyone,
        {"email": new["email"], "password": new["password"]},
    )
    new_one = Person(opened["user"]["id"], new["email"], {"Authorization": f"Bearer {opened['access_token']}"})
    desk.ask("", "POST", "/auth/refresh", desk.anyone, {"refresh_token": opened["refresh_token"]})
    desk.ask("", "GET", "/auth/me", new_one)
    desk.ask("a new name", "PATCH", "/auth/me", new_one, {"name": "Newer"})
    desk.ask("the same again", "PATCH", "/auth/me", new_one, {"name": "Newer"})
    desk.ask("", "POST", "/auth/email/verification", new_one)
    unknown = {"title": "By an unknown address", "description": "D"}
    desk.ask("by an address that nobody has confirmed", "POST", "/tickets", new_one, unknown)
    confirming = {"token": _mailed(desk, new["email"], "[#")}
    desk.ask("with the session", "POST", "/auth/email/verify", new_one, confirming)
    for _ in range(2):
        desk.send("POST", "/auth/login", desk.anyone, json={"email": new["email"], "password": new["password"]})
    sessions = desk.ask("", "GET", "/auth/sessions", new_one)["items"]
    another = next(each["id"] for each in sessions if not each["current"])
    desk.ask("", "DELETE", f"/auth/sessions/{another}", new_one)
    desk.ask("", "DELETE", "/auth/sessions", new_one)
    passwords = {"current_password": new["password"], "new_password": "a-better-password-1"}
    desk.ask("", "POST", "/auth/password", new_one, passwords)
    desk.ask("", "POST", "/auth/logout", new_one, {"refresh_token": opened["refresh_token"]})
    other = {"email": "other@example.com", "password": "a-good-password-1", "name": "Other"}
    desk.send("POST", "/auth/register", desk.anyone, json=other)
    by_password = {"token": _mailed(desk, other["email"], "Confirm"), "password": other["password"]}
    desk.ask("with the password", "POST", "/auth/email/verify", desk.anyone, by_password)
    factors.play(desk, other["email"], other["password"])
    desk.ask("nobody's", "POST", "/auth/password/forgot", desk.anyone, {"email": "nobody@example.com"})
    desk.ask("a client's, the second in an hour", "POST", "/auth/password/forgot", desk.anyone, {"email": new["email"]})
    reset = {"token": _mailed(desk, new["email"], "Set a new"), "new_password": "the-best-password-1"}
    desk.ask("", "POST", "/auth/password/reset", desk.anyone, reset)
    signing_in = {"email": new["email"], "password": reset["new_password"]}
    desk.ask("again within a quarter of an hour", "POST", "/auth/login", desk.anyone, signing_in)


def _mailed(desk: Desk, to: str, subject: str) -> str:
    """The token in the latest mail of this subject to this address."""
    mails = [mail for mail in desk.stack.outbox.messages if mail["to"] == [to] and mail["subject"].startswith(subject)]
    found = re.search(r"#token=(\S+)", mails[-1]["text"])
    assert found
    return found[1]


def _people(desk: Desk, page: Json) -> None:
    admin = desk.admin
    user = desk.ask("a client", "POST", "/users", admin, {"email": "u1@example.com", "name": "U", "role": "client"})
    desk.ask(
        "an agent", "POST", "/users", admin, {"email": "u2@example.com", "name": "U", "role": "agent", "team": BUSY}
    )
    desk.ask("", "GET", f"/users/{user['id']}", admin)
    desk.ask("a new name", "PATCH", f"/users/{user['id']}", admin, {"name": "You"})
    desk.ask("made an agent", "PATCH", f"/users/{user['id']}", admin, {"role": "agent", "team": BUSY})
    desk.ask("deactivated", "PATCH", f"/users/{user['id']}", admin, {"active": False})
    desk.ask("of a role", "GET", "/users", admin, params={**page, "role": "agent"})
    desk.ask("who begin so", "GET", "/users", admin, params={**page, "role": "client", "q": "client@"})
    desk.ask("whose name begins so", "GET", "/users", admin, params={**page, "role": "agent", "q": "you"})
    desk.ask("", "GET", "/teams", admin, params=page)
    desk.ask("", "POST", "/teams", admin, {"id": "third", "name": "Third"})
    desk.ask("of everybody", "GET", "/audit", admin, params=page)
    desk.ask("about somebody", "GET", "/audit", admin, params={**page, "subject": user["id"]})
    desk.ask("by somebody", "GET", "/audit", admin, params={**page, "actor": admin.id})


def _agents(desk: Desk, page: Json, ann: Person, bob: Person) -> None:
    desk.ask("comes", "PUT", "/agents/me/availability", ann, {"availability": "available"})
    desk.ask("the same again", "PUT", "/agents/me/availability", ann, {"availability": "available"})
    desk.ask("comes", "PUT", f"/agents/{bob.id}/availability", desk.admin, {"availability": "available"})
    desk.ask("goes", "PUT", f"/agents/{bob.id}/availability", desk.admin, {"availability": "away"})
    desk.ask("of a team", "GET", "/agents", ann, params={**page, "team": BUSY})


def _filing(team: str, client: Person, **more: str) -> Json:
    return {"title": "It prints stars", "description": TEXT, "team": team, "client_id": client.id, **more}


def _life(desk: Desk, page: Json, client: Person, ann: Person) -> str:
    """From filing to closing, with what is said in between. Answers the path of a ticket that ann has by then."""
    desk.ask("by a client", "POST", "/tickets", client, {"title": "It prints stars", "description": TEXT})
    ticket = desk.ask("for a client", "POST", "/tickets", ann, _filing(BUSY, client))
    keyed = {"headers": {"Idempotency-Key": "once"}}
    desk.ask("with a key", "POST", "/tickets", ann, _filing(BUSY, client), **keyed)
    desk.ask("with a key, again", "POST", "/tickets", ann, _filing(BUSY, client), **keyed)
    path = f"/tickets/{ticket['id']}"
    desk.ask("", "GET", path, client)
    desk.ask("the client's priority", "PATCH", path, client, {"priority": "high"})
    desk.ask("the same again", "PATCH", path, client, {"priority": "high"})
    desk.ask("title", "PATCH", path, client, {"title": "It prints moons"})
    desk.ask("tags", "PATCH", path, ann, {"tags": ["printer"]})
    desk.ask("in progress", "PATCH", path, ann, {"status": "in_progress"})
    desk.ask("staff's", "POST", f"{path}/comments", ann, {"body": TEXT})
    comment = desk.ask("the client's", "POST", f"{path}/comments", client, {"body": TEXT})
    desk.ask("a comment", "PUT", f"{path}/seen", ann, {"comment_id": comment["id"]})
    desk.ask("the chat", "PUT", f"{path}/seen", ann, {"chat_seq": 1})
    desk.ask("", "GET", f"{path}/comments", client, params=page)
    desk.ask("", "POST", f"{path}/notes", ann, {"body": TEXT})
    desk.ask("", "GET", f"{path}/notes", ann, params=page)
    file = _files(desk, page, f"{path}/attachments", client)
    desk.ask("with a file", "POST", f"{path}/comments", client, {"body": TEXT, "attachment_ids": [file]})
    desk.ask("resolved", "PATCH", path, ann, {"status": "resolved"})
    desk.ask("the client's, which reopens", "POST", f"{path}/comments", client, {"body": TEXT})
    desk.send("PATCH", path, ann, json={"status": "resolved"})
    desk.ask("reopened", "PATCH", path, client, {"status": "in_progress"})
    desk.send("PATCH", path, ann, json={"status": "resolved"})
    desk.ask("closed", "PATCH", path, client, {"status": "closed"})
    desk.ask("", "GET", f"{path}/history", client, params=page)
    desk.ask("", "GET", f"{path}/timeline", client, params=page)
    desk.ask("", "GET", f"{path}/chat/conversations", client, params=page)
    desk.ask("", "GET", f"{path}/participants", ann, params=page)
    other = desk.send("POST", "/tickets", ann, json=_filing(BUSY, client)).json()
    long = desk.send("POST", "/tickets", ann, json=_filing(BUSY, client)).json()
    desk.stack.faults.add({"swallow": 1.0, "function": "fan_out"})  # nobody is told of these
    say(long["id"], LONG)
    desk.stack.wait_idle()
    desk.stack.faults.clear()
    desk.ask("staff's, among 3,000", "POST", f"/tickets/{long['id']}/comments", ann, {"body": TEXT})
    return f"/tickets/{other['id']}"


def _files(desk: Desk, page: Json, path: str, client: Person) -> str:
    """Answers the id of a file that belongs to no comment yet."""
    file = {"filename": "stars.txt", "content_type": "text/plain", "size": 3}
    asked = desk.ask("", "POST", path, client, file)
    desk.sends("a file", asked, b"***")
    desk.ask("", "GET", path, client, params=page)
    kept = desk.ask("", "GET", f"{path}/{asked['id']}", client)
    assert desk.http.get(kept["url"]).content == b"***"
    held = desk.send("POST", path, client, json={**file, "hold": True}).json()
    upload = held["upload"]
    assert desk.http.post(upload["url"], data=upload["fields"], files={"file": b"***"}).is_success
    desk.stack.wait_idle()
    return str(held["id"])


def _told(desk: Desk, page: Json, client: Person) -> None:
    """What the client is told of, after a ticket's life."""
    listed = desk.ask("", "GET", "/notifications", client, params=page)
    desk.ask("one", "POST", "/notifications/read", client, {"ids": [listed["items"][0]["id"]]})
    desk.ask("all", "POST", "/notifications/read", client, {"all": True})


def _lists(desk: Desk, page: Json, client: Person, ann: Person) -> None:
    for case, person, filters in (
        ("an admin's", desk.admin, {}),
        ("an admin's, of one status", desk.admin, {"status": "open"}),
        ("an agent's, of the team", ann, {}),
        ("an agent's own", ann, {"assignee_id": "me"}),
        ("an agent's own, with what is unread", ann, {"assignee_id": "me", "include": "unread"}),
        ("of one status and priority", ann, {"status": "open", "priority": "medium"}),
        ("a client's", client, {}),
        ("by a word", desk.admin, {"q": "printer"}),
        ("by a beginning and two words", ann, {"q": "stars second morn"}),
        ("a client's, by a word", client, {"q": "printer"}),
    ):
        desk.ask(case, "GET", "/tickets", person, params={**page, **filters})
    number = desk.send("GET", "/tickets", ann).json()["items"][0]["number"]
    desk.ask("by a number", "GET", "/tickets", ann, params={"number": number})
    for case, person in (("an agent's", ann), ("a client's", client), ("an admin's", desk.admin)):
        desk.ask(case, "GET", "/tickets/counts", person)


def _handing_on(desk: Desk, path: str, ann: Person, bob: Person) -> None:
    desk.ask("to a colleague", "PATCH", path, ann, {"assignee_id": bob.id})
    desk.ask("handed back", "PATCH", path, bob, {"assignee_id": None})
    desk.ask("to another team", "PATCH", path, desk.admin, {"team": "third"})


def _queue(desk: Desk, client: Person, eve: Person, zoe: Person) -> None:
    """Tickets wait because nobody has room. Then eve becomes available, first without and later with room for one."""
    desk.ask("nobody has room", "POST", "/tickets", eve, _filing(FULL, client))
    desk.ask("of a team", "GET", "/queue", eve, params=_PAGE)
    desk.ask("of all", "GET", "/queue", desk.admin, params=_PAGE)
    desk.ask("one waits", "PUT", "/agents/me/availability", eve, {"availability": "available"})
    desk.send("PUT", "/agents/me/availability", eve, json={"availability": "away"})
    for _ in range(10):
        desk.send("POST", "/tickets", eve, json=_filing(FULL, client, priority="low"))
    desk.ask("ten wait", "PUT", "/agents/me/availability", eve, {"availability": "available"})
    desk.send("PATCH", f"/users/{eve.id}", desk.admin, json={"capacity": 1})
    desk.send("PUT", "/agents/me/availability", zoe, json={"availability": "available"})
    desk.send("PATCH", f"/users/{zoe.id}", desk.admin, json={"capacity": 1})
    given = desk.send("POST", "/tickets", eve, json=_filing(FULL, client)).json()
    desk.send("POST", "/tickets", eve, json=_filing(FULL, client))
    path = f"/tickets/{given['id']}"
    desk.send("PATCH", path, zoe, json={"status": "in_progress"})
    desk.ask("resolved, and one waits for the room", "PATCH", path, zoe, {"status": "resolved"})


def _departure(desk: Desk, client: Person, ann: Person, bob: Person) -> None:
    """bob leaves while he has three tickets."""
    for _ in range(3):
        filed = desk.send("POST", "/tickets", ann, json=_filing(BUSY, client)).json()
        desk.send("PATCH", f"/tickets/{filed['id']}", desk.admin, json={"assignee_id": bob.id})
    desk.ask("deactivated, with three tickets", "PATCH", f"/users/{bob.id}", desk.admin, {"active": False})
