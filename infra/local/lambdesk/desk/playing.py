"""Plays the stories through the services, in a thread, while the clock goes from three weeks ago to now."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

from infra.local.lambdesk.demo import PASSWORD
from infra.local.lambdesk.desk import story
from infra.local.lambdesk.desk.story import Filing, Happening

BACK = story.DAYS * 86400.0
"""Seconds by which the clock is put back before the accounts are made."""

_AGENTS = ("agent1", "agent2", "agent3")
_SETTLES_WITHIN = 10.0
_SCHEDULES_EVERY = 3 * 3600.0
"""Seconds of the desk's time between two looks at what is due: every minute of three weeks would take half an hour."""

log = logging.getLogger("infra.local")


class Desk:
    """`start` returns at once; `making` until everything happened and the clock has caught up; `stop` ends it early."""

    def __init__(
        self, glide: Callable[[float], object], due: Callable[[], object], settle: Callable[[float], bool]
    ) -> None:
        """`glide` moves the clock by seconds, `due` starts the schedules that are due, `settle` waits so many seconds
        at most until consequences have happened."""
        self._glide, self._due, self._settle = glide, due, settle
        self._left = self._looked = BACK
        self._ids: dict[str, str] = {}
        self._tickets: dict[int, str] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)

    @property
    def making(self) -> bool:
        return self._thread.is_alive()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(timeout=30)

    def _run(self) -> None:
        try:
            self._play()
        except Exception:
            if not self._stopping.is_set():
                log.exception("the demo desk was given up")
        finally:
            if not self._stopping.is_set():
                self._settle(_SETTLES_WITHIN)
                self._move(self._left)

    def _play(self) -> None:
        happenings = story.happenings(time.time())
        self._welcome()
        given_up: set[int] = set()
        for each in happenings:
            if self._stopping.is_set():
                return
            self._go_to(each.at)
            if each.story in given_up:
                continue
            try:
                self._do(each)
            except Exception:  # somebody who looks around may have changed the ticket meanwhile
                log.warning("story %d of the demo desk ends early", each.story, exc_info=True)
                given_up.add(each.story)

    def _go_to(self, at: float) -> None:
        """Moves the clock to this time, unless it is there, once everything before has had its consequences. Whoever
        moves the clock besides is left their part."""
        self._settle(_SETTLES_WITHIN)
        seconds = min(self._left, at - (time.time() - self._left))
        if seconds > 0:
            self._move(seconds)

    def _move(self, seconds: float) -> None:
        self._left -= seconds
        self._glide(seconds)
        if self._looked - self._left >= _SCHEDULES_EVERY or not self._left:
            self._looked = self._left
            self._due()

    def _welcome(self) -> None:
        """The other clients, and who is who."""
        from chalicelib.people import service as people

        for key in ("admin", *_AGENTS, "client1", "client2"):
            self._ids[key] = str(people.id_of(f"{key}@example.com"))
        for each in story.people():
            with suppress(people.EmailTaken):
                people.create_account(
                    email=each.email, name=each.name, role="client", password=PASSWORD, email_verified=True
                )
            self._ids[each.key] = str(people.id_of(each.email))
            people.change_profile(self._ids[each.key], {"locale": each.locale, "time_zone": each.time_zone})

    def _do(self, happening: Happening) -> None:
        from chalicelib import ambient
        from chalicelib.inbox import service as inbox
        from chalicelib.people import agents
        from chalicelib.tickets import conversation, service as tickets

        if happening.kind in ("away", "back"):
            for key in _AGENTS:
                agents.set_availability(self._ids[key], "away" if happening.kind == "away" else "available")
            return
        if happening.kind == "file":
            self._tickets[happening.story] = self._file(happening.value)
            return
        found = tickets.read_whole(self._tickets[happening.story])
        assert found is not None
        caller = self._caller(found.client_id if happening.by == "client" else str(found.assignee_id))
        match happening.kind:
            case "comment":
                conversation.add_comment(caller, found, happening.value, ambient.new_id())
            case "note":
                conversation.add_note(caller, found, happening.value, ambient.new_id())
            case "chat" | "private":
                self._say(caller, found, happening)
            case _:
                tickets.change(caller, found, self._wanted(happening), None)
        inbox.read_all(caller, found.id)

    def _wanted(self, happening: Happening) -> dict[str, Any]:
        match happening.kind:
            case "hand back":
                return {"assignee_id": None}
            case "pass":
                return {"assignee_id": self._ids[happening.value]}
        return {happening.kind: happening.value}

    def _say(self, caller: Any, ticket: Any, happening: Happening) -> None:
        from chalicelib.chat import saying, schemas

        body: dict[str, Any] = {"ticket_id": ticket.id, "content": happening.value}
        sent: schemas.ChatSend = schemas.ChatSend(**body)
        if happening.kind == "private":
            other = ticket.assignee_id if happening.by == "client" else ticket.client_id
            sent = schemas.PrivateSend(**body, recipient_id=other)
        saying.say([saying.judge(caller, sent)])

    def _file(self, filing: Filing) -> str:
        from chalicelib import ambient
        from chalicelib.tickets import service as tickets

        fields: dict[str, Any] = {
            "title": filing.title,
            "description": filing.text,
            "priority": filing.priority,
            "tags": [],
            "custom_fields": {},
            "client_id": None,
            "team": None,
        }
        filed = tickets.create(self._caller(self._ids[filing.who]), fields, ambient.new_id(), filing.channel)
        return str(filed.id)

    def _caller(self, account_id: str) -> Any:
        from chalicelib.caller import Caller
        from chalicelib.people import service as people
        from chalicelib.permissions import Role

        account = people.known_account(account_id)
        role = cast(Role, account.role)
        return Caller(account_id, role, account.team, account.name, account.email, "the demo desk", "cookie")
