"""The table of kinds of events, row by row and column by column: what it says is what is done."""

from types import SimpleNamespace
from typing import Any, get_args

import pytest

from chalicelib.metrics import figures
from chalicelib.notifications import policy
from chalicelib.search import indexing
from chalicelib.tickets import event_schemas, fanout, history, kinds
from chalicelib.tickets.kinds import KINDS, Change, Kind
from chalicelib.timeline import schemas as timeline

AT = "2026-05-01T12:00:00.000Z"

ROWS = list(KINDS.items())

WHO: dict[str, tuple[set[str], bool, set[str | None]]] = {
    # kind: the consumers that are told of it; whether those who watch are; the sides that it may be limited to
    "created": ({"metrics", "search", "mail"}, True, {None}),
    "assigned": ({"metrics", "mail"}, True, {None}),
    "changed status": ({"metrics", "mail"}, True, {None}),
    "changed assignee_id": ({"metrics"}, True, {None}),
    "changed team": ({"metrics", "search"}, True, {None}),
    "changed priority": ({"metrics"}, True, {None}),
    "changed title": ({"search"}, True, {None}),
    "changed description": ({"search"}, True, {None}),
    "changed tags": (set(), True, {None}),
    "changed custom_fields": (set(), True, {None}),
    "comment": ({"search", "mail"}, True, {None}),
    "note": (set(), False, {"staff", "client"}),
    "attachment": (set(), True, {None, "staff", "client"}),
}
"""A literal copy, so that a change of the table is a change here."""


def parts(name: str) -> tuple[Change, str | None]:
    change, _, field = name.partition(" ")
    assert change in get_args(Change)
    return change, field or ("assignee_id" if change == "assigned" else None)  # type: ignore[return-value]


def test_every_kind_has_a_row_and_every_row_is_known_here() -> None:
    assert KINDS.keys() == WHO.keys()
    assert {parts(name)[0] for name in KINDS} == set(get_args(Change))


@pytest.mark.parametrize("change", ["said nothing", "changed"])
def test_no_event_is_written_of_a_kind_without_a_row(change: Change) -> None:
    with pytest.raises(KeyError):
        history.event("t", AT, history.SYSTEM, change, field="colour")


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("side", [None, "staff", "client"])
def test_no_event_is_written_that_others_may_see_than_its_row_says(name: str, side: str | None) -> None:
    change, field = parts(name)
    if side in WHO[name][2]:
        assert history.event("t", AT, history.SYSTEM, change, field=field, side=side).side == side
    else:
        with pytest.raises(ValueError, match=change):
            history.event("t", AT, history.SYSTEM, change, field=field, side=side)


@pytest.mark.parametrize("name", KINDS)
def test_consumers_are_told_of_the_kinds_that_they_act_on(name: str) -> None:
    change, field = parts(name)
    assert {each for each in fanout.queues() if kinds.wanted_by(each, change, field, None)} - {"live"} == WHO[name][0]


def test_an_answer_is_counted() -> None:
    assert kinds.wanted_by("metrics", "comment", None, "first")


def test_the_live_queue_gets_everything() -> None:
    """What nobody is to see is left out there, where the readers are known."""
    assert all(kinds.wanted_by("live", *parts(name), None) for name in KINDS)


def test_everybody_is_told_of_what_a_newer_version_wrote() -> None:
    assert all(kinds.wanted_by(each, "merged", None, None) for each in fanout.queues())


@pytest.mark.parametrize(("name", "kind"), ROWS)
def test_mail_tells_of_exactly_the_kinds_that_its_table_names(name: str, kind: Kind) -> None:
    change, field = parts(name)
    event = SimpleNamespace(change=change, field=field, reason="manual", spoke="staff")
    what = policy.happening(event, "resolved")
    assert (what is not None and bool(policy.TICKETS[what])) == kind.mailed


@pytest.mark.parametrize(("name", "kind"), ROWS)
def test_figures_follow_exactly_the_kinds_that_are_counted(name: str, kind: Kind) -> None:
    """A kind that isn't counted may say anything: the figures are the same."""
    change, field = parts(name)
    filed = SimpleNamespace(
        at=AT,
        change="created",
        field=None,
        before=None,
        after={"priority": "medium", "team": "support"},
    )
    after = filed.after if change == "created" else "x"
    event = SimpleNamespace(at="2026-05-02T12:00:00.000Z", change=change, field=field, before="y", after=after)
    differs = figures.of([filed, event], None, "UTC") != figures.of([filed], None, "UTC")
    assert differs == (kind.counted == "always")


def test_the_fields_that_are_searched_are_those_that_are_indexed() -> None:
    assert {parts(name)[1] for name, kind in ROWS if kind.searched} - {None} == {*indexing.TEXTS, "team"}


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("event_side", [None, "staff", "client"])
@pytest.mark.parametrize("side", ["staff", "client"])
def test_who_sees_an_event(name: str, event_side: str | None, side: str) -> None:
    if event_side not in WHO[name][2]:
        return
    kind = KINDS[name]
    assert kinds.seen_by(kind, event_side, side) == (event_side is None or event_side == side)
    assert kinds.seen_by_everybody(kind, event_side) == (event_side is None)


@pytest.mark.parametrize(("name", "kind"), ROWS)
def test_who_watches_is_sent_the_ticket_again(name: str, kind: Kind) -> None:
    assert kind.live == WHO[name][1]


def test_clients_can_be_shown_every_kind() -> None:
    assert {kinds.name_of(*row) for row in event_schemas.MODELS} == KINDS.keys()


@pytest.mark.parametrize("shown", [event_schemas.EventShown, timeline.TimelineEventShown], ids=["history", "timeline"])
def test_the_document_describes_every_kind(shown: Any) -> None:
    """What the union doesn't have, is not in openapi.json; of the timeline it would be an answer 500 besides."""
    rows = {
        (change, field)
        for model in get_args(shown.__value__)
        for change in get_args(model.model_fields["kind"].annotation)
        for field in get_args(model.model_fields["field"].annotation) or (None,)
    }
    assert rows == event_schemas.MODELS.keys()


@pytest.mark.parametrize("row", event_schemas.MODELS, ids=str)
def test_the_timeline_has_a_model_for_every_kind(row: tuple[str, str | None]) -> None:
    model = event_schemas.MODELS[row]
    assert model in timeline.MODELS or model is event_schemas.SomethingAdded
