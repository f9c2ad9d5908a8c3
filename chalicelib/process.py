"""Which of app.py's Lambda functions this process serves, from the environment that Lambda sets
(docs/decisions/0009)."""

import os

_HANDLER = os.environ.get("_HANDLER")
"""`app.on_mail`, say. Not set in the local runner, in tests and while packaging."""


def serves(*functions: str) -> bool:
    """Whether this process serves one of these functions (`app` is the HTTP function). Always true where Lambda doesn't
    say which function it is."""
    return _HANDLER is None or _HANDLER.removeprefix("app.") in functions
