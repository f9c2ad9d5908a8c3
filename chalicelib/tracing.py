"""X-Ray traces: a subsegment for each request, message or batch, annotated with the id of the request that caused it,
and inside it a subsegment for each AWS call.

Off unless the setting `TRACING` is true, since the SDK doubles the time of a cold start (docs/decisions/0008). Work in
threads isn't traced.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from chalicelib.settings import settings


def _started() -> Any:
    """The SDK's recorder, with the AWS clients instrumented. Outside Lambda there is no daemon, and powertools' tracer
    discards what it gets."""
    from aws_lambda_powertools import Tracer

    tracer = Tracer(service="helpdesk", patch_modules=["botocore"])
    recorder: Any = tracer.provider
    if not tracer.disabled:
        recorder.configure(context_missing="IGNORE_ERROR")
    return recorder


_recorder = _started() if settings.tracing else None


@contextmanager
def traced(requests: Sequence[str]) -> Iterator[None]:
    """A context in which everything belongs to one subsegment, which X-Ray finds by `annotation.request_id`."""
    if _recorder is None:
        yield
        return
    with _recorder.in_subsegment("## helpdesk") as subsegment:
        if len(requests) == 1:
            subsegment.put_annotation("request_id", requests[0])
        elif requests:
            subsegment.put_metadata("request_ids", list(requests))
        yield
