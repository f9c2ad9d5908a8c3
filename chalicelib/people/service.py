"""Creates, reads and changes accounts. Who may do what is in `chalicelib.permissions`."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pynamodb.exceptions import DoesNotExist

from chalicelib import ambient
from chalicelib.auth import passwords
from chalicelib.dynamo import LostRace, Transaction, until_it_holds
from chalicelib.errors import Conflict, FieldError, Invalid, NotFound
from chalicelib.origin import NOBODY, Origin
from chalicelib.people import account_status, lookup, placement, teams
from chalicelib.people.addresses import compared, normal_form
from chalicelib.people.models import Account, EmailReservation
from chalicelib.people.names import named as named, names as names, naming as naming
from chalicelib.people.placement import UNSAID, Post
from chalicelib.permissions import Role
from chalicelib.settings import DEFAULT_TEAM

Also = Callable[[Account, Transaction], None]
"""Adds to the transaction that changes an account; called with the account as it was (a new one: as it will be)."""


_NO_PASSWORD = [name for name in Account.get_attributes() if name != "password_hash"]


Change = Callable[[Account, Transaction], dict[str, Any]]
"""Returns the values that an account is to have, and may add to the transaction that writes them."""


def nothing_else(_account: Account, _transaction: Transaction) -> None:
    pass


class EmailTaken(Conflict):
    """Another account has this address."""

    def __init__(self) -> None:
        message = "An account with this e-mail address exists already."
        super().__init__(message, errors=(FieldError("email", message, "taken"),))


# --- reading ---------------------------------------------------------------------------------------------------------


def account(account_id: str) -> Account | None:
    """The account as it is now (strongly consistent)."""
    try:
        return Account.get(account_id, "account", consistent_read=True)
    except DoesNotExist:
        return None


def known_account(account_id: str) -> Account:
    """The account as it is now; NotFound if there is none."""
    found = account(account_id)
    if found is None:
        raise NotFound("There is no such user.")
    return found


def account_of(email: str) -> Account | None:
    """The account with this address; None if there is none. An unknown address costs two reads as well, so that the
    time doesn't tell which addresses are known."""
    return account(id_of(email) or "nobody")


def account_without_password(account_id: str) -> Account | None:
    """The account as it is now, for functions that may not see its password's hash (infra/policies)."""
    try:
        return Account.get(account_id, "account", consistent_read=True, attributes_to_get=_NO_PASSWORD)
    except DoesNotExist:
        return None


def id_of(email: str) -> str | None:
    """The id of the account with this address."""
    reservation = _reservation(compared(email))
    return reservation.account_id if reservation else None


def accounts(account_ids: Iterable[str]) -> dict[str, Account]:
    """Accounts by id; those that aren't there are missing."""
    return {found.id: found for found in _batch(account_ids)}


def who_are(account_ids: Iterable[str]) -> dict[str, Account]:
    """Name, role, team and activity of these accounts as they are now, by id; unknown ids are missing."""
    return {found.id: found for found in _batch(account_ids, ["id", "item", "kind", "name", "role", "team", "active"])}


def active_admins(account_ids: Iterable[str]) -> list[Account]:
    """Those of them who are active admins now, with name and contact attributes only."""
    wanted = ["id", "item", "kind", "name", "role", "active", "email", "email_notifications", "locale", "mail_refused"]
    found = _batch(account_ids, wanted)
    return [account for account in found if account.active and account.role == "admin"]


def _batch(account_ids: Iterable[str], attributes: list[str] | None = None) -> Iterable[Account]:
    keys = [(account_id, "account") for account_id in sorted(set(account_ids))]
    return Account.batch_get(keys, attributes_to_get=attributes) if keys else ()


def _reservation(email_key: str) -> EmailReservation | None:
    try:
        wanted = ["id", "item", "kind", "account_id"]  # some functions may read no more (infra/policies)
        return EmailReservation.get(f"email#{email_key}", "email", consistent_read=True, attributes_to_get=wanted)
    except DoesNotExist:
        return None


# --- making ----------------------------------------------------------------------------------------------------------


def ensure_first_team() -> None:
    """Creates the team that every desk starts with. Changes nothing if it exists."""
    teams.ensure(DEFAULT_TEAM, "Support")


