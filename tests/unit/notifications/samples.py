"""Mails about a ticket with what is hard to show: names in Arabic and Chinese, markup, long words."""

from typing import Any, cast

import pytest

from chalicelib import ambient, keys
from chalicelib.notifications import tickets
from chalicelib.notifications.policy import Happening
from chalicelib.notifications.sending import Message
from chalicelib.people.models import Account
from chalicelib.tickets.models import Ticket

ARABIC, CHINESE = "سارة عبد الله", "王小明"
TITLE = "طابعة الطابق الثالث: <b>打印机</b> & “fire”"
DESCRIPTION = "الطابعة في الطابق الثالث تحترق منذ الصباح.\n\n三楼的打印机今天早上着火了。\n\n<script>alert(1)</script>"
SAID = "On my way — مع الرمل.\n\n" + "x" * 90 + "\nhttps://example.com/a?b=1&c=<2>\n\n我带着沙子来了。"

MAILS: list[tuple[str, Happening, dict[str, Any]]] = [
    ("receipt", "created", {"actor": ARABIC, "actor_id": "client"}),
    ("assigned", "assigned", {"actor": "Lambdesk", "actor_id": None}),
    ("comment", "comment of staff", {"actor": CHINESE, "actor_id": "agent", "body": SAID, "reopens": False}),
    ("comment", "comment of the client", {"actor": ARABIC, "actor_id": "client", "body": SAID, "reopens": True}),
    (
        "status",
        "status changed",
        {"actor": CHINESE, "actor_id": "agent", "before": "open", "after": "in progress", "meaning": "Somebody works."},
    ),
    ("resolved", "resolved", {"actor": CHINESE, "actor_id": "agent", "days": 7}),
    (
        "closing",
        "about to be closed",
        {
            "resolved_on": ambient.moment("2026-11-25T10:00:00.000Z"),
            "closes_on": ambient.moment("2026-12-02T10:00:00Z"),
        },
    ),
    (
        "unread",
        "chat unread",
        {
            "count": 2,
            "messages": [
                {"sender_name": CHINESE, "content": "你好", "private": False},
                {"sender_name": ARABIC, "content": "مرحبا\n<i>hello</i>", "private": True},
            ],
        },
    ),
    ("closed", "answer to a closed ticket", {}),
]


def people() -> tuple[Account, Account]:
    """The client and the agent."""
    made = []
    for id_, name in (("client", ARABIC), ("agent", CHINESE)):
        account = Account(id=id_, email=f"{id_}@example.com", name=name, role=id_, email_verified=True)
        account.time_zone = "Asia/Shanghai"
        made.append(account)
    return made[0], made[1]


def message(template: str, what: Happening, values: dict[str, Any]) -> Message:
    client, agent = people()
    ticket = Ticket(
        id="01ARZ3NDEKTSV4RRFFQ69G5FAV",
        number=1234,
        title=TITLE,
        client_id="client",
        priority="urgent",
    )
    ticket.description = DESCRIPTION
    recipient = agent if what in ("assigned", "comment of the client") else client
    at, author = "2026-11-01T12:00:00.000Z", cast(str | None, values.get("actor_id"))
    news = tickets._News("event", what, ticket, {}, at, author_id=author, values=values)
    return tickets._message(news, template, recipient, ARABIC)


def with_keys(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(keys, "lasting_key", lambda purpose: b"k" * 32)
