"""The present layout of the counters: which generation is shown, which is being built, over how many shards.

Everybody reads it anew each time. An event is stored before its counter reads the layout, so a rebuild that first adds
its generation here and then reads the tickets misses none. A shard is written to only after it is in the layout, so
whoever reads the layout first reads every shard: their number may be raised under load.
"""

import zlib
from contextlib import suppress
from dataclasses import dataclass

from pynamodb.exceptions import DoesNotExist, PutError, UpdateError

from chalicelib.metrics.models import Layout
from chalicelib.settings import settings


@dataclass(frozen=True)
class Generation:
    """One complete set of counters."""

    number: int
    time_zone: str
    shards: int

    def shard_of(self, ticket_id: str) -> int:
        return zlib.crc32(ticket_id.encode()) % self.shards


def find() -> Layout | None:
    """The layout as it is now (strongly consistent); None before anything was counted."""
    try:
        return Layout.get("layout", "layout", consistent_read=True)
    except DoesNotExist:
        return None


def ensure() -> Layout:
    """The layout; created if there is none, with the number of shards from the settings."""
    wanted = settings.metrics_shards
    found = find()
    if found is None:
        new = Layout(shards=wanted, zones={"1": settings.time_zone})
        with suppress(PutError):  # somebody else was quicker, or the engine is busy: then it says so once more
            new.save(condition=Layout.period.does_not_exist())
            return new
        return Layout.get("layout", "layout", consistent_read=True)
    if found.shards < wanted:
        with suppress(UpdateError):
            found.update(actions=[Layout.shards.set(wanted)], condition=Layout.shards < wanted)
        found.refresh(consistent_read=True)
    return found


def begin() -> Generation:
    """Starts a new generation, in which changes are counted too from now on; its days are those of the time zone in the
    settings. If a rebuild was broken off, returns its generation."""
    found = ensure()
    if found.building is None:
        number = int(found.generation) + 1
        zones = {**found.zones, str(number): settings.time_zone}
        unbuilt = Layout.building.does_not_exist() & (Layout.generation == found.generation)
        found.update(actions=[Layout.building.set(number), Layout.zones.set(zones)], condition=unbuilt)
    return _generation(found, int(found.building))


def show(generation: Generation) -> None:
    """Makes the generation that was built the one that is shown."""
    zones = {str(generation.number): generation.time_zone}
    Layout().update(
        actions=[
            Layout.generation.set(generation.number),
            Layout.building.remove(),
            Layout.zones.set(zones),
        ],
        condition=Layout.building == generation.number,
    )


def shown(found: Layout) -> Generation:
    """The generation of counters that readers are shown, as opposed to one that is still being built."""
    return _generation(found, int(found.generation))


def counting(found: Layout) -> list[Generation]:
    """The generations in which changes are counted."""
    numbers = [found.generation, found.building]
    return [_generation(found, int(number)) for number in numbers if number is not None]


def _generation(found: Layout, number: int) -> Generation:
    return Generation(number, found.zones[str(number)], int(found.shards))
