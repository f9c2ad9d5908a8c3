"""The structured log: one JSON object a line on standard output, which is CloudWatch's in Lambda.

    from chalicelib.log import log
    log.info("ticket queued", extra={"ticket_id": ticket.id})

Never log bodies, tokens, addresses or names. `request_id` and what else `about` was given is on every line.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from aws_lambda_powertools.logging import Logger

log = Logger(service="lambdesk")


@contextmanager
def about(**keys: str) -> Iterator[None]:
    """Puts `keys` on every line written inside; by thread, as the local runner has several at once."""
    log.thread_safe_append_keys(**keys)
    try:
        yield
    finally:
        log.thread_safe_remove_keys(keys)
