"""X-Ray: a subsegment for each request, message or batch, with the id of the request that it follows from, and inside
it one for each call of AWS.

Off unless the setting `TRACING` is true: the SDK costs each cold start as much as everything else does
(docs/decisions/0008). What a function does in threads of its own is not in the trace.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from chalicelib.settings import settings


def _started() -> Any:
    """The SDK's recorder, with AWS's clients instrumented. Outside Lambda there is no daemon to tell: powertools'
    tracer then takes what it is told and forgets it."""
    from aws_lambda_powertools import Tracer

    tracer = Tracer(service="helpdesk", patch_modules=["botocore"])
    recorder: Any = tracer.provider
    if not tracer.disabled:
        recorder.configure(context_missing="IGNORE_ERROR")
    return recorder


_recorder = _started() if settings.tracing else None


@contextmanager
def traced(requests: Sequence[str]) -> Iterator[None]:
    """Everything inside is one subsegment, found in X-Ray by `annotation.request_id`."""
    if _recorder is None:
        yield
        return
    with _recorder.in_subsegment("## helpdesk") as subsegment:
        if len(requests) == 1:
            subsegment.put_annotation("request_id", requests[0])
        elif requests:
            subsegment.put_metadata("request_ids", list(requests))
        yield
