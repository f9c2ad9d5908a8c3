"""Finding people: by role, activity, and the beginning of their e-mail address or name. Every page costs a bounded
number of queries; a rare filter makes pages shorter, not dearer.
"""

from typing import Any, Literal, NamedTuple

from chalicelib.dynamo import first_page
from chalicelib.edge.paging import Page, PageRequest
from chalicelib.people.addresses import lookup_form
from chalicelib.people.models import Account
from chalicelib.permissions import ROLES, Role

_QUERIES = 8


class Run(NamedTuple):
    """A stretch of an index that is read from its beginning to its end."""

    role: Role
    key: Literal["email_key", "name_key"]


def page(role: Role | None, active: bool | None, beginning: str | None, request: PageRequest) -> Page[Account]:
    """People by role, then by e-mail; with a `beginning`, first those whose e-mail begins so, then those whose name
    does. The position is [which run, last key shown and its account, or None]."""
    form = lookup_form(beginning) if beginning else None
    runs = _runs(role, form)
    at, last = request.position or [0, None]
    found: list[Account] = []
    for _ in range(_QUERIES):
        if at == len(runs) or len(found) == request.limit:
            break
        some, last = _some(runs[at], active, form, last, request.limit - len(found))
        found += some
        at += last is None
    return Page(found, [at, last] if at < len(runs) else None)


def _runs(role: Role | None, form: str | None) -> list[Run]:
    """What is read, one after the other."""
    roles = [role] if role else ROLES
    return [run for each in roles for run in (Run(each, "email_key"), Run(each, "name_key")) if form or _by_email(run)]


def _by_email(run: Run) -> bool:
    return run.key == "email_key"


def _some(
    run: Run, active: bool | None, form: str | None, after: list[str] | None, limit: int
) -> tuple[list[Account], list[str] | None]:
    """What one query finds, and [key, account] where it stopped, None at the end of the run."""
    index: Any = Account.by_email if _by_email(run) else Account.by_name
    condition = None
    keep: Any = None if active is None else Account.active == active
    if form:
        condition = getattr(Account, run.key).startswith(form)
        if not _by_email(run):  # who was found by e-mail isn't found again
            new = ~Account.email_key.startswith(form)
            keep = new if keep is None else keep & new
    start = None
    if after:
        values = {"id": after[1], "item": "account", "role": run.role, run.key: after[0]}
        start = {name: {"S": value} for name, value in values.items()}
    results = index.query(run.role, condition, filter_condition=keep, page_size=limit, last_evaluated_key=start)
    found, last = first_page(results, Account)
    return found, [last[run.key]["S"], last["id"]["S"]] if last else None
