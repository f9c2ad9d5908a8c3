"""The application's clock: real time, and what it was moved by. Moto and DynamoDB Local keep real time; what the
application signs is stamped by its own clock, so that presigned addresses run out by it.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from unittest.mock import patch

import botocore.auth
import botocore.signers

from infra.local.host import Host


class Clock:
    """Runs from `start` to `stop`."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self.offset = 0.0
        self.on_move: list[Callable[[], object]] = []
        """Called whenever the clock was moved."""
        self._stamps = [
            patch.object(module, "get_current_datetime", self._stamp) for module in (botocore.auth, botocore.signers)
        ]

    def start(self) -> None:
        self._host.keep_time_by(self.time)
        for stamps in self._stamps:
            stamps.start()

    def stop(self) -> None:
        self._host.keep_time_by(time.time)
        for stamps in self._stamps:
            stamps.stop()

    def time(self) -> float:
        return time.time() + self.offset

    def timestamp(self) -> str:
        """The time as AWS writes it: RFC 3339, UTC, milliseconds, `Z`."""
        return self._stamp(False).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def advance(self, seconds: float) -> None:
        self.offset += seconds
        for tell in self.on_move:
            tell()

    def _stamp(self, remove_tzinfo: bool = True) -> datetime:
        now = datetime.fromtimestamp(self.time(), UTC)
        return now.replace(tzinfo=None) if remove_tzinfo else now
