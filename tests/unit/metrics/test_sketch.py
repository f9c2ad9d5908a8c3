"""Quantiles out of buckets, beside the exact ones and those of the package that the mapping comes from."""

import math
from collections import Counter

from ddsketch import LogCollapsingLowestDenseDDSketch
from hypothesis import given, strategies as st

from chalicelib.metrics import sketch

DURATIONS = st.lists(st.integers(1, 3 * 366 * 86_400_000), min_size=1, max_size=300)
QUANTILES = st.sampled_from([0.0, 0.25, 0.5, 0.9, 0.99, 1.0])


def counts(values: list[int]) -> Counter[int]:
    return Counter(map(sketch.bucket, values))


def exact(values: list[int], q: float) -> float:
    """As pandas defines it: linear between the two nearest ranks."""
    ordered, rank = sorted(values), q * (len(values) - 1)
    low, high = ordered[math.floor(rank)], ordered[math.ceil(rank)]
    return low + (high - low) * (rank - math.floor(rank))


@given(values=DURATIONS, q=QUANTILES)
def test_a_quantile_is_within_the_stated_error(values: list[int], q: float) -> None:
    found = sketch.quantile(counts(values), q)
    assert found is not None
    assert math.isclose(found, exact(values, q), rel_tol=sketch.ERROR * 1.000001)
    assert sketch.ERROR <= 0.02, "contract §6"


@given(values=DURATIONS)
def test_it_agrees_with_the_ddsketch_package(values: list[int]) -> None:
    theirs = LogCollapsingLowestDenseDDSketch(sketch.ERROR, bin_limit=4096)
    for value in values:
        theirs.add(value)
    for q in (0.0, 0.5, 1.0):
        if (q * (len(values) - 1)).is_integer():
            quantile = theirs.get_quantile_value(q)
            assert quantile is not None
            ours = sketch.quantile(counts(values), q)
            assert ours is not None
            assert math.isclose(ours, quantile, rel_tol=1e-9)


@given(first=DURATIONS, second=DURATIONS, q=QUANTILES)
def test_sketches_are_added_and_taken_away(first: list[int], second: list[int], q: float) -> None:
    both = counts(first) + counts(second)
    assert sketch.quantile(both, q) == sketch.quantile(counts(first + second), q)
    assert sketch.quantile(both - counts(first), q) == sketch.quantile(counts(second), q)


def test_nothing_has_no_quantile_and_no_time_is_no_time() -> None:
    assert sketch.quantile({}, 0.5) is None
    assert sketch.quantile({sketch.NOTHING: 3}, 0.5) == 0.0
    assert [sketch.bucket(0), sketch.bucket(1)] == [sketch.NOTHING, 0]
    assert sketch.NOTHING == -1, "figures are stored under it"
