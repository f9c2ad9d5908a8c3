"""The application's clock: real time, and what it was moved by. Moto and DynamoDB Local keep real time."""

import time

from chalicelib import ambient


class Clock:
    """Runs from `start` to `stop`."""

    def __init__(self) -> None:
        self.offset = 0.0
        self._moves: list[tuple[float, float]] = []

    def start(self) -> None:
        ambient.clock = self.time

    def stop(self) -> None:
        ambient.clock = time.time

    def time(self) -> float:
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        self.offset += seconds
        self._moves.append((time.time(), seconds))

    def as_moved_at(self, real: float) -> float:
        """What the clock showed at a moment of real time: of what AWS's own clients stamp."""
        return real + self.offset - sum(seconds for at, seconds in self._moves if at > real + 1)
