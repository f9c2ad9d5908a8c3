"""Passwords."""

import subprocess
import sys

import pytest
from argon2 import PasswordHasher, extract_parameters

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


@pytest.mark.parametrize("password", ["1234567890", "QwertyUiop", "password123", "１２３４５６７８９０"])
def test_the_commonest_are_refused_however_they_are_written(password: str) -> None:
    assert (passwords.objection(password) or [""])[0] == "common_password"


def test_what_unicode_makes_shorter_is_measured_as_it_is_compared() -> None:
    assert passwords.objection("e\u0301" * 5) is not None
    assert passwords.objection("e\u0301" * 10) is None


@pytest.mark.parametrize("password", ["correct horse", "demo-password-1", "пароль из слов", "🐴🔋📎🐴🔋📎🐴🔋📎🐴"])
def test_any_other_will_do(password: str) -> None:
    assert passwords.objection(password) is None


def test_the_list_is_read_when_it_is_needed_not_before() -> None:
    code = "import app, sys; sys.exit('zxcvbn' in sys.modules or 'jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_hash_with_lower_parameters_is_outdated() -> None:
    assert passwords.is_outdated(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("x"))
    assert not passwords.is_outdated(passwords.hashed("x"))
