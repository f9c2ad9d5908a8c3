"""`Idempotency-Key` (contract §2): a request sent twice is carried out once, and answered the same both times. Why not
powertools' idempotency: docs/decisions/0003-idempotency.md.
"""

import contextlib
import hashlib
import json
import math
from collections.abc import Callable
from typing import Any

from pynamodb.exceptions import DeleteError, DoesNotExist, PutError, PynamoDBException, UpdateError
from pynamodb.expressions.condition import Condition

from chalicelib import ambient
from chalicelib.dynamo import LostRace, until_it_holds
from chalicelib.edge.call import Call
from chalicelib.edge.endpoint import Endpoint
from chalicelib.edge.models import Attempt
from chalicelib.edge.render import Rendered
from chalicelib.errors import Conflict, FieldError, Invalid, Refused
from chalicelib.log import log

REMEMBERED = 24 * 3600
"""Seconds for which an answer is repeated."""

LEASE = 10
"""Seconds after which an attempt counts as crashed. If it is only slow, no harm is done: the retry uses the same id for
what it creates."""
QUICK = 2
"""Seconds in which nearly all are done."""

_KEPT_HEADERS = ("ETag", "Location")


def key_of(call: Call) -> str | None:
    """The header's value, None without it. Raises Invalid unless it is 1 to 128 visible ASCII characters."""
    key = call.headers.get("Idempotency-Key")
    if key is not None and not (1 <= len(key) <= 128 and all("!" <= character <= "~" for character in key)):
        raise Invalid.field("Idempotency-Key", "Must be 1 to 128 visible ASCII characters, without spaces.", "bad_key")
    return key


def once(call: Call, endpoint: Endpoint, key: str, sent: Any, run: Callable[[], Rendered]) -> Rendered:
    """Calls `run`, unless it ran before for this caller, route, key and body (`sent`: the parsed JSON); then answers
    what it answered. Raises Conflict for another body, and while another attempt is under way."""
    attempt = _attempt(call, endpoint, key, sent)
    if attempt.status is not None:
        return _again(call, endpoint, attempt)
    # Whether an attempt before this one may have done something.
    resumed = attempt.fresh_id != call.fresh_id
    call.fresh_id = attempt.fresh_id
    try:
        rendered = run()
    except Exception as error:
        nothing_done = isinstance(error, Refused) and error.status < 500 and not resumed
        _end(attempt, forget=nothing_done)
        raise
    _remember(attempt, rendered)
    return rendered


def _attempt(call: Call, endpoint: Endpoint, key: str, sent: Any) -> Attempt:
    """The record for this key: claimed by this attempt, or with the answer of an earlier one."""
    route = [call.me.id, endpoint.method, endpoint.path, dict(call.path), key]
    new = Attempt(
        key="idempotency#" + _digest(route),
        body_hash=_digest(sent),
        fresh_id=call.fresh_id,
        holder=ambient.secret(12),
    )

    def hold() -> Attempt:
        now = ambient.clock()
        new.held_until = now + LEASE
        new.expires_at = int(now) + REMEMBERED
        if _save(new, Attempt.key.does_not_exist() | (Attempt.expires_at <= int(now))):
            return new
        try:
            old = Attempt.get(new.key, consistent_read=True)
        except DoesNotExist:  # another attempt failed just now, and let it go
            raise LostRace from None
        if old.holder == new.holder:  # our write was done, though the engine said that it failed
            return new
        if not _may_take_over(old, new, now):
            return old
        if not _save(new, Attempt.holder == old.holder):
            raise LostRace
        return new

    return until_it_holds(hold)


def _may_take_over(old: Attempt, new: Attempt, now: float) -> bool:
    """Takes over an old record; False if it holds an answer. Raises Conflict while it is under way, or if its answer
    belongs to another body."""
    same = old.body_hash == new.body_hash
    if old.status is not None:
        if same:
            return False
        raise Conflict(
            "This Idempotency-Key was used with another body. Take a new key for a new request.",
            errors=(FieldError("Idempotency-Key", "Was used with another body.", "key_used"),),
        )
    if old.held_until > now:
        left = old.held_until - now
        # Most are done within a second; one that isn't may have died, and then the lease has to run out.
        wait = 1 if left > LEASE - QUICK else math.ceil(left)
        raise Conflict(
            "The first request with this Idempotency-Key is still under way.", headers={"Retry-After": str(wait)}
        )
    # It crashed, or the engine failed it: we can't know what it did. The same request goes on with the same id.
    if same:
        new.fresh_id = old.fresh_id
    return True


def _save(attempt: Attempt, condition: Condition) -> bool:
    """Whether the condition held."""
    try:
        attempt.save(condition=condition)
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True


def _again(call: Call, endpoint: Endpoint, attempt: Attempt) -> Rendered:
    text = attempt.answer or ""
    if endpoint.replay and text:
        text = json.dumps(endpoint.replay(call, json.loads(text)), ensure_ascii=False)
    headers = {**(attempt.headers or {}), "Idempotent-Replayed": "true"}
    return Rendered(int(attempt.status), headers, text)


def _remember(attempt: Attempt, rendered: Rendered) -> None:
    """Stores the answer. A failure here is ignored: the request is done, and a retry does it again with the same id."""
    headers = {name: value for name, value in rendered.headers.items() if name in _KEPT_HEADERS}
    try:
        attempt.update(
            actions=[
                Attempt.status.set(rendered.status),
                Attempt.headers.set(headers),
                Attempt.answer.set(rendered.body),
                Attempt.held_until.set(0),
                Attempt.expires_at.set(int(ambient.clock()) + REMEMBERED),
            ],
            condition=Attempt.holder == attempt.holder,
        )
    except PynamoDBException as error:
        log.warning("an answer could not be remembered", extra={"cause": error.cause_response_code})


def _end(attempt: Attempt, forget: bool) -> None:
    """Gives the claim up: only 2xx are remembered. If the attempt may have written something, its id stays for the
    retry."""
    mine = Attempt.holder == attempt.holder
    with contextlib.suppress(DeleteError, UpdateError):  # then it ends by itself, with its lease
        if forget:
            attempt.delete(condition=mine)
        else:
            attempt.update(actions=[Attempt.held_until.set(0)], condition=mine)


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
