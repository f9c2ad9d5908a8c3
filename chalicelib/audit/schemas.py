"""The audit as it is asked for and shown (contract §3)."""

from typing import Annotated, Any

from pydantic import Field

from chalicelib.audit.models import Entry
from chalicelib.audit.service import Action
from chalicelib.edge.schemas import Moment, Query, Shown, Text, Timestamp

Id = Annotated[str, Text(1, 128)]


class AuditFilters(Query):
    """`from` is inclusive, `to` exclusive, days as in the metrics."""

    actor: Id | None = None
    subject: Id | None = None
    action: Action | None = None
    since: Moment | None = Field(default=None, alias="from")
    until: Moment | None = Field(default=None, alias="to")


class AuditEntryShown(Shown):
    """`actor_id` is null where nobody was signed in, and for what an operator did. `subject_id` is the account,
    report, schedule or kept mail that it was done to; null where there is none."""

    id: str
    at: Timestamp
    actor_id: str | None
    action: Action
    subject_id: str | None
    ip: str | None
    request_id: str | None
    detail: dict[str, Any] | None


def shown(entry: Entry) -> AuditEntryShown:
    return AuditEntryShown(**{name: getattr(entry, name) for name in AuditEntryShown.model_fields})
