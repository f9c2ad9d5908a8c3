"""Which of app.py's functions this process is for: Lambda says so before anything is imported (docs/decisions/0009)."""

import os

_HANDLER = os.environ.get("_HANDLER")
"""`app.on_mail`, say. Not set in the local runner, in tests and while packaging."""


def serves(*functions: str) -> bool:
    """Whether the process is for one of these functions, `app` being that of HTTP; where nobody says, for all."""
    return _HANDLER is None or _HANDLER.removeprefix("app.") in functions