def create_account(
    *,
    email: str,
    name: str,
    role: Role,
    password: str | None = None,
    team: str | None = None,
    capacity: int | None = None,
    email_verified: bool = False,
    by_mail: bool | None = None,
    account_id: str | None = None,
    also: Also = nothing_else,
) -> Account:
    """Creates an account; without a password nobody can sign in to it yet. Agents start away, in `support` unless a
    `team` is given. A repeat with the same `account_id` returns the first. Raises EmailTaken, Invalid."""
    email_key = normal_form(email)
    if password is not None:
        passwords.refuse_address("password", password, email)
    said = UNSAID if capacity is None else capacity
    post = _post(role, team, active=True, has_password=password is not None, team_given=team is not None, capacity=said)
    made = Account(
        id=account_id or ambient.new_id(),
        email=email,
        email_key=email_key,
        name=name,
        role=role,
        team=post.team,
        email_verified=email_verified,
        by_mail=by_mail,
        password_hash=passwords.hashed(password) if password is not None else None,
        created_at=ambient.timestamp(),
    )

    def attempt() -> Account:
        transaction = Transaction()
        transaction.put(made, Account.id.does_not_exist(), label="account")
        reservation = EmailReservation(id=f"email#{email_key}", account_id=made.id)
        transaction.put(reservation, EmailReservation.id.does_not_exist(), label="email")
        lookup.add(transaction, lookup.postings(made.id, name, email_key))
        placement.add_placement(transaction, made.id, None, post, said)
        also(made, transaction)
        try:
            transaction.commit()
        except LostRace as race:
            if "email" not in race.failed:
                raise
            holder = _reservation(email_key)
            if holder is None:
                raise
            first = account_without_password(made.id) if holder.account_id == made.id else None
            if first is None:
                raise EmailTaken from None
            return first
        return made

    with account_status.changing(made.id):
        return until_it_holds(attempt)


# --- changing --------------------------------------------------------------------------------------------------------


def change_profile(account_id: str, wanted: Mapping[str, Any]) -> Account:
    """Changes what people may change of their own account: name, email_notifications, locale, time_zone."""
    return changed(account_id, lambda *_: dict(wanted))


def change_account(account_id: str, wanted: Mapping[str, Any], origin: Origin = NOBODY) -> Account:
    """Changes what admins may change of an account: name, role, active, team, capacity. Account and roster
    change in one transaction. Raises NotFound, Invalid, and Conflict for the last active admin."""

    def change(found: Account, transaction: Transaction) -> dict[str, Any]:
        before = placement.post_of(found)
        role = wanted.get("role", before.role)
        after = _post(
            role,
            wanted.get("team", before.team),
            active=wanted.get("active", before.active),
            has_password=before.has_password,
            team_given="team" in wanted,
            capacity=wanted.get("capacity", UNSAID),
            team_known=before.team,
        )
        placement.add_placement(transaction, account_id, before, after, wanted.get("capacity", UNSAID))
        placement.add_audit(transaction, origin, account_id, before, after)
        values: dict[str, Any] = {"role": after.role, "team": after.team, "active": after.active}
        if "name" in wanted:
            values["name"] = wanted["name"]
        if before.active and not after.active:
            values |= {"generation": int(found.generation) + 1, "kept_session": None}
        return values

    try:
        return changed(account_id, change)
    except LastAdmin:
        raise Conflict("This is the last active admin: make somebody else an admin first.") from None


def look_up(wanted: Mapping[str, Any], found: Account | None) -> None:
    """Raises Invalid when the wanted role, team and capacity don't fit together; `found` is None for a new account."""
    before = placement.post_of(found) if found else None
    role = wanted.get("role", before and before.role)
    if role is not None:
        _post(
            role,
            wanted.get("team", before and before.team),
            active=True,
            has_password=False,
            team_given="team" in wanted if before else wanted.get("team") is not None,
            capacity=wanted.get("capacity", UNSAID),
            team_known=before.team if before else None,
        )


class LastAdmin(Exception):
    """The change would have left no active admin."""


def changed(account_id: str, change: Change) -> Account:
    """Writes the values that `change` returns for the current account, together with what it adds to the
    transaction. After a lost race `change` is called again. Nothing is written for unchanged values."""

    def attempt() -> Account:
        found = known_account(account_id)
        transaction = Transaction()
        wanted = change(found, transaction)
        values = {name: value for name, value in wanted.items() if getattr(found, name) != value}
        if "name" in values:
            was, now = (lookup.postings(account_id, name, found.email_key) for name in (found.name, values["name"]))
            lookup.add(transaction, now - was, gone=was - now)
        if not values and not len(transaction):
            return found
        actions = [
            getattr(Account, name).remove() if value is None else getattr(Account, name).set(value)
            for name, value in values.items()
        ]
        actions.append(Account.revision.set(found.revision + 1))
        transaction.update(found, actions, Account.revision == found.revision, label="account")
        try:
            transaction.commit()
        except LostRace as race:
            if race.failed == {"admins"}:
                raise LastAdmin from None
            raise
        for name, value in values.items():
            setattr(found, name, value)
        return found

    with account_status.changing(account_id):
        return until_it_holds(attempt)


def _post(
    role: Role,
    team: str | None,
    *,
    active: bool,
    has_password: bool,
    team_given: bool,
    capacity: int | None,
    team_known: str | None = None,
) -> Post:
    """The post that a person is to have. Raises Invalid with every field that doesn't fit."""
    errors = []
    if role != "agent":
        errors += [FieldError("team", "Only agents have a team.", "for_agents")] if team_given else []
        errors += (
            [FieldError("capacity", "Only agents have a capacity.", "for_agents")] if capacity is not UNSAID else []
        )
        team = None
    else:
        team = team or DEFAULT_TEAM
        if team != team_known and not teams.exists(team):
            errors.append(FieldError("team", "There is no such team.", "unknown_id"))
    if errors:
        raise Invalid("; ".join(f"{error.field}: {error.message}" for error in errors), errors=tuple(errors))
    return Post(role, team, active, has_password)
