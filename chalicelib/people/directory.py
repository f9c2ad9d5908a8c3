"""Finding people: by role, activity, and the beginning of their e-mail address or of a word of their name. Every page
costs a bounded number of reads; a rare filter makes pages shorter, not dearer.
"""

from typing import Any

from chalicelib.dynamo import first_page, first_rows
from chalicelib.edge.paging import Page, PageRequest
from chalicelib.people import service
from chalicelib.people.lookup import BEHIND, PersonPosting, Typed, account_of
from chalicelib.people.models import Account
from chalicelib.permissions import ROLES, Role

_QUERIES = 8
_ROUNDS, _POSTINGS = 4, 100
"""When people are looked up by a word: how many queries a page makes at most, and how many postings each reads."""


def page(role: Role | None, active: bool | None, typed: str | None, request: PageRequest) -> Page[Account]:
    """People sorted by role, then by e-mail address. With `typed`, those whom it finds, sorted by id: each is shown
    once, even if they are renamed meanwhile."""
    if typed is None:
        return _all(role, active, request)
    wanted = Typed.read(typed)
    found: list[Account] = []
    last: str | None = request.position or ""
    for _ in range(_ROUNDS):
        ids, last = _some_ids(wanted, last or "")
        accounts = service.accounts(ids)
        for id_ in ids:
            account = accounts.get(id_)
            if account and _let_through(account, role, active) and wanted.fits(account.name, account.email_key):
                if len(found) == request.limit:  # so its end doesn't reveal that others were left out
                    return Page(found, found[-1].id)
                found.append(account)
        if last is None:
            break
    return Page(found, last)


def _let_through(account: Account, role: Role | None, active: bool | None) -> bool:
    return role in (None, account.role) and active in (None, account.active)


def _some_ids(wanted: Typed, after: str) -> tuple[list[str], str | None]:
    """Ids that follow another, sorted, and the id up to which none is missing (None: there are no more)."""
    behind = after + BEHIND if after else " "
    ids: set[str] = set()
    ends = []
    for term, stem in wanted.stretches():
        results = PersonPosting.query(term, PersonPosting.item > behind, page_size=_POSTINGS)
        rows, more = first_rows(results)
        items = [row["item"]["S"] for row in rows]
        ids |= {account_of(item) for item in items if not stem or item.partition(" ")[2].startswith(stem)}
        if more:
            ends.append(account_of(items[-1]))
    if not ends:
        return sorted(ids), None
    # Of the last account some of its stems may not have been read: it is looked at, whichever was.
    return sorted({id_ for id_ in ids if id_ <= min(ends)} | {min(ends)}), min(ends)


def _all(role: Role | None, active: bool | None, request: PageRequest) -> Page[Account]:
    """The position is [which role, [last address shown, its account] or None]."""
    roles = [role] if role else ROLES
    at, last = request.position or [0, None]
    found: list[Account] = []
    for _ in range(_QUERIES):
        if at == len(roles) or len(found) == request.limit:
            break
        some, last = _some(roles[at], active, last, request.limit - len(found))
        found += some
        at += last is None
    return Page(found, [at, last] if at < len(roles) else None)


def _some(
    role: Role, active: bool | None, after: list[str] | None, limit: int
) -> tuple[list[Account], list[str] | None]:
    """What one query finds, and the position where it stopped (None: the end of the role)."""
    keep: Any = None if active is None else Account.active == active
    start = None
    if after:
        values = {"id": after[1], "item": "account", "role": role, "email_key": after[0]}
        start = {name: {"S": value} for name, value in values.items()}
    results = Account.by_email.query(role, filter_condition=keep, page_size=limit, last_evaluated_key=start)
    found, last = first_page(results, Account)
    return found, [last["email_key"]["S"], last["id"]["S"]] if last else None
