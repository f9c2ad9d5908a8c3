"""What SES reports about mail that it had accepted: bounces and complaints (docs/decisions/0012)."""

from collections.abc import Mapping
from email.utils import parseaddr
from typing import Any

from chalicelib.log import log
from chalicelib.people import reachability


def hear(event: Mapping[str, Any]) -> None:
    """Handles an event of the configuration set, as SES publishes it. After a permanent bounce or a complaint the
    address gets no more mail; after a temporary one the next mail is tried."""
    match event.get("eventType"):
        case "Bounce":
            bounce = event["bounce"]
            if bounce["bounceType"] == "Permanent":
                _refuse(bounce["bouncedRecipients"], "bounce")
        case "Complaint":
            _refuse(event["complaint"]["complainedRecipients"], "complaint")
        case other:
            log.error("SES says something of a mail", extra={"event": str(other)})


def _refuse(recipients: list[Mapping[str, str]], reason: reachability.Reason) -> None:
    for recipient in recipients:
        known = reachability.refuse_address(parseaddr(recipient["emailAddress"])[1], reason)
        log.info("an address takes no mail", extra={"reason": reason, "known": known})
