"""What programs write above our mail when it is answered, as they write it: all of it goes, the answer stays."""

import json
from pathlib import Path
from typing import Any

import pytest

from chalicelib.mail_in.answer import written_now
from tests.unit.mail_in.test_ten_languages import OURS

ANSWER = "It is version 4.2.\n\nDoes that help?"
MARK = "— Please write your reply above this line —\n\n"
MAIL = "Hello Ann,\n\nBob wrote about ticket #12:\n\nWhich version?\n\nhttps://desk.example.com/tickets/01"
HEADINGS = json.loads(Path(__file__).with_name("headings.json").read_text("utf-8"))
"""Program and language, what it writes before each line, what it writes above them."""

STAYS = {
    "another's mail, its sender third": "-------- Original Message --------\nSubject: Pay\nDate: Tue, 1 Sep 2026\n"
    "From: Eve <eve@example.net>\nTo: Lambdesk <help@lambdesk.test>\n\nPay at once.",
    "another's mail without colons": '------ Original Message ------\nFrom "Eve" <eve@example.net>\n'
    "To help@lambdesk.test\nDate 01/09/2026 10:00:00\nSubject Pay\n\nPay at once.",
    "our address between dashes": "---- I wrote to help@lambdesk.test ----\n\nand nothing came.",
    "a link to an app": "I get this:\n\nOutlook<https://aka.ms/o0ukef>\n\nand nothing else.",
}


@pytest.mark.parametrize("mark", [MARK, ""], ids=["marked", "unmarked"])
@pytest.mark.parametrize("case", HEADINGS, ids=[each["program"] for each in HEADINGS])
def test_a_programs_heading_goes_and_the_answer_stays(case: dict[str, Any], mark: str) -> None:
    heading = "\n".join(case["lines"])
    quoted = "\n".join(f"{case['prefix']} {line}".strip() for line in (mark + MAIL).split("\n"))
    assert written_now(f"{ANSWER}\n\n{heading}\n{quoted}", OURS).body == ANSWER


@pytest.mark.parametrize("text", STAYS.values(), ids=STAYS)
def test_what_only_looks_like_our_mail_stays(text: str) -> None:
    assert written_now(text, OURS).body == text
