"""Functions run from the unpacked artefact, each in an interpreter of its own that sees nothing else, as in Lambda."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Any

from chalicelib.settings import Settings
from infra.local.functions.runtime import HTTP, Context
from infra.local.stack import Stack

_RUN = """
import json, sys, traceback
folder, _, name = sys.argv[1], sys.path.insert(0, sys.argv[1]), sys.argv[2]
answers, sys.stdout = sys.stdout, sys.stderr
assert not [path for path in sys.path if "site-packages" in path or "dist-packages" in path], sys.path
handler = getattr(__import__("app"), name)
print("ready", file=answers, flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    context = type("Context", (), {**asked["context"], "get_remaining_time_in_millis": lambda self: 20_000})()
    try:
        answer = {"answer": handler(asked["event"], context)}
    except Exception:
        answer = {"error": traceback.format_exc()}
    print(json.dumps(answer), file=answers, flush=True)
"""


class Artefact:
    """Stands behind a Stack's functions. `events`: what each was invoked with."""

    def __init__(self, folder: Path, stack: Stack) -> None:
        self._folder = folder
        self.stack = stack
        self._processes: dict[str, subprocess.Popen[str]] = {}
        self._locks = {name: threading.Lock() for name in stack.functions.by_name}
        self.events: dict[str, list[Any]] = {}
        self.errors: list[str] = []
        functions = stack.functions.by_name
        for name in functions:
            self._start(name)
        for name, function in list(functions.items()):
            functions[name] = replace(function, handler=partial(self, name))

    def __call__(self, name: str, event: Any, context: Context) -> Any:
        """One at a time for each function."""
        with self._locks[name]:
            self.events.setdefault(name, []).append(event)
            process = self._processes[name]
            assert process.stdin
            assert process.stdout
            known = {key: value for key, value in vars(context).items() if not key.startswith("_")}
            process.stdin.write(json.dumps({"event": event, "context": known}) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        told = json.loads(line) if line else {"error": f"{name} ended with {process.wait()}"}
        if "error" in told:
            self.errors.append(told["error"])
            raise RuntimeError(told["error"])
        return told["answer"]

    def __enter__(self) -> "Artefact":
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes.values():
            with process:
                process.terminate()

    def _start(self, name: str) -> None:
        """Beforehand, one after the other: a busy machine takes longer to import than the gateway waits."""
        handler = "app" if name == HTTP else name
        program = Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
        process = subprocess.Popen(
            [program, "-I", "-S", "-c", _RUN, self._folder, handler],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=self._folder,
            env=self._environment(name, f"app.{handler}"),
            text=True,
        )
        self._processes[name] = process
        assert process.stdout
        assert process.stdout.readline() == "ready\n", name

    def _environment(self, name: str, handler: str) -> Mapping[str, str]:
        """The function's settings, and AWS at the local runner's door, with the rights of this function."""
        settings = {field.name.upper() for field in fields(Settings) if field.init}
        given = {
            key: value
            for key, value in os.environ.items()
            if key in settings or key.startswith(("AWS_", "POWERTOOLS_"))
        }
        return given | {
            "_HANDLER": handler,
            "AWS_ACCESS_KEY_ID": name,
            "AWS_ENDPOINT_URL": f"{self.stack.url}/_local/aws",
            "WEBSOCKET_URL": f"{self.stack.url}/_local/aws",
            "AWS_ENDPOINT_URL_S3": f"{self.stack.url}/_local/s3",
        }
