"""`python -m infra.local`: everything on one machine. See `docs/local.md` for the settings."""

import gc
import logging
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

from infra.local import reload
from infra.local.errors import CannotStart
from infra.local.lambdesk import demo, webclient

if TYPE_CHECKING:
    from infra.local.stack import Stack

_RARELY = (100_000, 20, 100)
"""When garbage is looked for: thresholds of `gc`."""


def main() -> int:
    """Runs until it is told to stop. Returns 2 if it could not start, after saying why in one sentence."""
    try:
        if _flag("RELOAD", "0", "1 starts anew whenever the source changes, 0 doesn't"):
            return reload.run(_port())
        return _serve()
    except CannotStart as reason:
        print(f"Lambdesk can't start: {reason}", file=sys.stderr)
        return 2


def _serve() -> int:
    """Raises CannotStart."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    try:
        from infra.local.stack import Stack  # its modules read the settings
    except ValueError as error:
        raise CannotStart(str(error)) from None
    with webclient.prepared(os.environ.get("WEB", "1"), _port()) as site:
        stack = Stack(os.environ.get("ENGINE", "moto"), _port(), demo=_demo(), site=site)
        stack.start()
        _until_stopped(stack, stopped)
    return 0


def _until_stopped(stack: "Stack", stopped: threading.Event) -> None:
    # What is there now stays, and looking through it again and again for garbage would take a tenth of the time.
    gc.freeze()
    gc.set_threshold(*_RARELY)
    print(_greeting(stack), flush=True)
    stopped.wait()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    stack.stop()


def _port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or int(text) > 65535:
        raise CannotStart(f"PORT={text!r} is not a port: give a number from 0 (any free one) to 65535.")
    return int(text)


def _demo() -> str:
    text = os.environ.get("DEMO", "1")
    if text not in demo.DEMOS:
        known = ", ".join(f"{name} {what}" for name, what in demo.DEMOS.items())
        raise CannotStart(f"DEMO={text!r} is not known: {known}.")
    return text


def _flag(name: str, default: str, known: str) -> bool:
    text = os.environ.get(name, default)
    if text not in ("0", "1"):
        raise CannotStart(f"{name}={text!r} is not known: {known}.")
    return text == "1"


def _greeting(stack: "Stack") -> str:
    lines = [
        f"Lambdesk is ready at {stack.url} (engine {stack.engine.name}).",
        f"  API {stack.url}/api/ · documented at {stack.url}/api/docs · local runner at {stack.url}/_local/",
    ]
    password = f"password of each: {demo.PASSWORD}"
    if _demo() == "0":
        password = "password: ADMIN_PASSWORD" if "ADMIN_PASSWORD" in os.environ else f"password: {demo.PASSWORD}"
    lines.append(f"  Accounts {', '.join(stack.accounts)} ({password})")
    if stack.making_desk:
        lines.append("  A desk of three weeks is being made in the background; DEMO=small leaves it out.")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
