"""What a function's process imports when it starts (docs/decisions/0009)."""

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@cache
def imported(handler: str | None) -> frozenset[str]:
    """The modules that a process has once it has imported app.py for this handler."""
    environment = {name: value for name, value in os.environ.items() if name != "_HANDLER"}
    if handler:
        environment["_HANDLER"] = handler
    told = subprocess.run(
        [sys.executable, "-c", "import sys, app; print(*sys.modules)"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return frozenset(told.stdout.split())


_PEOPLE = frozenset({"people", "audit", "auth", "edge"})
"""Accounts, and what they are made of: whoever reads a ticket's people has these."""
_TICKETS = _PEOPLE | {"tickets"}
_CHAT = _TICKETS | {"chat", "listening", "notifications"}

USES: dict[str, frozenset[str]] = {
    "on_ticket_change": _TICKETS | {"assignment"},
    "on_roster_change": _TICKETS | {"assignment"},
    "on_requeue": _TICKETS | {"assignment"},
    "sweep": _TICKETS | {"assignment"},
    "fan_out": frozenset({"tickets"}),
    "close_resolved": _TICKETS,
    "on_search": _TICKETS | {"search"},
    "on_metrics": _CHAT | {"metrics"},  # who watches the figures is told that they changed
    "check_metrics": _TICKETS | {"metrics"},
    "on_report_request": _TICKETS | {"listening", "metrics", "reports", "notifications"},
    "schedule_reports": _TICKETS | {"metrics", "reports"},
    "on_mail": _TICKETS | {"notifications", "inbox", "listening"},
    "on_account_change": _TICKETS | {"notifications"},  # the receipts wait for a confirmed address: fanout
    "on_mail_event": _PEOPLE | {"notifications"},
    "on_mail_in": _TICKETS | {"notifications", "inbox", "listening", "mail_in"},
    "on_upload": _TICKETS | {"attachments"},
    "websocket_connect": _CHAT,
    "websocket_message": _CHAT,
    "websocket_disconnect": _CHAT,
    "on_chat_message": _CHAT,
    "on_live": _CHAT | {"attachments", "inbox", "live", "timeline"},
    "on_team_change": _CHAT | {"live"},
    "on_account_status_change": _CHAT,
    "tell_unread": _CHAT,
    "sockjs": _CHAT,
    "end_silent": _CHAT,
}
"""Function -> the features that it uses."""

FEATURES = {path.parent.name for path in (ROOT / "chalicelib").glob("*/__init__.py")}


def features(modules: frozenset[str]) -> set[str]:
    """The features of which a module is there; a feature's empty package alone doesn't count."""
    return {parts[1] for module in modules if len(parts := module.split(".")) > 2 and parts[0] == "chalicelib"}


def test_every_function_has_a_row() -> None:
    functions = re.findall(r"^def (\w+)", (ROOT / "app.py").read_text(), re.MULTILINE)
    assert set(functions) == USES.keys()


@pytest.mark.parametrize("function", USES)
def test_a_function_loads_the_features_that_it_uses_and_no_other(function: str) -> None:
    modules = imported(f"app.{function}")
    assert features(modules) == USES[function]
    assert not {module for module in modules if module.startswith("chalicelib.") and module.endswith(".api")}
    assert not {"chalicelib.edge.mount", "email_validator", "fpdf", "pymupdf_fonts", "fontTools", "pyotp"} & modules
    if "chat" not in USES[function]:
        assert not {module for module in modules if module.startswith("chalicelib.") and module.endswith("schemas")}
    entries = {module for module in modules if module.startswith("chalicelib.") and module.endswith(".handlers")}
    assert len(entries) == 1, "its own feature's"


def test_the_fan_out_loads_neither_models_nor_validators() -> None:
    assert not {"pynamodb", "pydantic"} & imported("app.fan_out")


def test_the_http_function_loads_no_entry_point_of_others() -> None:
    modules = imported("app.app")
    assert features(modules) == FEATURES - {"assignment", "live"}
    assert not {"chalicelib.mail_in.parsing", "chalicelib.mail_in.service"} & modules
    assert not {module for module in modules if module.startswith("chalicelib.") and module.endswith(".handlers")}
    assert not {"email_validator", "pyotp"} & modules


def test_where_nobody_says_everything_is_there() -> None:
    assert features(imported(None)) == FEATURES


_INCOMPLETE = """
import app
from infra.local.lambdesk.host import complete_models
from chalicelib.tickets.schemas import CommentShown, TicketShown
assert not CommentShown.__pydantic_complete__, "built at the first use"
complete_models()
assert CommentShown.__pydantic_complete__ and TicketShown.__pydantic_complete__
"""


def test_where_threads_share_a_process_no_validator_waits_for_its_first_use() -> None:
    """Two that both are the first get each other's half-built: seen once, as a 500, in a drill."""
    subprocess.run([sys.executable, "-c", _INCOMPLETE], cwd=ROOT, check=True)
