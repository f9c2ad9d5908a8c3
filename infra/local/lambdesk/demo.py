"""What has to be in the tables before the runner is ready: the first team, the accounts, the settings' weights."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from infra.local.errors import CannotStart

PASSWORD = "demo-password-1"
ADMIN = "admin@example.com"

DEMOS = {
    "1": "makes the demo accounts and, once it is ready, a desk of three weeks",
    "small": "makes the accounts alone",
    "0": "makes the admin alone",
}
"""What DEMO says is to be made at an empty start."""

_VARIABLES = {"email": "ADMIN_EMAIL", "password": "ADMIN_PASSWORD"}


def is_new(kept: Path | None) -> bool:
    """Whether nobody was here before."""
    return kept is None or not _marker(kept).exists()


def _marker(kept: Path) -> Path:
    return kept / "accounts"


def prepare(kept: Path | None, demo: str) -> list[str]:
    """The accounts' addresses. They are made at an empty start alone: `kept` is where an engine that keeps its data
    remembers that they were. Raises CannotStart for an address or a password that can't be used."""
    # The app reads its settings when it is imported: not before the environment is complete.
    from chalicelib.assignment.sweep import reweigh
    from chalicelib.errors import Refused
    from chalicelib.people import service as people

    people.ensure_first_team()
    marker = _marker(kept) if kept else None
    if marker and not is_new(kept):
        addresses = marker.read_text().split()
    else:
        try:
            addresses = _admin() if demo == "0" else _demo()
        except Refused as refusal:
            said = [f"{_VARIABLES.get(error.field, error.field)}: {error.message}" for error in refusal.errors]
            raise CannotStart(f"The admin can't be made: {'; '.join(said) or refusal.detail}") from None
        if marker:
            marker.write_text("\n".join(addresses))
    reweigh()
    return addresses


def _demo() -> list[str]:
    from chalicelib.people import agents

    _make(ADMIN, "Admin", "admin", PASSWORD)
    made = [ADMIN]
    for number in (1, 2, 3):
        made.append(f"agent{number}@example.com")
        if agent := _make(made[-1], f"Agent {number}", "agent", PASSWORD, team="support"):
            agents.set_availability(agent, "available")
    for number in (1, 2):
        made.append(f"client{number}@example.com")
        _make(made[-1], f"Client {number}", "client", PASSWORD)
    return made


def _admin() -> list[str]:
    address = os.environ.get("ADMIN_EMAIL", ADMIN)
    _make(address, "Admin", "admin", os.environ.get("ADMIN_PASSWORD", PASSWORD))
    return [address]


def _make(address: str, name: str, role: Any, password: str, **more: Any) -> str | None:
    """The account's id; None if an earlier, interrupted start made it."""
    from chalicelib.people import service as people

    with suppress(people.EmailTaken):
        account = people.create_account(
            email=address, name=name, role=role, password=password, email_verified=True, **more
        )
        return str(account.id)
    return None
