"""Searching answers what a plain scan over all tickets answers: texts made from a real log's fields and from words of
several scripts, months of four years, events that come twice and in any order.

`LAMBDESK_LOG` names the log; without it (and without ../shared/data) these are skipped.
"""

import csv
import gzip
import os
import random
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.edge.paging import PageRequest
from chalicelib.errors import Refused
from chalicelib.search import handlers, service as search
from chalicelib.tickets import conversation, service as tickets
from chalicelib.tickets.filters import Filters, Sort
from chalicelib.tickets.models import Event, Ticket, TicketsItem
from tests.interleaving.world import World, desk

LOG = Path(os.environ.get("LAMBDESK_LOG", "../shared/data/helpdesk-italy-2010-2014.csv.gz"))
WORDS = """printer Drucker stampante imprimante impresora yazıcı принтер εκτυπωτής طابعة מדפסת प्रिंटर เครื่องพิมพ์
打印机 打印 プリンター 印刷 프린터 Größe größer ÉCOLE école naïve 🔥 print prints printing int 4711 47 v3 of on"""
TYPED = [
    "printer",
    "PRI",
    "print",
    "pr",
    "prin dru",
    "drucker printer",
    "打印",
    "打印机",
    "机",
    "프린",
    "école",
    "grosse",
]


@dataclass
class Said:
    """A ticket as the scan knows it."""

    ticket: Ticket
    comments: list[str] = field(default_factory=list)

    def text(self) -> str:
        return "\n".join([str(int(self.ticket.number)), self.ticket.title, self.ticket.description, *self.comments])


def plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = [c for c in decomposed if not (unicodedata.combining(c) >= 200 or 10 <= unicodedata.combining(c) < 37)]
    return unicodedata.normalize("NFC", "".join(kept))


UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def has(text: str, typed: str) -> bool:
    """Whether a text has what is typed, by looking: words between separators, neighbours where there are no spaces."""
    text, asked = plain(text), plain(typed).split()
    spaced = re.split(r"[^\w\u0900-\u097f]+", UNSPACED.sub(" ", text))
    for place, word in enumerate(asked):
        if not word[0].isalnum():
            if word not in text:
                return False
        elif UNSPACED.match(word):
            if not all(word[at : at + 2] in text for at in range(max(1, len(word) - 1))):
                return False
        elif place == len(asked) - 1 and len(word) >= 3:
            if not any(each.startswith(word) for each in spaced):
                return False
        elif word not in spaced:
            return False
    return True


def cases() -> list[tuple[float, dict[str, str]]]:
    if not LOG.exists():
        pytest.skip(f"There is no log at {LOG}: set LAMBDESK_LOG.")
    with gzip.open(LOG, "rt") as file:
        first: dict[str, dict[str, str]] = {}
        for row in csv.DictReader(file):
            first.setdefault(row["case"], row)
    at = [(datetime.fromisoformat(row["timestamp"]).timestamp(), row) for row in first.values()]
    return sorted(at, key=lambda pair: pair[0])


