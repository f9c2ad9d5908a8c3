"""Passwords."""

from argon2 import extract_parameters

from chalicelib.auth import passwords


def test_a_password_is_right_against_its_hash_alone() -> None:
    stored = passwords.hashed("correct horse")
    assert passwords.is_right(stored, "correct horse")
    assert not passwords.is_right(stored, "correct horsf")


def test_however_unicode_writes_it() -> None:
    assert passwords.is_right(passwords.hashed("pässwörter ﬁn"), "pässwörter fin")


def test_without_a_hash_no_password_is_right() -> None:
    assert not passwords.is_right(None, "nobody's password")


def test_the_hash_that_stands_for_nobody_costs_what_a_real_one_does() -> None:
    real, nobodys = (extract_parameters(text) for text in (passwords.hashed("x"), passwords.NOBODYS))
    assert real == nobodys
    assert (real.memory_cost, real.time_cost, real.parallelism) == (19 * 1024, 2, 1)


def test_what_is_stored_by_mistake_is_not_a_password() -> None:
    assert not passwords.is_right("not a hash", "not a hash")
