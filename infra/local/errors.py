"""Why the local runner doesn't start."""

import shlex
from pathlib import Path


class CannotStart(Exception):
    """Its message is one clear sentence for the person who ran it; the process ends with code 2."""


def afresh(folder: Path | None) -> str:
    """The command that forgets what is kept there."""
    return f"rm -r {shlex.quote(str(folder))}"
