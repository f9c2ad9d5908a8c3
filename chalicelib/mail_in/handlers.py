"""Lambda entry point of incoming mail."""

from collections.abc import Mapping
from typing import Any

from chalicelib.mail_in import service
from chalicelib.measures import collected


@collected()
def mail_in(event: Mapping[str, Any]) -> dict[str, str]:
    """Handles a mail that SES has received and stored. Raises if it has to be tried again."""
    return {"became": service.receive(event["Records"][0]["ses"])}
