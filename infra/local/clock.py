"""The application's clock: real time, and what it was moved by. Moto and DynamoDB Local keep real time; what the
application signs is stamped by its own clock, so that presigned addresses run out by it.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from unittest.mock import patch

import botocore.auth

from chalicelib import ambient


class Clock:
    """Runs from `start` to `stop`."""

    def __init__(self) -> None:
        self.offset = 0.0
        self.on_advance: Callable[[float], object] | None = None
        """Told of each new offset."""
        self._stamps = patch.object(botocore.auth, "get_current_datetime", self._stamp)

    def start(self) -> None:
        ambient.clock = self.time
        self._stamps.start()

    def stop(self) -> None:
        ambient.clock = time.time
        self._stamps.stop()

    def time(self) -> float:
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        self.offset += seconds
        if self.on_advance:
            self.on_advance(self.offset)

    def _stamp(self, remove_tzinfo: bool = True) -> datetime:
        now = datetime.fromtimestamp(self.time(), UTC)
        return now.replace(tzinfo=None) if remove_tzinfo else now
