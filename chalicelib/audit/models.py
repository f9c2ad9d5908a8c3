"""Items of the `audit` table: written once, never changed, gone after 400 days."""

from typing import Any

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from chalicelib.dynamo import Item
from chalicelib.settings import settings


class EntriesByActor(GlobalSecondaryIndex[Any]):
    class Meta:
        index_name = "by_actor"
        projection = AllProjection()

    actor_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class EntriesBySubject(GlobalSecondaryIndex[Any]):
    class Meta:
        index_name = "by_subject"
        projection = AllProjection()

    subject_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class Entry(Item):
    """Who did what to whom."""

    class Meta:
        table_name = settings.audit_table

    day = UnicodeAttribute(hash_key=True)
    """In UTC: "2026-01-31"."""
    id = UnicodeAttribute(range_key=True)
    at = UnicodeAttribute()
    action = UnicodeAttribute()
    actor_id = UnicodeAttribute(null=True)
    """None: nobody was signed in, or it was an operator."""
    subject_id = UnicodeAttribute(null=True)
    ip = UnicodeAttribute(null=True)
    request_id = UnicodeAttribute(null=True)
    detail = JSONAttribute(null=True)
    expires_at = NumberAttribute()

    by_actor = EntriesByActor()
    by_subject = EntriesBySubject()
