"""The structured log: one JSON object a line on standard output, which is CloudWatch's in Lambda.

    from chalicelib.log import log
    log.info("ticket queued", extra={"ticket_id": ticket.id})

Never log bodies, tokens, addresses or names. `request_id` and what else `about` was given is on every line. What looks
like a secret is taken out all the same: a traceback may quote what nobody meant to log.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aws_lambda_powertools.logging import Logger
from aws_lambda_powertools.logging.formatter import LambdaPowertoolsFormatter

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


log = Logger(service="lambdesk", logger_formatter=_Formatter())


@contextmanager
def about(**keys: str) -> Iterator[None]:
    """Puts `keys` on every line written inside; by thread, as the local runner has several at once."""
    log.thread_safe_append_keys(**keys)
    try:
        yield
    finally:
        log.thread_safe_remove_keys(keys)
