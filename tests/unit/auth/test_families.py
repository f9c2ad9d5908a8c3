"""Refresh tokens: tabs restored together and lost answers are forgiven, a thief ends the session (contract §3)."""

import itertools

import pytest
from hypothesis import given, strategies as st

from chalicelib.auth import families
from chalicelib.auth.families import Expired, Reused, Tokens, TooFast

DAY = 86_400.0
LIFE = 30 * DAY
START = families.first("a", 0)


def rotated(tokens: Tokens, presented: str, fresh: str, now: float) -> Tokens:
    return families.rotated(tokens, presented, fresh, now, LIFE)


def test_six_tabs_restored_at_once_all_go_on() -> None:
    after = START
    for tab in "bcdefg":
        after = rotated(after, "a", tab, 1000)
    for tab in "bcdefg":
        after = rotated(after, tab, tab.upper(), 2000)
    assert {token.hash for token in after if token.used_at is None} == set("BCDEFG")


def test_the_grace_ends_a_minute_after_the_rotation_and_using_it_does_not_prolong_it() -> None:
    after = rotated(rotated(START, "a", "b", 100), "b", "c", 101)
    after = rotated(rotated(after, "a", "d", 160), "d", "e", 161)
    with pytest.raises(Reused):
        rotated(after, "a", "f", 161)


def test_an_answer_that_was_lost_for_minutes_signs_nobody_out() -> None:
    after = rotated(START, "a", "lost", 100)
    after = rotated(after, "a", "b", 100 + 3600)
    assert rotated(after, "b", "c", 8000)


def test_several_lost_answers_neither() -> None:
    after = START
    for turn in range(5):
        after = rotated(after, "a", f"lost {turn}", 1000 * turn)
    assert rotated(after, "lost 4", "c", 4500)


def test_tabs_that_come_back_together_after_a_lost_answer_have_a_grace_too() -> None:
    after = rotated(START, "a", "lost", 100)
    after = rotated(rotated(after, "a", "b", 5000), "a", "c", 5001)
    assert rotated(rotated(after, "b", "d", 6000), "c", "e", 6000)


def test_a_copied_token_that_two_use_ends_the_family_when_the_second_comes() -> None:
    thief_first = rotated(rotated(START, "a", "thief's", 100), "thief's", "thief's next", 1000)
    with pytest.raises(Reused):
        rotated(thief_first, "a", "owner's", 1001)
    owner_first = rotated(rotated(START, "a", "owner's", 100), "owner's", "owner's next", 1000)
    with pytest.raises(Reused):
        rotated(owner_first, "a", "thief's", 1001)


def test_what_a_thief_got_and_did_not_use_ends_the_family_when_it_comes_back() -> None:
    after = rotated(rotated(START, "a", "thief's", 100), "a", "owner's", 1000)
    with pytest.raises(Reused):
        rotated(after, "thief's", "x", 1001)


def test_unused_for_thirty_days_it_has_expired() -> None:
    assert rotated(START, "a", "b", LIFE - 1)
    with pytest.raises(Expired):
        rotated(START, "a", "b", LIFE)


def test_more_than_twenty_a_minute_have_to_wait_and_end_nothing() -> None:
    after = START
    for turn in range(20):
        after = rotated(after, "a", f"{turn}", 100 + turn)
    with pytest.raises(TooFast) as refused:
        rotated(after, "a", "x", 130)
    assert refused.value.seconds == 30
    with pytest.raises(TooFast):
        rotated(after, "nobody's", "x", 130)
    with pytest.raises(TooFast) as refused:
        rotated(after, "19", "x", 159.5)
    assert refused.value.seconds == 1
    assert rotated(after, "19", "x", 160)


def test_it_knows_its_last_64_tokens_and_older_ones_are_reused() -> None:
    after = START
    for turn, before in zip(range(64), itertools.chain(["a"], map(str, range(64))), strict=False):
        after = rotated(after, before, str(turn), 10 * turn)
    assert len(after) == 64
    for hash_ in ("a", "0"):
        with pytest.raises(Reused):
            rotated(after, hash_, "x", 700)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4000)), max_size=40))
def test_whoever_uses_only_their_newest_answer_is_never_signed_out(steps: list[tuple[int, int]]) -> None:
    """Each step: the answer arrives or is lost (odd numbers), and the client comes back some time later."""
    after, mine, now = START, "a", 0.0
    for turn, (luck, wait) in enumerate(steps):
        now += wait
        try:
            after = rotated(after, mine, f"{turn}", now)
        except TooFast:
            continue
        if not luck % 2:
            mine = f"{turn}"


@given(st.lists(st.tuples(st.booleans(), st.integers(61, 4000)), min_size=2, max_size=40))
def test_two_who_go_on_from_one_token_end_the_family_when_both_have_come_back(steps: list[tuple[bool, int]]) -> None:
    """Owner and thief hold the same token and take turns as it comes, more than a grace apart."""
    after, held, now = START, {True: "a", False: "a"}, 0.0
    came_back = set()
    for turn, (who, wait) in enumerate(steps):
        now += wait
        try:
            after = rotated(after, held[who], f"{turn}", now)
        except Reused:
            return
        if "a" not in held.values():
            came_back.add(who)
        held[who] = f"{turn}"
        assert len(came_back) < 2, "both have gone on"


def test_what_is_stored_is_what_was_known() -> None:
    after = rotated(rotated(START, "a", "b", 100), "a", "c", 1000)
    assert families.unpacked(families.packed(after)) == after


def test_what_is_stored_of_a_secret_is_half_of_its_hash() -> None:
    assert families.hashed("secret") == "K7gNU3sdo-OL0wNhqoVWhg"


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
