"""The mail's part of bench/operations.py: what a mail out costs, and a mail in."""

import json

from bench.desk import Desk, Json, Person

_REPLY = """\
From: {sender}
Message-ID: <{name}@mail.example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

It prints moons now.
{file}
--b--
"""
_FILE = """\
--b
Content-Type: text/plain; name="moons.txt"
Content-Disposition: attachment; filename="moons.txt"

***
"""


def play(desk: Desk, client: Person, ann: Person, filing: Json) -> None:
    """`ann` takes what is filed for `client`."""
    from chalicelib.people import service as people

    people.changed(client.id, lambda *_: {"email_verified": True})
    ticket = desk.send("POST", "/tickets", ann, json=filing).json()
    path = f"/tickets/{ticket['id']}"
    desk.send("PATCH", path, desk.admin, json={"assignee_id": ann.id})
    desk.send("PATCH", path, ann, json={"status": "in_progress"})
    desk.send("POST", f"{path}/comments", ann, json={"body": "What does it print?"})
    comments = [each for each in desk.send("GET", f"{path}/history", ann).json()["items"] if each["kind"] == "comment"]
    mails = [mail for mail in desk.stack.outbox.messages if mail["to"] == [client.email]]
    reply_to = mails[-1]["headers"]["Reply-To"]

    _receive(desk, "a reply", client.email, reply_to)
    _receive(desk, "the same again", client.email, reply_to, name="a-reply")
    _receive(desk, "a reply with a file", client.email, reply_to, file=_FILE)
    desk.send("PATCH", path, ann, json={"status": "resolved"})
    resolved_at = desk.send("GET", path, ann).json()["resolved_at"]
    closing = {"ticket_id": ticket["id"], "item": f"closing#{resolved_at}"}
    _told(desk, "about to be closed", closing)
    _told(desk, "the same again", closing)
    _told(desk, "a comment, told again", {"ticket_id": ticket["id"], "item": f"comment#{comments[0]['id']}"})
    _told(desk, "chat unread", {"ticket_id": ticket["id"], "unread": _unread(client)})
    _receive(desk, "a reply that reopens", client.email, reply_to)
    desk.send("PATCH", path, ann, json={"status": "resolved"})
    desk.send("PATCH", path, ann, json={"status": "closed"})
    _receive(desk, "a reply to a closed ticket", client.email, reply_to)
    _receive(desk, "a ticket", client.email, "help@lambdesk.test")
    _receive(desk, "a ticket of a stranger's", "stranger@example.org", "help@lambdesk.test")
    _receive(desk, "a stranger's reply", "another@example.org", reply_to)
    _kept(desk, client, ann, filing)
    _refused(desk, ticket["id"], client)
    unsubscribe = mails[-1]["headers"]["List-Unsubscribe"].strip("<>").partition("/api")[2]
    desk.ask("", "GET", unsubscribe, desk.anyone)
    desk.ask("", "POST", unsubscribe, desk.anyone)


def _kept(desk: Desk, client: Person, ann: Person, filing: Json) -> None:
    """What admins do about mail that became nothing; the newest of it has a file."""
    _receive(desk, "a stranger's reply with a file", "third@example.org", "reply+none@lambdesk.test", file=_FILE)
    desk.ask("", "GET", "/mail/kept", desk.admin, params={"limit": 1})
    newest, *others = [each["id"] for each in desk.send("GET", "/mail/kept", desk.admin).json()["items"]]
    desk.ask("", "GET", f"/mail/kept/{newest}", desk.admin)
    ticket = desk.send("POST", "/tickets", ann, json=filing).json()["id"]
    comment = {"as": "comment", "ticket_id": ticket, "author_id": client.id}
    desk.ask("a comment with a file", "POST", f"/mail/kept/{newest}", desk.admin, comment)
    desk.ask("a ticket", "POST", f"/mail/kept/{others[0]}", desk.admin, {"as": "ticket", "author_id": client.id})
    desk.ask("nothing", "POST", f"/mail/kept/{others[1]}", desk.admin, {"as": "nothing"})


def _refused(desk: Desk, ticket_id: str, client: Person) -> None:
    """What SES won't take, and what comes back."""
    refuses = {"operation": "ses:SendEmail", "error": "MessageRejected"}
    desk.stack.faults.add(refuses)
    _told(desk, "refused by SES", {"ticket_id": ticket_id, "unread": _unread(client)})
    desk.ask("whose invitation SES refuses", "POST", "/users", desk.admin, _somebody("refused"))
    desk.stack.faults.clear()
    bounced = desk.send("POST", "/users", desk.admin, json=_somebody("bounced")).json()
    event = {
        "eventType": "Bounce",
        "bounce": {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": bounced["email"]}]},
    }
    for case in ("a bounce", "the same again"):
        desk.told("on_mail_event", case, {"Records": [{"messageId": "1", "body": json.dumps(event)}]})


def _somebody(name: str) -> Json:
    return {"email": f"{name}@example.com", "name": name, "role": "client"}


def _unread(client: Person) -> Json:
    from chalicelib import ambient

    first = ambient.new_id()
    message = {"id": first, "sender_id": "ann", "sender_name": "Ann", "content": "?", "sent_at": "", "private": False}
    return {"recipient_id": client.id, "first": first, "count": 1, "messages": [message]}


def _told(desk: Desk, case: str, told: Json) -> None:
    desk.told("on_mail", case, {"Records": [{"messageId": "1", "body": json.dumps(told)}]})


def _receive(desk: Desk, case: str, sender: str, to: str, name: str = "", file: str = "") -> None:
    raw = _REPLY.format(sender=sender, name=name or case.replace(" ", "-"), file=file).replace("\n", "\r\n").encode()
    desk.receives(case, raw, sender, to)
