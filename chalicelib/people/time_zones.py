"""The names of the IANA time zone database, as the package `tzdata` brings it: what a machine's own files have besides
(`localtime`, `posix/…`) is no zone of anybody's.
"""

from functools import cache
from importlib import resources


@cache
def names() -> frozenset[str]:
    """All of them, backward links included."""
    listed = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return frozenset(listed) - {"Factory"}
