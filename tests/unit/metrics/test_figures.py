"""What a history adds to the figures, sentence by sentence of contract §6."""

from dataclasses import dataclass
from typing import Any

from chalicelib.metrics import figures

FILED = {"priority": "medium", "team": "support"}
ANN, BOB = "ann", "bob"


@dataclass
class Told:
    at: str
    change: str
    field: str | None = None
    before: Any = None
    after: Any = None


def at(day: int, time: str = "12:00:00.000") -> str:
    return f"2026-05-{day:02d}T{time}Z"


def created(day: int = 1) -> Told:
    return Told(at(day), "created", after=FILED)


def status(day: int, before: str, after: str) -> Told:
    return Told(at(day), "changed", "status", before, after)


def given(day: int, agent: str | None) -> Told:
    return Told(at(day), "assigned" if agent else "changed", "assignee_id", None, agent)


def entries(*events: Told, answered_at: str | None = None, zone: str = "UTC") -> dict[str, int]:
    """Without the team, which is the first part of each."""
    return {text.removeprefix("support/"): times for text, times in figures.of(events, answered_at, zone).items()}


DAY_MS = 86_400_000


def test_a_new_ticket_is_open_and_waits() -> None:
    assert entries(created()) == {"created/2026-05-01": 1, "is/open/medium": 1, f"waits/{at(1)}": 1}


def test_nothing_comes_of_no_history() -> None:
    assert entries() == {}


def test_a_resolution_belongs_to_the_assignee_at_that_time() -> None:
    found = entries(
        created(), given(1, ANN), status(2, "open", "in_progress"), status(3, "in_progress", "resolved"), given(4, BOB)
    )
    assert found == {
        "created/2026-05-01": 1,
        "assigned/2026-05-01/ann": 1,
        f"resolved/2026-05-03/ann/{2 * DAY_MS}": 1,
        "assigned/2026-05-04/bob": 1,
        "is/resolved/medium": 1,
    }


def test_a_reopened_ticket_is_not_resolved_until_it_is_again_and_then_on_that_day() -> None:
    course = [created(), given(1, ANN), status(2, "open", "in_progress"), status(3, "in_progress", "resolved")]
    reopened = entries(*course, status(5, "resolved", "in_progress"))
    assert not [entry for entry in reopened if entry.startswith("resolved")]
    assert reopened["reopened/2026-05-05"] == 1
    again = entries(*course, status(5, "resolved", "in_progress"), status(9, "in_progress", "resolved"))
    assert again[f"resolved/2026-05-09/ann/{8 * DAY_MS}"] == 1
    assert len([entry for entry in again if entry.startswith("resolved")]) == 1


def test_closing_keeps_the_resolution_where_it_was() -> None:
    found = entries(
        created(),
        status(2, "open", "in_progress"),
        status(3, "in_progress", "resolved"),
        status(10, "resolved", "closed"),
    )
    assert found[f"resolved/2026-05-03/-/{2 * DAY_MS}"] == 1, "nobody had it"
    assert found["closed/2026-05-10"] == 1
    assert found["is/closed/medium"] == 1


def test_the_first_response_counts_on_the_day_on_which_it_was_given() -> None:
    assert not [entry for entry in entries(created()) if entry.startswith("answered")]
    found = entries(created(), answered_at=at(3))
    assert [entry for entry in found if entry.startswith("answered")] == [f"answered/2026-05-03/-/{2 * DAY_MS}"]


def test_who_waits_waits_since_they_were_handed_back_and_not_since_they_were_filed() -> None:
    back = [Told(at(6), "changed", "status", "in_progress", "open"), Told(at(6), "changed", "assignee_id", ANN, None)]
    found = entries(created(), given(1, ANN), status(2, "open", "in_progress"), *back)
    assert found[f"waits/{at(6)}"] == 1
    assert not [entry for entry in entries(created(), given(1, ANN)) if entry.startswith("waits")]


def test_taken_away_and_given_again_in_one_step_never_waited() -> None:
    step = [Told(at(3), "changed", "assignee_id", ANN, None), Told(at(3), "assigned", "assignee_id", None, BOB)]
    found = entries(created(), given(1, ANN), *step)
    assert not [entry for entry in found if entry.startswith("waits")]
    assert found["assigned/2026-05-03/bob"] == 1


def test_all_figures_move_with_the_ticket_to_another_team() -> None:
    found = figures.of([created(), given(1, ANN), Told(at(2), "changed", "team", "support", "sales")], None, "UTC")
    assert {text.partition("/")[0] for text in found} == {"sales"}


def test_notes_and_titles_count_for_nothing() -> None:
    quiet = [Told(at(2), "note", after="n"), Told(at(2), "changed", "title", "a", "b")]
    assert entries(created(), *quiet) == entries(created())


def test_days_are_cut_in_the_zone() -> None:
    late = Told("2026-05-01T22:30:00.000Z", "created", after=FILED)
    assert entries(late, zone="Europe/Rome")["created/2026-05-02"] == 1


def test_a_ticket_that_somebody_works_on_and_then_nobody_has_waits() -> None:
    """In progress without an assignee is unusual, and waits all the same."""
    found = entries(created(), given(1, ANN), status(2, "open", "in_progress"), given(4, None))
    assert found[f"waits/{at(4)}"] == 1


def test_the_first_response_counts_once() -> None:
    [times] = [times for entry, times in entries(created(), answered_at=at(3)).items() if entry.startswith("answered")]
    assert times == 1


def test_a_resolution_is_measured_in_milliseconds_and_never_less_than_none() -> None:
    course = [created(), given(1, ANN), status(1, "open", "in_progress")]
    for done, milliseconds in (("12:00:00.001", 1), ("12:00:02.500", 2500), ("12:00:00.000", 0), ("11:59:59.000", 0)):
        found = entries(*course, Told(at(1, done), "changed", "status", "in_progress", "resolved"))
        assert f"resolved/2026-05-01/ann/{milliseconds}" in found


def test_from_one_bag_to_another_by_what_is_more_and_what_is_less() -> None:
    old, new = {"a": 1, "b": 2, "same": 3}, {"b": 5, "c": 1, "same": 3}
    assert list(figures.difference(old, new)) == [("a", -1), ("b", 3), ("c", 1)]
    assert list(figures.difference({}, {})) == []
