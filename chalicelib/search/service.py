"""Searches tickets by words, newest first, with the filters of the list. What is read for a page is limited, so a page
may be short.

Staff are served from their team's postings (admins: all teams'): the postings of each word are read in parallel, month
by month, each skipping ahead to where the others may have something. A client's search reads their own tickets instead:
it costs as much as they have, whatever others write.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.dynamo import first_rows
from chalicelib.edge.paging import Page, PageRequest
from chalicelib.search import indexing
from chalicelib.search.indexing import BEHIND_ID, month_of
from chalicelib.search.models import Posting
from chalicelib.search.words import STEM, Term, numbered, terms
from chalicelib.tickets import reading, service as tickets
from chalicelib.tickets.filters import Filters, Sort, within_sight
from chalicelib.tickets.models import Ticket

MOST_POSTINGS, MOST_QUERIES, MOST_TICKETS = 600, 64, 200
"""A page ends once this much was read; with the last step of four words that is at most 1,000 postings."""
TOGETHER = 4
"""How many words' postings are walked together. Tickets that have these are then looked up by key for the other
words."""

_POSTINGS = 100
"""How many postings are read at once."""
_SOME, _ROUNDS = 50, 3
"""Where there are few tickets: how many are checked at once, and how many times for one page."""

_ID = 26
_BEHIND = "~"
"""Sorts behind all postings of the ticket whose id it follows."""


@dataclass
class _Spent:
    postings: int = 0
    queries: int = 0
    tickets: int = 0

    @property
    def all(self) -> bool:
        return self.postings >= MOST_POSTINGS or self.queries >= MOST_QUERIES or self.tickets >= MOST_TICKETS


def find(
    caller: Caller,
    typed: str | None,
    filters: Filters,
    page: PageRequest,
    *,
    number: int | None = None,
    sort: Sort = "newest",
) -> Page[Ticket]:
    """A page of tickets that the caller may see and the filters let through. If `typed` is given they contain all its
    words; if `number` is, they have that number."""
    wanted = terms(typed) if typed is not None else []
    scoped = within_sight(caller, filters)
    if scoped is None or (typed is not None and not wanted):
        return Page([], None)
    if number is not None:
        return Page(_of_number(number, wanted, scoped), None)
    if typed is not None and (named := numbered(typed)) and (found := _of_number(named, [], scoped)):
        return Page(found, None)  # a mail's subject about this ticket; if it is somebody else's, search it as words
    if scoped.client_id or sort == "work":
        return _among_some(caller, wanted, scoped, sort, page)
    return _among_all(wanted, scoped, page, ascending=sort == "created")


def _of_number(number: int, wanted: Sequence[Term], scoped: Filters) -> list[Ticket]:
    ticket = tickets.numbered(number)
    if ticket is None or not scoped.let_through(ticket) or not scoped.lowest <= ticket.id < scoped.highest:
        return []
    return _having([ticket], wanted)


def _among_some(caller: Caller, wanted: Sequence[Term], scoped: Filters, sort: Sort, page: PageRequest) -> Page[Ticket]:
    """Searches by checking each ticket, where they are few: a client's, or those that an agent has to work on."""
    found: list[Ticket] = []
    position = page.position
    for _ in range(_ROUNDS):
        some = reading.tickets(caller, scoped, PageRequest(_SOME, position), sort)
        found += _having(some.items, wanted)
        if len(found) >= page.limit:
            shown = found[: page.limit]
            return Page(shown, reading.place_of(shown[-1], sort))
        position = some.next
        if position is None:
            break
    return Page(found, position)


def _among_all(wanted: Sequence[Term], scoped: Filters, page: PageRequest, *, ascending: bool) -> Page[Ticket]:
    ranked = sorted(wanted, key=lambda term: (not term.beginning, -len(term.text)))
    # Long words are rare. A word's beginning can't be looked up by key, so it is walked if possible.
    together, others = ranked[:TOGETHER], ranked[TOGETHER:]
    low, high = scoped.lowest, scoped.highest
    if page.position:
        low, high = (max(low, page.position), high) if ascending else (low, min(high, page.position))
    walk = _Walk(together, scoped.team, low, high, ascending)
    found: list[Ticket] = []
    for ids in walk.batches():
        walk.spent.tickets += len(ids)
        found += _having([ticket for ticket in reading.listed(ids) if scoped.let_through(ticket)], others)
        if len(found) >= page.limit:
            last = found[page.limit - 1].id
            return Page(found[: page.limit], last + _BEHIND if ascending else last)
    return Page(found, None if walk.done else walk.position)


