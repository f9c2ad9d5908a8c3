"""The structured log: one JSON object a line on standard output, which is CloudWatch's in Lambda.

    from chalicelib.log import log
    log.info("ticket queued", extra={"ticket_id": ticket.id})

Never log bodies, tokens, addresses or names. What `about` was given is on every line. `request_id` is that of the
request from which everything follows: changes carry it through streams and queues (docs/decisions/0008), so that one
search finds a request with all its consequences.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TextIO, cast

from aws_lambda_powertools.logging import Logger

# Not "lambdesk": Chalice takes the logger of the app's name for its own and turns it down to errors.
log = Logger(service="helpdesk")

_request: ContextVar[str | None] = ContextVar("request", default=None)


def stream() -> TextIO:
    """Where the log goes: for lines of another form."""
    handler = log.registered_handler
    assert isinstance(handler, logging.StreamHandler)
    return cast(TextIO, handler.stream)


def request_id() -> str | None:
    """The request that all this follows from; None outside of any, and where several are worked out together."""
    return _request.get()


@contextmanager
def about(*requests: str | None) -> Iterator[None]:
    """Puts the request on every line written inside; of several requests, all of them as `request_ids`. By thread, as
    the local runner has several at once."""
    known = sorted({each for each in requests if each})
    only = known[0] if len(known) == 1 else None
    keys = {"request_id": only} if only else {"request_ids": known} if known else {}
    outside = log.thread_safe_get_current_keys()
    token = _request.set(only)
    log.thread_safe_append_keys(**keys)
    try:
        yield
    finally:
        log.thread_safe_clear_keys()
        log.thread_safe_append_keys(**outside)
        _request.reset(token)
