"""What a function's process imports when it starts (docs/decisions/0009)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def imported(handler: str | None) -> set[str]:
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
    return set(told.stdout.split())


@pytest.mark.parametrize("handler", ["app.on_ticket_change", "app.on_roster_change", "app.on_requeue", "app.sweep"])
def test_a_consumer_loads_nothing_of_http(handler: str) -> None:
    modules = imported(handler)
    assert "chalicelib.assignment.service" in modules
    assert not {module for module in modules if module.endswith((".api", ".schemas"))}
    assert not {"email_validator", "chalicelib.edge.mount"} & modules


def test_the_http_function_loads_no_consumer() -> None:
    modules = imported("app.app")
    assert "chalicelib.tickets.api" in modules
    assert not {"chalicelib.assignment.handlers", "chalicelib.assignment.service", "email_validator"} & modules


def test_where_nobody_says_everything_is_there() -> None:
    assert {"chalicelib.assignment.handlers", "chalicelib.tickets.api"} <= imported(None)


@pytest.mark.parametrize("handler", ["app.fan_out", "app.on_metrics", "app.on_report_request"])
def test_nobody_loads_what_only_drawing_takes(handler: str) -> None:
    modules = imported(handler)
    assert not {"fpdf", "pymupdf_fonts", "fontTools", "chalicelib.assignment.service"} & modules


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
