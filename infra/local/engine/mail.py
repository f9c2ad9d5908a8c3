"""The mail that the application sent through SES, in order, for people and tests to read."""

import base64
import email
import email.policy
import threading
from collections.abc import Callable, Iterable
from email.message import EmailMessage
from typing import Any

from moto.ses.models import ses_backends

from infra.local.engine.account import ACCOUNT, REGION
from infra.local.engine.calls import Call
from infra.local.engine.clock import Clock


class Outbox:
    """The messages that SES took."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.on_accept: Callable[[dict[str, Any]], object] | None = None
        """Told of each message before its sender is answered."""
        self._messages: list[dict[str, Any]] = []
        self._lock = threading.Lock()

    @property
    def messages(self) -> list[dict[str, Any]]:
        with self._lock:
            return list(self._messages)

    def before(self, call: Call) -> None:
        """Accepts any sender: which addresses are verified depends on the real account."""
        sender = call.params.get("FromEmailAddress", "")
        if "@" in sender:
            domain = email.utils.parseaddr(sender)[1].rpartition("@")[2]
            ses_backends[ACCOUNT][REGION].verify_domain(domain)

    def accept(self, call: Call) -> None:
        """Remembers a message that SES has taken (sesv2:SendEmail)."""
        params = call.params
        content = params["Content"]
        message = _raw(content["Raw"]["Data"]) if "Raw" in content else _simple(content.get("Simple", {}))
        destination = params.get("Destination", {})
        everyone = [*_addresses(destination, "To"), *_addresses(destination, "Cc"), *_addresses(destination, "Bcc")]
        if replies := params.get("ReplyToAddresses"):
            message["headers"].setdefault("Reply-To", ", ".join(replies))
        message |= {
            "to": everyone or message["to"],
            "from": params.get("FromEmailAddress") or message["from"],
            "sent_at": self._clock.timestamp(),
        }
        with self._lock:
            self._messages.append(message)
            if self.on_accept:
                self.on_accept(message)

    def restore(self, message: dict[str, Any]) -> None:
        """Puts back one that was kept."""
        with self._lock:
            self._messages.append(message)


def _addresses(destination: dict[str, Any], kind: str) -> list[str]:
    addresses: list[str] = destination.get(f"{kind}Addresses") or []
    return addresses


def _simple(content: dict[str, Any]) -> dict[str, Any]:
    body = content.get("Body", {})
    return {
        "to": [],
        "from": "",
        "subject": content.get("Subject", {}).get("Data", ""),
        "text": body.get("Text", {}).get("Data", ""),
        "html": body.get("Html", {}).get("Data", ""),
        "headers": {header["Name"]: header["Value"] for header in content.get("Headers", [])},
    }


def _raw(encoded: str) -> dict[str, Any]:
    parsed = email.message_from_bytes(base64.b64decode(encoded), policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    return {
        "to": _all_of(parsed.get_all("To", [])),
        "from": str(parsed.get("From", "")),
        "subject": str(parsed.get("Subject", "")),
        "text": _part(parsed, "plain"),
        "html": _part(parsed, "html"),
        "headers": {name: str(value) for name, value in parsed.items()},
    }


def _all_of(headers: Iterable[Any]) -> list[str]:
    return [str(address) for header in headers for address in header.addresses]


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""
