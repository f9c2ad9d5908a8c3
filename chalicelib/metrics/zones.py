"""Time zones by name, read once."""

from functools import cache
from zoneinfo import ZoneInfo


@cache
def zone(name: str) -> ZoneInfo:
    """Raises KeyError (ZoneInfoNotFoundError) for a name that isn't one."""
    return ZoneInfo(name)
