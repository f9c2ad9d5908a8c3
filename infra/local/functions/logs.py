"""What functions log, which in Lambda is CloudWatch's: kept, and printed for people to read."""

import json
import sys
import threading
from collections import defaultdict, deque
from typing import Any, TextIO, cast

from infra.local.engine.invocations import Invocation, current
from infra.local.host import Host

KEPT = 20_000
"""Lines."""

_UNSAID = frozenset({"level", "location", "message", "timestamp", "service", "exception", "exception_name"})


class Logs:
    """Where the log goes from `start` to `stop`. What no function says goes through as it is."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self.lines: deque[dict[str, Any]] = deque(maxlen=KEPT)
        """Each line that was JSON, with `function` and `invocation`; another's text as `message`."""
        self.figures: defaultdict[str, float] = defaultdict(float)
        """Of each business figure (measures.py), what was written adds up to."""
        self._begun: dict[str, str] = defaultdict(str)
        self._writing = threading.Lock()

    def start(self) -> None:
        self._host.log_to(cast(TextIO, self))
        # Otherwise the root logger, which prints the runner's own lines, would say each line a second time.
        self._host.log.propagate = False

    def stop(self) -> None:
        self._host.log.propagate = True
        self._host.log_to(sys.stdout)

    def about(self, request_id: str | None = None) -> list[dict[str, Any]]:
        """The lines of a request and of its consequences, or all."""
        with self._writing:
            lines = list(self.lines)
        if request_id is None:
            return lines
        return [
            line for line in lines if line.get("request_id") == request_id or request_id in line.get("request_ids", ())
        ]

    def write(self, text: str) -> int:
        run = current.get()
        if run is None:
            return sys.stdout.write(text)
        with self._writing:
            whole, _, self._begun[run.request_id] = (self._begun[run.request_id] + text).rpartition("\n")
            if not self._begun[run.request_id]:
                del self._begun[run.request_id]
            for line in whole.splitlines():
                self._keep(run, line)
        return len(text)

    def flush(self) -> None:
        sys.stdout.flush()

    def _keep(self, run: Invocation, text: str) -> None:
        try:
            line = json.loads(text)
        except ValueError:
            line = None
        if not isinstance(line, dict):
            line = {"message": text}
        line |= {"function": run.function, "invocation": run.request_id}
        self.lines.append(line)
        if "_aws" in line:
            for name in _names(line):
                self.figures[name] += _sum(line[name])
        sys.stdout.write(readable(line) + "\n")


def readable(line: dict[str, Any]) -> str:
    """A kept line for people: `on_ticket_change INFO ticket assigned request_id=… ticket_id=…`."""
    if "_aws" in line:
        return f"{line['function']} METRIC {' '.join(f'{name}={_sum(line[name]):g}' for name in _names(line))}"
    said = [f"{name}={value}" for name, value in line.items() if name not in {*_UNSAID, "function", "invocation"}]
    text = " ".join([line["function"], line.get("level", "INFO"), str(line.get("message", "")), *said])
    return "\n".join([text, line["exception"]]) if "exception" in line else text


def _names(line: dict[str, Any]) -> list[str]:
    """The figures of a line in the embedded metric format."""
    return [metric["Name"] for metric in line["_aws"]["CloudWatchMetrics"][0]["Metrics"]]


def _sum(value: Any) -> float:
    return float(sum(value)) if isinstance(value, list) else float(value)
