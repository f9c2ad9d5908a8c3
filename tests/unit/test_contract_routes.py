"""The contract's table of routes (§3) against the permission matrix: the same routes, for the same people."""

import re
from pathlib import Path

import pytest

from chalicelib.permissions import ANYONE, MATRIX, ROLES, Role, reach

ROOT = Path(__file__).parents[2]
CONTRACT = (ROOT / "docs" / "contract.md").read_text()
NOT_BUILT = (ROOT / "README.md").read_text().partition("## Limits")[2]
"""Where the README says what of the contract there isn't yet."""
LETTERS: dict[str, Role] = {"C": "client", "A": "agent", "X": "admin"}
REACHES: dict[tuple[str, str], dict[str, str]] = {
    ("GET", "/tickets/counts"): {"client": "own", "agent": "own", "admin": "own"},  # §9: of the caller
    ("PATCH", "/tickets/{}"): {"client": "own", "agent": "team", "admin": "all"},  # §4
    ("GET", "/users"): {"agent": "clients", "admin": "all"},
    ("GET", "/users/{}"): {"agent": "clients", "admin": "all"},
    ("DELETE", "/users/{}/totp"): {"admin": "all"},
}
"""What the column "who" says in words: route -> role -> reach."""
DESTINATIONS: dict[str, dict[str, str]] = {
    "/topic/ticket/{ticket_id}": {"client": "own", "agent": "team", "admin": "all"},
    "/topic/ticket/{ticket_id}/events": {"client": "own", "agent": "team", "admin": "all"},
    "/topic/team/{team}": {"agent": "team", "admin": "all"},
    "/topic/metrics": {"admin": "all"},
    "/user/queue/reports": {"admin": "all"},
}
"""What §7 and §9 say in words of whom a destination is for."""


def nameless(path: str) -> str:
    """The path without its query and the names of its parts."""
    return re.sub(r"\{\w+\}", "{}", re.split(r"[?\s]", path)[0])


def rows() -> dict[tuple[str, str], str]:
    """Method and path -> what the column "who" says of it."""
    found: dict[tuple[str, str], str] = {}
    section = CONTRACT.partition("## 3. ")[2].partition("\n## ")[0]
    for line in section.splitlines():
        cells = re.split(r"(?<!\\)\|", line)
        if len(cells) < 4 or "`" not in cells[1]:
            continue
        routes: list[tuple[str, str]] = []
        for methods, path in re.findall(r"`((?:GET|POST|PUT|PATCH|DELETE)) ([^`\s]+(?:\s?\{[^`]*)?)", cells[1]):
            whole = path if not path.startswith("…") else _beginning(routes[0][1], path) + path.removeprefix("…")
            routes.append((methods, nameless(whole)))
        who = [each.strip() for each in cells[2].split("·")]
        who *= len(routes) if len(who) == 1 else 1
        found |= dict(zip(routes, who, strict=True))
        # One stands in another's row: `POST /…` (C A X, …).
        found |= {
            (method, nameless(path)): who
            for method, path, who in re.findall(r"`(GET|POST) (/[^`]+)` \(([CAX ]+),", cells[3])
        }
        # The second half of signing in is for whoever may begin it.
        found |= {
            (method, nameless(path)): "anyone"
            for method, path in re.findall(r"`(POST) (/auth/login/[^`]+)` \(", cells[3])
        }
    return found


def _beginning(first: str, rest: str) -> str:
    """What `…` stands for: the first path of the row up to where the rest begins, all of it where nothing follows."""
    tail = rest.removeprefix("…")
    return first[: first.index("/" + tail.split("/")[1])] if tail else first


def granted(who: str) -> dict[str, str | None]:
    """Role -> reach as far as the letters say it; None: however far."""
    roles: dict[str, str | None] = {LETTERS[each]: None for each in re.findall(r"\b[CAX]\b", who)}
    return roles | ({"client": "own"} if "C own" in who else {})


ROWS = rows()


def test_the_table_is_read() -> None:
    assert len(ROWS) > 55
    assert ROWS["GET", "/tickets/{}/attachments/{}"] == "C own, A, X"
    assert ROWS["POST", "/mail/unsubscribe"] == "anyone"
    assert ROWS["PUT", "/agents/{}/availability"] == "X"


def test_every_route_of_the_matrix_is_in_the_contract() -> None:
    built = {(action.split()[0], nameless(action.split()[1])) for action in MATRIX if not action.startswith("SUB")}
    assert built <= ROWS.keys()


@pytest.mark.parametrize("route", ROWS, ids=" ".join)
def test_every_route_of_the_contract_is_for_those_whom_it_names(route: tuple[str, str]) -> None:
    actions = [each for each in MATRIX if (each.split()[0], nameless(each.split()[1])) == route]
    if not actions:
        assert re.search(r"`/\w+(/\w+)?`", NOT_BUILT)
        named = [path for path in re.findall(r"`(/[\w/]+)`", NOT_BUILT) if path.count("/") > 1]
        assert any(path in route[1] for path in named), "not built, and the README doesn't say so"
        return
    [action] = actions
    if ROWS[route] == "anyone":
        assert MATRIX[action] is ANYONE
        return
    assert MATRIX[action] is not ANYONE
    have = {role: reach(role, action) for role in LETTERS.values() if reach(role, action)}
    said = REACHES.get(route) or granted(ROWS[route])
    assert have.keys() == said.keys()
    for role, far in have.items():
        assert said[role] in (None, far)


def test_no_role_is_forgotten_where_all_are_walked() -> None:
    assert sorted(ROLES) == sorted(LETTERS.values())


@pytest.mark.parametrize("destination", DESTINATIONS)
def test_a_destination_is_for_those_whom_the_contract_names(destination: str) -> None:
    have = {role: reach(role, f"SUBSCRIBE {destination}") for role in ROLES if reach(role, f"SUBSCRIBE {destination}")}
    assert have == DESTINATIONS[destination]


def test_every_destination_is_looked_at() -> None:
    assert {each.removeprefix("SUBSCRIBE ") for each in MATRIX if each.startswith("SUBSCRIBE")} == DESTINATIONS.keys()


@pytest.mark.parametrize("action", [each for each in MATRIX if each.startswith("SUBSCRIBE")])
def test_every_destination_of_the_matrix_is_in_the_contract(action: str) -> None:
    section = CONTRACT.partition("## 7. ")[2].partition("\n## ")[0]
    assert f"`{action.split()[1]}`" in section
