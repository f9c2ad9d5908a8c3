"""Lines that mail programs add by themselves, and sentences that only begin like them."""

import pytest

from chalicelib.mail_in import programs

SENT_IN_HEBREW = "\u05e0\u05e9\u05dc\u05d7 \u05de\u05d4-iPhone \u05e9\u05dc\u05d9"
WHAT_IN_HEBREW = "\u05de\u05d4 \u05e7\u05d5\u05e8\u05d4 \u05e2\u05dd Outlook?"


@pytest.mark.parametrize("line", ["Sent from my iPhone", "Von meinem Samsung gesendet", SENT_IN_HEBREW])
def test_a_program_s_line_about_itself(line: str) -> None:
    assert programs.is_own(line)


@pytest.mark.parametrize("line", ["Outlook doesn't open.", WHAT_IN_HEBREW])
def test_a_sentence_about_a_program_is_a_person_s(line: str) -> None:
    assert not programs.is_own(line)
