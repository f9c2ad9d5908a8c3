"""What SES says of mail that it had taken: it came back, somebody called it spam (docs/decisions/0012)."""

from collections.abc import Mapping
from email.utils import parseaddr
from typing import Any

from chalicelib.log import log
from chalicelib.people import reachability


def hear(event: Mapping[str, Any]) -> None:
    """Takes an event of the configuration set, as SES publishes it. An address that bounced for good, or complained,
    gets no more mail; one that only didn't answer may be tried again, with the next mail."""
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
