"""What a session depends on: the account's role, team and activity, and which of its sessions have ended.

Kept for a short while in each process, so that not every request reads a table; dropped at once by the process that
changes it, and for a token that was issued later (contract §3: sign-out, deactivation and change of password act within
a minute; who refreshes their session is seen as they are now).
"""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.update import Action

from chalicelib import ambient
from chalicelib.dynamo import Transaction
from chalicelib.people.models import Account
from chalicelib.permissions import Role
from chalicelib.settings import settings

_READ = [
    "id", "item", "kind", "role", "team", "active", "name", "email", "generation", "kept_session", "ended_sessions",
    "revision", "email_verified", "by_mail", "factor",
]  # fmt: skip
_KEPT = 5_000
"""The most accounts that a process remembers."""
_ENDED = 100
"""The most ended sessions that an account remembers. If more end within the life of an access token, all of them
end."""


@dataclass(frozen=True)
class AccountStatus:
    role: Role
    team: str | None
    active: bool
    name: str
    email: str
    generation: int
    kept_session: str | None
    ended_sessions: Mapping[str, int]
    revision: int
    confirmed: bool
    factor: str | None
    """The id of the second factor in force."""

    @property
    def lacks_factor(self) -> bool:
        """Whether somebody may do nothing but set up a second factor (setting ADMIN_TOTP)."""
        return settings.admin_totp == "required" and self.role == "admin" and not self.factor

    def holds(self, session_id: str, generation: int) -> bool:
        """Whether a session that was opened in `generation` is still valid."""
        if not self.active or session_id in self.ended_sessions:
            return False
        return generation == self.generation or session_id == self.kept_session


def status_of(account: Account) -> AccountStatus:
    return AccountStatus(
        role=cast(Role, account.role),
        team=account.team,
        active=account.active,
        name=account.name,
        email=account.email,
        generation=int(account.generation),
        kept_session=account.kept_session,
        ended_sessions=account.ended_sessions,
        revision=int(account.revision),
        confirmed=account.answers_by_mail,
        factor=account.factor,
    )


_lock = threading.Lock()
_known: OrderedDict[str, tuple[float, AccountStatus]] = OrderedDict()
_drops = 0
"""Counts the drops: what was read before a drop must not be cached after it."""


def recent(account_id: str, at_least: int = 0) -> AccountStatus | None:
    """The account's status, at most `session_cache_seconds` old, and of no older revision than `at_least`; None if
    there is no such account."""
    now = ambient.clock()
    with _lock:
        at, status = _known.get(account_id, (0.0, None))
        drops = _drops
    fresh = 0 <= now - at < settings.session_cache_seconds
    if status is not None and fresh and status.revision >= at_least:
        return status
    status = current(account_id)
    if status is None:
        return None
    with _lock:
        if drops == _drops:
            _known[account_id] = (now, status)
            _known.move_to_end(account_id)
            while len(_known) > _KEPT:
                _known.popitem(last=False)
    return status


def current(account_id: str) -> AccountStatus | None:
    """The account's status now (strongly consistent), read without its password's hash; None if there is none."""
    try:
        return status_of(Account.get(account_id, "account", consistent_read=True, attributes_to_get=_READ))
    except DoesNotExist:
        return None


@contextmanager
def changing(account_id: str) -> Iterator[None]:
    """Wraps a write to an account. Whether it succeeds or not, this process then reads the account again."""
    global _drops
    try:
        yield
    finally:
        with _lock:
            _drops += 1
            _known.pop(account_id, None)


def add_still_good(transaction: Transaction, account: Account, label: str = "account") -> None:
    """Adds the condition that the account is still active and that nothing has ended all its sessions since."""
    unchanged = (Account.active == True) & (Account.generation == account.generation)  # noqa: E712
    transaction.check(account, unchanged, label=label)


def add_ended_session(transaction: Transaction, account: Account, session_id: str) -> None:
    """Ends a session's access tokens: the account remembers the session until the last of them has expired."""
    now = int(ambient.clock())
    ended = {id_: until for id_, until in account.ended_sessions.items() if until > now}
    ended[session_id] = now + settings.access_token_seconds + 60
    actions: list[Action] = [Account.revision.set(account.revision + 1)]
    if len(ended) > _ENDED:
        # Forgetting one would bring it back: all end instead, these among them.
        actions += [Account.ended_sessions.set({}), Account.generation.set(account.generation + 1)]
        if account.kept_session in ended:
            actions.append(Account.kept_session.remove())
    else:
        actions.append(Account.ended_sessions.set(ended))
    transaction.update(account, actions, Account.revision == account.revision, label="account")
