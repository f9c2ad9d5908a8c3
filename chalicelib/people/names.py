"""Names of people, as they are now."""

from collections.abc import Iterable

from chalicelib.people.models import Account
from chalicelib.together import Wanted, look_up


def names(account_ids: Iterable[str]) -> dict[str, str]:
    """The current names by account id; those that aren't there are missing."""
    wanted = naming(account_ids)
    look_up(wanted)
    return named(wanted)


def emails(account_ids: Iterable[str]) -> dict[str, str]:
    """The e-mail addresses by account id; those that aren't there are missing."""
    wanted = _looking_up(account_ids, "email")
    look_up(wanted)
    return {account.id: account.email for account in wanted.found}


def naming(account_ids: Iterable[str]) -> Wanted[Account]:
    """The keys for reading names in one request together with other items. Hand the result to `named`."""
    return _looking_up(account_ids, "name")


def _looking_up(account_ids: Iterable[str], attribute: str) -> Wanted[Account]:
    keys = [(account_id, "account") for account_id in account_ids]
    return Wanted(Account, keys, attributes=["id", "item", "kind", attribute], consistent=False)


def named(found: Wanted[Account]) -> dict[str, str]:
    return {account.id: account.name for account in found.found}
