"""The addresses that our mail carries: where a reply goes, what unsubscribes, and the id that makes one thread of a
ticket's mails. Signed, so that none can be made up.

A reply goes to `reply+<ticket id><signature>@…`: 48 letters and digits that mean the same in lower case (local parts
have at most 64 octets, RFC 5321, and may arrive lower-cased). The signature, 80 bits, is of ticket and recipient:
whoever sends from another account has none.
"""

import base64
import hmac
import re
from email.utils import parseaddr
from typing import Literal

from chalicelib import keys
from chalicelib.settings import settings

_MAC_BYTES = 10
_ULID = 26
_REPLY = re.compile(r"reply\+([0-9a-z]{26})([a-z2-7]{16})", re.IGNORECASE | re.ASCII)


def sender() -> str:
    """The address that mail comes from, bare and in lower case: mail to it opens a ticket."""
    return parseaddr(settings.mail_from)[1].lower()


def domain() -> str:
    """Where mail comes in."""
    return settings.mail_in_domain or sender().rpartition("@")[2]


def support() -> str:
    """Where mail opens a ticket. Any other address there does too."""
    return sender() if sender().endswith("@" + domain()) else f"help@{domain()}"


def reply_to(ticket_id: str, account_id: str) -> str:
    """Where this recipient's answer about this ticket goes."""
    return f"reply+{ticket_id}{_signed('reply', ticket_id, account_id)}@{domain()}".lower()


def is_reply(address: str) -> bool:
    """Whether it is meant as one of those, good or not."""
    return address.lower().startswith("reply+")


def ticket_of(address: str) -> str | None:
    """The ticket that an address of ours names; None if it names none. Whose it is: see `is_of`."""
    found = _REPLY.fullmatch(address.rpartition("@")[0])
    return found[1].upper() if found else None


def is_of(address: str, account_id: str) -> bool:
    """Whether it was given to this account."""
    found = _REPLY.fullmatch(address.rpartition("@")[0])
    return found is not None and _is_signed(found[2], "reply", found[1].upper(), account_id)


def thread(ticket_id: str) -> str:
    """For `References` and `In-Reply-To`: the same in all mails of a ticket, for SES gives each a Message-ID of its
    own."""
    return f"<ticket-{ticket_id.lower()}@{domain()}>"


def threads(references: str) -> list[str]:
    """Ids of the tickets that `References` or `In-Reply-To` name, the latest first."""
    ours = re.compile(rf"<ticket-([0-9a-z]{{26}})@{re.escape(domain())}>", re.IGNORECASE | re.ASCII)
    return [found.upper() for found in dict.fromkeys(reversed(ours.findall(references[:10_000])))][:5]


def unsubscribe_token(account_id: str) -> str:
    return f"{account_id}.{_signed('unsubscribe', account_id)}"


def unsubscribed(token: str) -> str | None:
    """Whose token it is; None if nobody's."""
    account_id, _, mac = token.partition(".")
    return account_id if _is_signed(mac, "unsubscribe", account_id) else None


def _signed(purpose: Literal["reply", "unsubscribe"], *what: str) -> str:
    mac = hmac.digest(keys.lasting_key(purpose), "\n".join(what).encode(errors="replace"), "sha256")[:_MAC_BYTES]
    return base64.b32encode(mac).decode().lower()


def _is_signed(mac: str, purpose: Literal["reply", "unsubscribe"], *what: str) -> bool:
    return hmac.compare_digest(mac.lower().encode(errors="replace"), _signed(purpose, *what).encode())
