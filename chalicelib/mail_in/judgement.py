"""Judges whether an incoming mail is really from its sender, and whether a machine wrote it. Pure.

The sender is the only mailbox in the only From header. SES's verdicts say whether that is true, and they are judged
first. Other headers are believed in one thing only, because believing it harms nobody: that the mail is automatic.
"""

import re
from collections.abc import Mapping
from email.utils import unquote
from typing import Any, Literal, NamedTuple, get_args

from chalicelib.mail_in.mailboxes import Mailbox, NotUnderstood, mailboxes
from chalicelib.mail_in.mime import Headers
from chalicelib.mail_in.parsing import Mail
from chalicelib.mail_in.reasons import Reason

Check = Literal["spf", "dkim", "dmarc", "spam", "virus"]
CHECKS: tuple[Check, ...] = get_args(Check)
_UNSURE: Mapping[str, str] = {"spam": "PASS GRAY", "virus": "PASS GRAY"}

_MACHINES = frozenset({"mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply", "do-not-reply", "bounce"})
_BULK = frozenset({"auto_reply", "bulk", "junk"})
_AUTO_REPLIES = frozenset({"x-autoreply", "x-autorespond", "x-auto-reply"})
_AWAY = re.compile(
    r"(?:automatic reply|auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office(?: autoreply)?|autoreply|"
    r"automatische antwort|abwesenheits(?:notiz|assistent)|réponse automatique|respuesta automática|"
    r"resposta automática|risposta automatica|automatisch antwoord|autosvar|automaattinen vastaus|"
    r"odpowiedź automatyczna|automatická odpověď|автоматический ответ|автоответ|自動返信|自动回复|자동 회신)\s*[:：]",
    re.IGNORECASE,
)

Machine = Literal["machine", "list"]


class Doubtful(NamedTuple):
    """`by`: "machine": passed over whoever sent it; "list": counts as a person's if a party to a ticket answers."""

    by: Machine
    why: Reason


def failed(ses: Mapping[str, Any]) -> Check | None:
    """The check by which the mail is forged or harmful; None if all pass. Needs only SES's verdicts, not the mail."""
    for check in CHECKS:
        said = _verdict(ses, check)
        if said == "FAIL" or (check in _UNSURE and said not in _UNSURE[check].split()):
            return check
    return None


def sender_of(headers: Headers) -> Mailbox | None:
    """The claimed sender: the only mailbox of the only From header; None if there are several or none."""
    said = headers.all("from")
    if len(said) != 1:
        return None
    try:
        found = mailboxes(said[0])
    except NotUnderstood:
        return None
    return found[0] if len(found) == 1 else None


def is_proven(ses: Mapping[str, Any], sender: Mailbox, headers: Headers) -> bool:
    """Whether the verdicts prove the domain in From: by DMARC, or by SPF or DKIM if their domain (SPF: the envelope's)
    is the same, or one above or below it (RFC 7489, section 3.1)."""
    domain = sender.address.rpartition("@")[2].lower()
    if _verdict(ses, "dmarc") == "PASS":
        return True
    if _verdict(ses, "spf") == "PASS" and _aligned(domain, _envelope(ses).rpartition("@")[2]):
        return True
    if _verdict(ses, "dkim") != "PASS":
        return False
    signed = [re.search(r"(?:^|;)\s*d\s*=\s*([^;\s]+)", each) for each in headers.all("dkim-signature")]
    # SES says that one of the signatures is good, not which.
    return bool(signed) and all(each and _aligned(domain, each[1]) for each in signed)


def is_proven_by_dmarc(ses: Mapping[str, Any]) -> bool:
    return _verdict(ses, "dmarc") == "PASS"


def automatic(ses: Mapping[str, Any], sender: Mailbox | None, mail: Mail, ours: frozenset[str]) -> Doubtful | None:
    """Why the mail counts as a machine's (RFC 3834, RFC 2369); None if a person wrote it. `ours`: addresses that we
    send from."""
    header = mail.headers
    address = sender.address.lower() if sender else ""
    local = address.partition("@")[0]
    envelope = _envelope(ses)
    if not envelope or local in _MACHINES or local.startswith(("bounce+", "bounces+", "noreply+")):
        return Doubtful("machine", "no_sender_to_answer")
    if {address, envelope.lower()} & ours or local.startswith("reply+") or "x-lambdesk" in header:
        return Doubtful("machine", "our_own")
    if _word(header, "auto-submitted") not in ("", "no"):
        return Doubtful("machine", "auto_submitted")
    if _word(header, "precedence") in _BULK:
        return Doubtful("machine", "bulk")
    if any(_word(header, name) not in ("", "no") for name in _AUTO_REPLIES) or mail.is_report:
        return Doubtful("machine", "auto_reply")
    if "autoresponder" in header.raw("delivered-to").lower() or _AWAY.match(mail.subject.strip()):
        return Doubtful("machine", "auto_reply")
    if _word(header, "precedence") == "list" or any(name.startswith("list-") for name in header):
        return Doubtful("list", "list")
    return None


def _word(headers: Headers, name: str) -> str:
    """A header's first word, in lower case, without comments and parameters."""
    said = re.sub(r"\([^()]*\)", " ", headers.raw(name)).partition(";")[0].split()
    return unquote(said[0]).lower() if said else ""


def _envelope(ses: Mapping[str, Any]) -> str:
    """The envelope's sender; empty for mail that must not be answered (bounces)."""
    return str(ses["mail"].get("source") or "").strip().strip("<>").strip()


def _aligned(one: str, other: str) -> bool:
    one, other = one.lower().rstrip("."), other.lower().rstrip(".")
    if not one or not other or "." not in one or "." not in other:
        return False
    return one == other or one.endswith("." + other) or other.endswith("." + one)


def _verdict(ses: Mapping[str, Any], check: str) -> str:
    return str(ses["receipt"].get(f"{check}Verdict", {}).get("status"))
