"""Durations as counts by logarithmic bucket, and quantiles out of them. Pure.

The mapping is DDSketch's (Masson, Rim, Lee: "DDSketch", VLDB 2019): bucket i holds values in (g^(i-1), g^i] with
g = (1 + e) / (1 - e), and its value 2 g^i / (g + 1) is off by at most e of any of them. So every value that a quantile
falls on is known to within e = 1.5 %, whatever the distribution; what lies between two values is interpolated from
both, and no worse. Counts add up, and can be taken away again: sketches of days make the sketch of a year.
"""

import math
from collections.abc import Mapping

ERROR = 0.015
"""Relative error of a value. Contract §6 allows 2 %."""

_GAMMA = (1 + ERROR) / (1 - ERROR)
_LOG_GAMMA = math.log(_GAMMA)

NOTHING = -1
"""The bucket of a duration of less than a millisecond."""


def bucket(milliseconds: int) -> int:
    """The bucket of a duration: 0 for 1 ms, 842 for three years."""
    return math.ceil(math.log(milliseconds) / _LOG_GAMMA) if milliseconds > 0 else NOTHING


def value(bucket: int) -> float:
    """The value that stands for all durations of this bucket, in milliseconds."""
    return 2 * _GAMMA**bucket / (_GAMMA + 1) if bucket != NOTHING else 0.0


def quantile(counts: Mapping[int, int], q: float) -> float | None:
    """The q-quantile in milliseconds, as numpy and pandas define it (linear between the two nearest ranks); None if
    there are no values."""
    total = sum(counts.values())
    if total <= 0:
        return None
    rank = q * (total - 1)
    low, high = _at_rank(counts, math.floor(rank)), _at_rank(counts, math.ceil(rank))
    return low + (high - low) * (rank - math.floor(rank))


def _at_rank(counts: Mapping[int, int], rank: int) -> float:
    seen = 0
    for each in sorted(counts):
        seen += counts[each]
        if seen > rank:
            return value(each)
    return value(max(counts))
