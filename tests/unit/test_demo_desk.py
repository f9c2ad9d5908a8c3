"""The demo desk's stories, before anybody plays them."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from infra.local.lambdesk.desk import story

MIDNIGHT = datetime(2026, 3, 29, tzinfo=UTC).timestamp()


@pytest.mark.parametrize("after", [0.0, 60.0, 43_200.0, 86_399.0])
def test_everything_lies_within_three_weeks_whatever_time_it_is(after: float) -> None:
    now = MIDNIGHT + after
    times = [each.at for each in story.happenings(now)]
    assert times == sorted(times)
    assert now - story.DAYS * 86_400 < times[0]
    assert times[-1] < now


def test_some_sixty_tickets_of_everybody_in_several_scripts() -> None:
    filed = [each.value for each in story.happenings(MIDNIGHT) if each.kind == "file"]
    assert 55 <= len(filed) <= 70
    who = Counter(each.who for each in filed)
    assert who.keys() == {"client1", "client2"} | {each.key for each in story.people()}
    letters = "".join(each.title for each in filed)
    assert all(
        low <= max(each for each in letters if low <= each <= high) for low, high in ("أي", "ぁん", "一龥", "az")
    )
    assert len({each.title for each in filed}) == len(filed)


def test_what_follows_is_what_the_lifecycle_allows() -> None:
    """From the texts alone: nobody resolves what wasn't started, nothing is said on what is closed."""
    status: dict[int, str] = {}
    for each in story.happenings(MIDNIGHT):
        if each.story < 0:
            continue
        before = status.get(each.story, "")
        assert before != "closed", each
        if each.kind == "file":
            status[each.story] = "open"
        elif each.kind == "status":
            assert (before, each.value) in {
                ("open", "in_progress"),
                ("in_progress", "resolved"),
                ("resolved", "closed"),
                ("resolved", "in_progress"),
            }, each
            status[each.story] = str(each.value)
        elif each.kind == "comment" and each.by == "client" and before == "resolved":
            status[each.story] = "in_progress"
    assert {"open", "in_progress", "resolved", "closed"} == set(status.values())


def test_a_line_that_is_no_step_is_named() -> None:
    with pytest.raises(story.Unreadable, match="juggle"):
        list(
            story._story(
                0, {"who": "x", "when": "-1h", "title": "T", "text": "t", "priority": "low", "then": ["1m juggle"]}, 0
            )
        )
