"""Whether a mail that came in may speak for its sender, and whether a machine wrote it. Pure.

Who sent it is the envelope's sender, and only SES's verdicts say whether that is true: the headers of a mail are its
sender's to write. They are read for one thing alone, which it hurts nobody to believe: that it is automatic.
"""

import re
from collections.abc import Mapping
from typing import Any

from chalicelib.mail_in.parsing import Mail

CHECKS = ("spf", "dkim", "dmarc", "spam", "virus")
_UNSURE = {"spam": "PASS GRAY", "virus": "PASS GRAY"}

_BATV = re.compile(r"(?:prvs|btv1)=[^=]*=+", re.IGNORECASE)
"""What some servers put before the sender's address (Bounce Address Tag Validation)."""

_MACHINES = frozenset({"mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply", "do-not-reply", "bounce"})
_BULK = frozenset({"auto_reply", "bulk", "junk", "list"})


def sender_of(ses: Mapping[str, Any]) -> str:
    """The envelope's sender; empty for what must not be answered (bounces)."""
    return _BATV.sub("", str(ses["mail"].get("source") or "").strip().strip("<>"))


def unsafe(ses: Mapping[str, Any]) -> str | None:
    """Which check says that the mail is not what it says, of one whose content can't be read."""
    said = {check: str(ses["receipt"].get(f"{check}Verdict", {}).get("status")) for check in CHECKS}
    return next((check for check in CHECKS if said[check] == "FAIL"), None)


def doubt(ses: Mapping[str, Any], sender: str, mail: Mail) -> str | None:
    """Why the mail can't be taken for its sender's, None if it can: nothing failed, and the sender's domain is proven,
    by SPF or, where the mail names the same sender, by DMARC."""
    said = {check: str(ses["receipt"].get(f"{check}Verdict", {}).get("status")) for check in CHECKS}
    for check in CHECKS:
        if said[check] == "FAIL" or (check in _UNSURE and said[check] not in _UNSURE[check].split()):
            return check
    if said["spf"] == "PASS" or (said["dmarc"] == "PASS" and mail.sender == sender.lower()):
        return None
    return "unproven"


def automatic(sender: str, mail: Mail, ours: frozenset[str]) -> str | None:
    """Why it is to be passed over as a machine's (RFC 3834, RFC 2369), None if a person wrote it. `ours`: addresses
    that we send from."""
    header = mail.headers
    local = sender.partition("@")[0].lower()
    if not sender or local in _MACHINES or local.startswith(("bounce+", "bounces+", "noreply+")):
        return "no sender to answer"
    if sender.lower() in ours or local.startswith("reply+") or "x-lambdesk" in header:
        return "our own"
    if header.get("auto-submitted", "no").partition(";")[0].strip().lower() != "no":
        return "auto-submitted"
    if header.get("precedence", "").strip().lower() in _BULK:
        return "bulk"
    if any(name.startswith("list-") for name in header):
        return "list"
    if {"x-autoreply", "x-autorespond", "x-auto-reply"} & header.keys() or mail.is_report:
        return "auto-reply"
    return None