class Desk:
    def __init__(self, seed: int, every: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.random = random.Random(seed)
        self.world = World([{"name": "ann"}, {"name": "zoe", "team": "other"}])
        self.other_client = self.world.person("other", "client")
        self.said: dict[str, Said] = {}
        for at, row in islice(cases(), 0, None, every):
            monkeypatch.setattr(ambient, "clock", lambda at=at: at)
            self._file(row)
        self.tell()
        monkeypatch.setattr(ambient, "clock", lambda: at + 60)
        for said in self.said.values():
            self._go_on(said)
            found = tickets.read_whole(said.ticket.id)
            assert found is not None
            said.ticket = found

    def some_words(self, least: int = 0) -> str:
        return " ".join(self.random.choices(WORDS.split(), k=self.random.randint(least, 5)))

    def _file(self, row: dict[str, str]) -> None:
        client = self.random.choice([self.world.client, self.other_client])
        filing = {
            "title": f"Product {row['product']}: {row['activity']} {self.some_words()}"[:200],
            "description": f"Customer {row['customer']}, resource {row['resource']}. {self.some_words(1)}",
            "priority": self.random.choice(["low", "medium", "high", "urgent"]),
            "tags": [],
            "custom_fields": {},
            "client_id": client.id,
            "team": self.random.choice(["support", "other"]),
        }
        ticket = tickets.create(self.world.admin, filing, ambient.new_id(), "api")
        self.said[ticket.id] = Said(ticket)

    def _go_on(self, said: Said) -> None:
        """What is said later, and what is changed."""
        ticket = said.ticket
        client = self.world.client if ticket.client_id == self.world.client.id else self.other_client
        for _ in range(self.random.randint(0, 2)):
            body = self.some_words(1)
            conversation.add_comment(client, tickets.visible(client, ticket.id), body, ambient.new_id())
            said.comments.append(body)
        if self.random.random() < 0.3:
            note = f"secretword {self.some_words()}"
            conversation.add_note(self.world.admin, tickets.visible(client, ticket.id), note, ambient.new_id())
        if self.random.random() < 0.2:
            other = {"support": "other", "other": "support"}[ticket.team]
            self.world.change(self.world.admin, ticket.id, team=other)
        if self.random.random() < 0.4:
            changed = {"title": f"Changed {self.some_words(1)}", "description": f"Anew {self.some_words(1)}"}
            for name in self.random.sample(sorted(changed), self.random.randint(1, 2)):
                self.world.change(client, ticket.id, **{name: changed[name]})

    def tell(self) -> None:
        """Every event of every history so far, twice, in any order."""
        events = [item for item in TicketsItem.scan() if isinstance(item, Event)] * 2
        self.random.shuffle(events)
        for start in range(0, len(events), 10):
            bodies = [f'{{"ticket_id":"{event.id}","item":"{event.item}"}}' for event in events[start : start + 10]]
            told = [{"messageId": str(n), "body": body} for n, body in enumerate(bodies)]
            assert handlers.told_to_search({"Records": told}) == {"batchItemFailures": []}

    def scan(self, caller: Caller, typed: str, filters: Filters) -> list[str]:
        found = []
        for id_, said in self.said.items():
            ticket = said.ticket
            with suppress(Refused):
                tickets.relation_of(caller, ticket)
                if (
                    has(said.text(), typed)
                    and (caller.role != "agent" or ticket.team == caller.team)
                    and (filters.priorities is None or ticket.priority in filters.priorities)
                    and filters.client_id in (None, ticket.client_id)
                    and (filters.created_from is None or ticket.created_at >= ambient.timestamp(filters.created_from))
                ):
                    found.append(id_)
        return sorted(found, reverse=True)

    def find(self, caller: Caller, typed: str, filters: Filters, sort: Sort = "newest") -> list[str]:
        found: list[str] = []
        position: Any = None
        while True:
            asked = PageRequest(self.random.choice([1, 7, 100]), position)
            page = search.find(caller, typed, filters, asked, sort=sort)
            found += [ticket.id for ticket in page.items]
            position = page.next
            if position is None:
                return found


@pytest.fixture(autouse=True)
def moto() -> Iterator[None]:
    with desk():
        yield


def compare(made: Desk, more: int) -> None:
    callers = [made.world.admin, made.world.agents["ann"], made.world.client, made.other_client]
    middle = ambient.moment("2012-01-01T00:00:00+00:00")
    filters = [
        Filters(),
        Filters(priorities=("high", "low")),
        Filters(client_id=made.world.client.id),
        Filters(created_from=middle),
    ]
    typed = TYPED + [made.some_words(1) for _ in range(more)]
    typed += [str(int(said.ticket.number)) for said in islice(made.said.values(), 3)]
    typed += ["secretword", "changed", "anew print", "product", "customer resource"]
    hits = 0
    ways = list(product(callers, filters))
    for asked in typed:
        for caller, filtered in made.random.sample(ways, 5):
            wanted = made.scan(caller, asked, filtered)
            assert made.find(caller, asked, filtered) == wanted, (asked, caller.role, filtered)
            oldest_first = made.find(caller, asked, filtered, "created")
            assert oldest_first == wanted[::-1], (asked, caller.role, filtered)
            hits += len(wanted)
    assert hits > 20
    assert not made.find(made.world.admin, "secretword", Filters())


@pytest.mark.parametrize("at_once", [100, 3])
def test_searching_answers_what_a_scan_answers(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever way, and however many postings are read at once."""
    monkeypatch.setattr(search, "_POSTINGS", at_once)
    made = Desk(1, 300, monkeypatch)
    made.tell()
    compare(made, 3)


@pytest.mark.long
def test_so_it_does_over_the_whole_log(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Desk(2, 1, monkeypatch)
    made.tell()
    compare(made, 30)


def test_an_index_that_forgets_a_change_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.search import indexing

    made = Desk(3, 400, monkeypatch)
    write = indexing.write

    def forgetting(ticket_id: str, touched: Any, teams: Any, wanted: Any, **more: bool) -> None:
        write(ticket_id, touched & set().union(*wanted.values()), wanted, wanted, **more)

    monkeypatch.setattr(indexing, "write", forgetting)
    made.tell()
    with pytest.raises(AssertionError):
        compare(made, 20)
