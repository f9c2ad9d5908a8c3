"""Refresh tokens: each is good once, two tabs are forgiven, a thief ends the session."""

import pytest

from chalicelib.auth import families
from chalicelib.auth.families import Expired, Reused, Tokens

DAY = 86_400.0
LIFE = 30 * DAY
START = Tokens(live={"a": 0.0}, used={})


def rotated(tokens: Tokens, presented: str, fresh: str, now: float) -> Tokens:
    return families.rotated(tokens, presented, fresh, now, LIFE)


def test_a_token_is_replaced_by_a_fresh_one() -> None:
    after = rotated(START, "a", "b", 100)
    assert after == Tokens(live={"b": 100}, used={"a": (100, 0)})


def test_used_again_within_ten_seconds_it_gives_another_fresh_one() -> None:
    after = rotated(rotated(START, "a", "b", 100), "a", "c", 110)
    assert set(after.live) == {"b", "c"}


def test_both_tabs_go_on() -> None:
    after = rotated(rotated(START, "a", "b", 100), "a", "c", 101)
    after = rotated(rotated(after, "b", "d", 1000), "c", "e", 1001)
    assert set(after.live) == {"d", "e"}


def test_used_again_three_times_at_most() -> None:
    after = rotated(START, "a", "b", 100)
    for fresh in "cde":
        after = rotated(after, "a", fresh, 101)
    with pytest.raises(Reused):
        rotated(after, "a", "f", 101)


def test_using_it_again_does_not_prolong_the_grace() -> None:
    after = rotated(rotated(START, "a", "b", 100), "a", "c", 109)
    with pytest.raises(Reused):
        rotated(after, "a", "d", 110.5)


def test_used_again_later_it_ends_the_family() -> None:
    with pytest.raises(Reused):
        rotated(rotated(START, "a", "b", 100), "a", "c", 110.1)


def test_one_that_was_forgotten_long_ago_ends_the_family() -> None:
    after = START
    for turn, fresh in enumerate("bcdefg"):
        after = rotated(after, "abcdef"[turn], fresh, turn * DAY)
    assert len(after.used) == 1
    with pytest.raises(Reused):
        rotated(after, "a", "x", 9 * DAY)


def test_unused_for_thirty_days_it_has_expired() -> None:
    assert rotated(START, "a", "b", LIFE - 1)
    with pytest.raises(Expired):
        rotated(START, "a", "b", LIFE)


def test_what_a_family_remembers_is_bounded() -> None:
    tokens = START
    for turn in range(500):
        tokens = rotated(tokens, list(tokens.live)[-1], f"t{turn}", 100 + turn / 1000)
        if turn % 2:
            tokens = rotated(tokens, list(tokens.used)[-1], f"u{turn}", 100 + turn / 1000)
    assert len(tokens.live) <= 16
    assert len(tokens.used) <= 64


def test_a_token_can_be_read_and_was_given_out_by_its_family() -> None:
    token = families.write("account", "session", "s" * 43, "key")
    presented = families.read(token)
    assert presented is not None
    assert (presented.account_id, presented.session_id, presented.secret) == ("account", "session", "s" * 43)
    assert families.was_given_out(presented, "key")
    assert not families.was_given_out(presented, "another family's")


@pytest.mark.parametrize("text", ["", "...", "a.b.c.d", "a." * 4, "é.b." + "s" * 43 + "." + "c" * 22])
def test_rubbish_is_no_token(text: str) -> None:
    assert families.read(text) is None
