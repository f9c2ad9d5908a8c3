"""Items of the `reports` table."""

from datetime import timedelta

from pynamodb.attributes import DiscriminatorAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib import ambient
from chalicelib.dynamo import Item
from chalicelib.settings import settings

KEPT = timedelta(days=400)


class ReportsItem(Item):
    """Anything in the `reports` table: `register` is "reports" or "schedules", `id` a ULID: lists by time."""

    class Meta:
        table_name = settings.reports_table

    register = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    kind = DiscriminatorAttribute()


class Report(ReportsItem, discriminator="report"):
    """A report that somebody, or a schedule, asked for."""

    register = UnicodeAttribute(hash_key=True, default="reports")
    about = UnicodeAttribute()
    """overview | agents."""
    first = UnicodeAttribute()
    last = UnicodeAttribute()
    """Days, both included."""
    format = UnicodeAttribute()
    """pdf | csv."""
    paper = UnicodeAttribute(default="a4")
    """a4 | letter, for PDF."""
    asked_by = UnicodeAttribute(null=True)
    """Id of the account that requested it; None if a schedule did."""
    request_id = UnicodeAttribute(null=True)
    """Id of the HTTP request that asked for it."""
    recipients = JSONAttribute(default=list)
    """Accounts that get a mail when it is ready."""
    created_at = UnicodeAttribute()
    state = UnicodeAttribute(default="pending")
    """pending | ready | failed."""
    attempts = NumberAttribute(default=0)
    error = UnicodeAttribute(null=True)
    """Why the report couldn't be made, in a sentence for people."""
    expires_at = NumberAttribute()
    """DynamoDB's time to live; the file's in S3 is as long (infra/resources.yaml)."""


class Schedule(ReportsItem, discriminator="schedule"):
    """A report that is made again and again."""

    register = UnicodeAttribute(hash_key=True, default="schedules")
    about = UnicodeAttribute()
    format = UnicodeAttribute()
    paper = UnicodeAttribute(default="a4")
    every = UnicodeAttribute()
    """day | week | month."""
    recipients = JSONAttribute()
    created_by = UnicodeAttribute()
    created_at = UnicodeAttribute()
    made_until = UnicodeAttribute()
    """The last day that a report has covered; at first the day before the schedule was created."""


def expiry(report_id: str) -> int:
    """The epoch second after which a report is gone."""
    return int((ambient.moment(ambient.time_of(report_id)) + KEPT).timestamp())