@dataclass
class _Walk:
    """Walks the tickets of a team (None: of all) that have all the terms, with low <= id < high: from the newest on, or
    if `ascending` from the oldest on. "Ahead" means in the direction of the walk."""

    terms: Sequence[Term]
    team: str | None
    low: str
    high: str
    ascending: bool
    spent: _Spent = field(default_factory=_Spent)
    done: bool = False

    @property
    def position(self) -> str:
        """The id from which to go on."""
        return self.low if self.ascending else self.high

    def batches(self) -> Iterator[list[str]]:
        """Ids in order. After each batch `position` says where to go on. Stops without setting `done` if the limits are
        spent."""
        together = sorted(self.terms, key=lambda term: -len(term.text))
        for month, teams in sorted(indexing.months(self.team).items(), reverse=not self.ascending):
            first, end = _ids_of(month)
            while self.low < self.high and (self.low < end if self.ascending else self.high > first):
                if self.spent.all:
                    return
                found, following = self._step(together, teams, month)
                if self.ascending:
                    self.low = following or end
                else:
                    self.high = following or first
                yield found
        self.done = True

    def _step(self, together: Sequence[Term], teams: Sequence[str], month: str) -> tuple[list[str], str | None]:
        """The ids that all terms share in the next stretch of a month, and where the next stretch begins; None if there
        is none."""
        stretches = []
        for term in together:
            ids, edge = self._stretch(term, teams, month)
            if not ids and edge is None:
                return [], None
            stretches.append((ids, edge))
        edges = [edge for _, edge in stretches if edge]
        frontier = self._nearest(edges) if edges else None
        common = set.intersection(*(ids for ids, _ in stretches))
        found = sorted((id_ for id_ in common if self._before(id_, frontier)), reverse=not self.ascending)
        following = []
        for ids, edge in stretches:
            ahead = [id_ for id_ in ids if not self._before(id_, frontier)]
            nearest = self._nearest(ahead) if ahead else edge
            if nearest is None:
                return found, None
            following.append(nearest)
        return found, max(following) if self.ascending else min(following) + _BEHIND

    def _nearest(self, ids: Sequence[str]) -> str:
        return min(ids) if self.ascending else max(ids)

    def _before(self, id_: str, edge: str | None) -> bool:
        """Whether the walk reaches `id_` before `edge`, if there is an edge."""
        return edge is None or (id_ < edge if self.ascending else id_ > edge)

    def _stretch(self, term: Term, teams: Sequence[str], month: str) -> tuple[set[str], str | None]:
        """A month's next tickets with a term, and the id up to which they are complete; None if there are no more."""
        ids: set[str] = set()
        edges = []
        for key, beginning in (each for team in teams for each in _partitions(team, term, month)):
            some, edge = self._read(key, beginning)
            ids |= some
            edges += [edge] if edge else []
        if not edges:
            return ids, None
        nearest = self._nearest(edges)
        return {id_ for id_ in ids if self._before(id_, nearest)}, nearest

    def _read(self, key: str, beginning: str) -> tuple[set[str], str | None]:
        """As `_stretch`, from one partition: the postings whose word begins with `beginning`."""
        ids: set[str] = set()
        first, last = "", None
        while True:
            results = Posting.query(
                key,
                Posting.item.between(self.low, self.high),
                page_size=_POSTINGS,
                scan_index_forward=self.ascending,
                last_evaluated_key=last,
            )
            rows, last = first_rows(results)
            items = [row["item"]["S"] for row in rows]
            self.spent.queries += 1
            self.spent.postings += len(items)
            ids |= {item[:_ID] for item in items if item[_ID + 1 :].startswith(beginning)}
            if last is None:
                return ids, None
            edge = last["item"]["S"][:_ID]
            first = first or items[0][:_ID]
            if edge != first:
                return {id_ for id_ in ids if self._before(id_, edge)}, edge


def _ids_of(month: str) -> tuple[str, str]:
    """The lowest id of a month, and that of the next."""
    first = ambient.moment(f"{month}-01T00:00:00+00:00")
    return ambient.lowest_id(first), ambient.lowest_id((first + timedelta(days=32)).replace(day=1))


def _partitions(team: str, term: Term, month: str) -> list[tuple[str, str]]:
    """The partitions of a term's postings, each with the text with which a word there has to begin."""
    itself = f"{team} {term.text} {month}", ""
    if not term.beginning:
        return [itself]
    longer = f"{team} {term.text[:STEM]}* {month}", term.text
    return [longer, itself] if len(term.text) == STEM else [longer]


def _having(some: Sequence[Ticket], wanted: Sequence[Term]) -> list[Ticket]:
    """Those of these tickets that have all the terms, in the same order. Each term is looked up only for the tickets
    that have the terms before it, which are longer and so rarer."""
    left = list(some)
    for term in sorted(wanted, key=lambda term: (term.beginning, -len(term.text))):
        if term.beginning:
            left = [ticket for ticket in left if _has_beginning(ticket, term.text)]
        elif left:
            keys = [(f"{ticket.team} {term.text} {month_of(ticket.id)}", ticket.id + BEHIND_ID) for ticket in left]
            there = {posting.item[:_ID] for posting in Posting.batch_get(keys)}
            left = [ticket for ticket in left if ticket.id in there]
    return left


def _has_beginning(ticket: Ticket, text: str) -> bool:
    for key, beginning in _partitions(ticket.team, Term(text, beginning=True), month_of(ticket.id)):
        low = ticket.id + BEHIND_ID + beginning
        if next(iter(Posting.query(key, Posting.item.between(low, low + "\U0010ffff"), limit=1)), None):
            return True
    return False
