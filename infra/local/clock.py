"""The application's clock: real time, and what it was moved by. Moto and DynamoDB Local keep real time."""

import time

from chalicelib import ambient


class Clock:
    """Runs from `start` to `stop`."""

    def __init__(self) -> None:
        self.offset = 0.0

    def start(self) -> None:
        ambient.clock = self.time

    def stop(self) -> None:
        ambient.clock = time.time

    def time(self) -> float:
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        self.offset += seconds
