"""All that the local AWS knows of the application that it runs. `lambdesk/host.py` is Lambdesk; no package here but
`lambdesk` imports the application.
"""

import logging
from collections.abc import Callable, Collection
from typing import Protocol, TextIO


class Host(Protocol):
    """The application."""

    @property
    def settings(self) -> Collection[str]:
        """The environment variables that it reads its settings from."""

    @property
    def origins(self) -> Collection[str]:
        """Of pages that may read from its buckets: scheme, host and port."""

    @property
    def behind_http(self) -> Collection[str]:
        """Names of the functions, besides the API's own, that an HTTP request waits for."""

    @property
    def log(self) -> logging.Logger:
        """What its functions log with."""

    def log_to(self, stream: TextIO) -> None:
        """Has the log written there, a JSON object a line."""

    def keep_time_by(self, clock: Callable[[], float]) -> None:
        """Has it take the time from `clock`: seconds since the epoch."""
