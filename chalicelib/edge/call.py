"""What a handler gets and what it returns."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.edge.paging import PageRequest
from chalicelib.errors import Invalid, Unauthenticated
from chalicelib.origin import Origin
from chalicelib.permissions import Reach

_VERSION = re.compile(r'\s*(?:(?:W/)?"([^"]*)"|([0-9]+))?\s*(?:,|$)')
NO_VERSION = -1
"""The version that `if_match` returns for an entity tag that isn't one of ours: no ticket has it, so the answer is 412.
"""


@dataclass
class Call:
    """A request that has passed every check of its endpoint's declaration."""

    caller: Caller | None
    """The caller; None where no token is needed. Handlers use `me`."""
    path: Mapping[str, str]
    """The path's parameters, by name."""
    headers: Mapping[str, str]
    """Names are case-insensitive."""
    ip: str
    request_id: str
    reach: Reach | None = None
    """How far the caller's role reaches on this route (chalicelib.permissions)."""
    query: Any = None
    """The validated query: an instance of the endpoint's `query`."""
    body: Any = None
    """The validated body: an instance of the endpoint's `body`."""
    found: Any = None
    """What the endpoint's `finds` returned."""
    page: PageRequest = PageRequest()
    """For lists."""
    fresh_id: str = field(default_factory=ambient.new_id)
    """The id for the thing that this request creates. With an `Idempotency-Key` every attempt has the same id, so a
    retry after a crash finds what the first attempt created: write it on condition that it doesn't exist."""

    @property
    def origin(self) -> Origin:
        """The caller with address and request id, for the audit log."""
        agent = self.headers.get("User-Agent")
        return Origin(self.caller.id if self.caller else None, self.ip, self.request_id, agent)

    @property
    def me(self) -> Caller:
        """The caller, on a route that needs a token."""
        if self.caller is None:
            raise Unauthenticated
        return self.caller


@dataclass(frozen=True)
class Answer:
    """A handler's answer when there is more to say than a body: another status, headers (a list sends one several
    times). A `Content-Type` header and a `str` body are sent as they are."""

    body: Any = None
    status: int | None = None
    headers: Mapping[str, str | list[str]] = field(default_factory=dict)


def if_match(call: Call) -> frozenset[int] | None:
    """The versions that `If-Match` accepts; None without the header or with `*`. Takes lists (RFC 9110, 13.1.1), `"3"`
    and `W/"3"`: CloudFront weakens the tag of an answer that it compresses. Raises Invalid (422) when the header isn't
    a list of entity tags."""
    text = call.headers.get("If-Match")
    if text is None or text.strip() == "*":
        return None
    versions: set[int] = set()
    at = 0
    while at < len(text):
        found = _VERSION.match(text, at)
        if not found:
            versions.clear()
            break
        at = found.end()
        tag = found[1] if found[1] is not None else found[2]
        if tag is not None:
            versions.add(int(tag) if tag.isascii() and tag.isdigit() and len(tag) < 16 else NO_VERSION)
    if not versions:
        raise Invalid.field("If-Match", 'Give versions as entity tags, like "3" or "3", "4", or *.', "bad_version")
    return frozenset(versions)
