"""What X-Ray is told, by the daemon's own protocol: a datagram with a line of JSON and the subsegment."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
TRACE = "1-5759e988-bd862e3fe1be46a994272793"
SEGMENT = "53995c3f42cd8ad8"

FOLLOWS_A_REQUEST = """
import boto3
from chalicelib.log import about
with about({requests}):
    try:
        boto3.client("dynamodb", endpoint_url="http://127.0.0.1:9").list_tables()
    except Exception:
        pass
"""


@pytest.fixture
def daemon() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.settimeout(0.2)
        yield listening


def told(daemon: socket.socket, code: str, **environment: str) -> list[dict[str, Any]]:
    """The subsegments that a function's process tells of while it runs this code."""
    port = daemon.getsockname()[1]
    lambda_ = {
        "LAMBDA_TASK_ROOT": str(ROOT),
        "_X_AMZN_TRACE_ID": f"Root={TRACE};Parent={SEGMENT};Sampled=1",
        "AWS_XRAY_DAEMON_ADDRESS": f"127.0.0.1:{port}",
        "AWS_MAX_ATTEMPTS": "1",
    }
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={**os.environ, **lambda_, **environment}, check=True)
    found = []
    while True:
        try:
            found.append(json.loads(daemon.recv(1 << 16).split(b"\n", 1)[1]))
        except TimeoutError:
            return found


def test_a_subsegment_has_the_requests_id_and_the_calls_that_it_made(daemon: socket.socket) -> None:
    call, ours = told(daemon, FOLLOWS_A_REQUEST.format(requests="'r-1'"), TRACING="true")
    assert (ours["trace_id"], ours["parent_id"]) == (TRACE, SEGMENT)
    assert ours["annotations"]["request_id"] == "r-1"
    assert (call["parent_id"], call["name"], call["aws"]["operation"]) == (ours["id"], "dynamodb", "ListTables")


def test_several_requests_are_all_named(daemon: socket.socket) -> None:
    _, ours = told(daemon, FOLLOWS_A_REQUEST.format(requests="'r-2', 'r-1'"), TRACING="true")
    assert "request_id" not in ours.get("annotations", {})
    assert ours["metadata"]["default"]["request_ids"] == ["r-1", "r-2"]


def test_nothing_is_told_and_nothing_loaded_unless_it_is_asked_for(daemon: socket.socket) -> None:
    code = FOLLOWS_A_REQUEST + "import sys; assert not [name for name in sys.modules if name.startswith('aws_xray')]"
    assert told(daemon, code.format(requests="'r-1'"), TRACING="false") == []
