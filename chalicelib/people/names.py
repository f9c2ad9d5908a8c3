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
    keys = [(account_id, "account") for account_id in account_ids]
    wanted = Wanted(Account, keys, attributes=["id", "item", "kind", "email"], consistent=False)
    look_up(wanted)
    return {account.id: account.email for account in wanted.found}


def naming(account_ids: Iterable[str]) -> Wanted[Account]:
    """To look names up together with something else; then `named`."""
    keys = [(account_id, "account") for account_id in account_ids]
    return Wanted(Account, keys, attributes=["id", "item", "kind", "name"], consistent=False)


def named(found: Wanted[Account]) -> dict[str, str]:
    return {account.id: account.name for account in found.found}
