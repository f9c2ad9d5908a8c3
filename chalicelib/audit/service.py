"""The audit: who did what to whom, from where, by which request. If the action changes something in a transaction, the
entry is written in that transaction. Every put is conditional, and no function may update or delete (infra/policies).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from pynamodb.exceptions import PutError

from chalicelib import ambient
from chalicelib.audit.models import Entry
from chalicelib.dynamo import Transaction, first_page
from chalicelib.edge.paging import Page, PageRequest
from chalicelib.origin import Origin

Action = Literal[
    "signed_up",
    "signed_in",
    "sign_in_failed",
    "signed_out",
    "token_reused",
    "session_ended",
    "sessions_ended",
    "password_changed",
    "reset_requested",
    "password_reset",
    "invitation_accepted",
    "email_verified",
    "totp_enabled",
    "totp_removed",
    "totp_taken_away",
    "recovery_codes_renewed",
    "opened_by_mail",
    "user_created",
    "user_invited",
    "user_activated",
    "user_deactivated",
    "role_changed",
    "team_changed",
    "report_requested",
    "schedule_created",
    "schedule_deleted",
    "keys_rotated",
    "mail_refused",
    "mail_allowed",
    "kept_mail_decided",
]

KEPT = timedelta(days=400)

_QUERIES = 31
"""The most days that a page reads. If few entries were written, the page is shorter rather than more expensive."""


@dataclass(frozen=True)
class Filters:
    actor: str | None = None
    subject: str | None = None
    action: Action | None = None
    since: datetime | None = None
    until: datetime | None = None


def add(transaction: Transaction, origin: Origin, action: Action, subject_id: str | None, **detail: Any) -> None:
    """Adds an entry to the transaction of a change."""
    transaction.put(_entry(origin, action, subject_id, detail), Entry.id.does_not_exist(), label="audit")


def record(origin: Origin, action: Action, subject_id: str | None, **detail: Any) -> None:
    """Writes an entry outside of a transaction: for actions that change nothing else, such as a failed sign-in."""
    try:
        _entry(origin, action, subject_id, detail).save(Entry.id.does_not_exist())
    except PutError as error:
        # The id is new, so an existing item means that the first attempt's answer got lost.
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise


def page(asked: Filters, request: PageRequest) -> Page[Entry]:
    """Entries, newest first. The position is [day, last id shown or None], in an index [None, last id shown]."""
    now = ambient.now() + timedelta(seconds=1)  # so that what was written just now is included
    latest = min(asked.until or now, now)
    earliest = max(asked.since or latest - KEPT, ambient.now() - KEPT)
    if earliest >= latest:
        return Page([])
    if asked.subject or asked.actor:
        return _of_person(asked, earliest, latest, request)
    day, last = request.position or [_day(latest), None]
    found: list[Entry] = []
    for _ in range(_QUERIES):
        some, last = _some(Entry, day, asked, earliest, latest, last, request.limit - len(found))
        found += some
        if last is None:
            day = _day(datetime.fromisoformat(day) - timedelta(days=1))
            if day < _day(earliest):
                return Page(found)
        if len(found) == request.limit:
            break
    return Page(found, [day, last])


def _of_person(asked: Filters, earliest: datetime, latest: datetime, request: PageRequest) -> Page[Entry]:
    index: Any = Entry.by_subject if asked.subject else Entry.by_actor
    _, last = request.position or [None, None]
    key = asked.subject or asked.actor
    found, last = _some(index, key, asked, earliest, latest, last, request.limit)
    return Page(found, [None, last] if last else None)


def _some(
    where: Any,
    key: str | None,
    asked: Filters,
    earliest: datetime,
    latest: datetime,
    after: dict[str, Any] | None,
    limit: int,
) -> tuple[list[Entry], dict[str, Any] | None]:
    """What one query finds, and where it stopped."""
    keep: Any = None
    if asked.action:
        keep = Entry.action == asked.action
    if asked.subject and asked.actor:
        theirs = Entry.actor_id == asked.actor
        keep = theirs if keep is None else keep & theirs
    # Ids sort by their times; a ULID's lowest of `latest` is not among what came before it.
    between = Entry.id.between(ambient.lowest_id(earliest), ambient.lowest_id(latest))
    options: dict[str, Any] = {"consistent_read": True} if where is Entry else {}
    results = where.query(
        key,
        between,
        filter_condition=keep,
        page_size=limit,
        scan_index_forward=False,
        last_evaluated_key=after,
        **options,
    )
    return first_page(results, Entry)


def _entry(origin: Origin, action: Action, subject_id: str | None, detail: dict[str, Any]) -> Entry:
    id_ = ambient.new_id()
    at = ambient.time_of(id_)
    return Entry(
        day=at[:10],
        id=id_,
        at=at,
        action=action,
        actor_id=origin.actor_id,
        subject_id=subject_id,
        ip=origin.ip or None,
        request_id=origin.request_id or None,
        detail=detail or None,
        expires_at=int((ambient.moment(at) + KEPT).timestamp()),
    )


def _day(moment: datetime) -> str:
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).strftime("%Y-%m-%d")
