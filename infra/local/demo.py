"""What has to be in the tables before the runner is ready: the demo accounts, and the settings' weights."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from infra.local.stack import Stack

PASSWORD = "demo-password-1"


def prepare(stack: "Stack") -> None:
    """Called once everything runs and nobody is served yet."""
