"""The structured log: one JSON object a line on standard output, which is CloudWatch's in Lambda.

    from chalicelib.log import log
    log.info("ticket queued", extra={"ticket_id": ticket.id})

Never log bodies, tokens, addresses or names. What `about` was given is on every line. `request_id` is that of the
request from which everything follows: changes carry it through streams and queues (docs/decisions/0008), so that one
search finds a request with all its consequences. What looks like a secret is taken out all the same: a traceback may
quote what nobody meant to log.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TextIO, cast

from aws_lambda_powertools.logging import Logger
from aws_lambda_powertools.logging.formatter import LambdaPowertoolsFormatter

from chalicelib.tracing import traced

_SECRETS = re.compile(
    r"""
      eyJ[\w-]+\.[\w-]+\.[\w-]+                                  # JWT
    | \$argon2[\w$=,+/.-]+                                        # hash of a password
    | [\w-]{20,64}\.[\w-]{20,64}\.[\w-]{43}(?:\.[\w-]{22})?      # refresh token, token from a mail
    | (?<=bearer\s)[\w.~+/=-]+
    | (?<=password)(?P<quoted>\W{1,8}:\s?\W{0,4}['"])[^'"\\]+     # "password": "…", however it is escaped
    """,
    re.VERBOSE | re.IGNORECASE,
)


def redacted(text: str) -> str:
    """The text without what looks like a token, a password or its hash."""
    return _SECRETS.sub(lambda found: (found["quoted"] or "") + "[redacted]", text)


class _Formatter(LambdaPowertoolsFormatter):
    def serialize(self, log: dict[str, Any]) -> str:  # type: ignore[override]
        return redacted(super().serialize(log))


# Not "lambdesk": Chalice takes the logger of the app's name for its own and turns it down to errors.
log = Logger(service="helpdesk", logger_formatter=_Formatter())

_request: ContextVar[str | None] = ContextVar("request", default=None)


def stream() -> TextIO:
    """The stream that the log is written to, for lines in another format."""
    handler = log.registered_handler
    assert isinstance(handler, logging.StreamHandler)
    return cast(TextIO, handler.stream)


def request_id() -> str | None:
    """The id of the request being handled; None outside of `about`, and when several are handled together."""
    return _request.get()


@contextmanager
def about(*requests: str | None) -> Iterator[None]:
    """Puts the request on every line written inside, and on what X-Ray is told; of several requests, all of them as
    `request_ids`. By thread, as the local runner has several at once."""
    known = sorted({each for each in requests if each})
    only = known[0] if len(known) == 1 else None
    keys = {"request_id": only} if only else {"request_ids": known} if known else {}
    outside = log.thread_safe_get_current_keys()
    token = _request.set(only)
    log.thread_safe_append_keys(**keys)
    try:
        with traced(known):
            yield
    finally:
        log.thread_safe_clear_keys()
        log.thread_safe_append_keys(**outside)
        _request.reset(token)
