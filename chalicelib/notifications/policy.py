"""Which mails there are, and what each is about. Pure tables.

`SECURITY` mail goes to the person whom it concerns whatever they turned off (contract §8). Mail about tickets will
have its own table here: event, and whom it tells.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Mail(NamedTuple):
    """`template`: name of the two files in `templates/`. `page`: where in the web client its link leads."""

    template: str
    subject: str
    page: str = ""


SECURITY: Mapping[str, Mail] = {
    "verification": Mail("verification", "Confirm your e-mail address", page="verify-email"),
    "invitation": Mail("invitation", "You are invited", page="accept-invitation"),
    "reset": Mail("reset", "Set a new password", page="reset-password"),
    "password_changed": Mail("password_changed", "Your password was changed", page="forgot-password"),
}
"""Attribute `mail` of what was written in `accounts` -> the mail that follows from it."""
