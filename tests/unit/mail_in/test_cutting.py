"""What is cut from an answer, and what never is: `../shared/cases`, and cases of our own of the same kinds."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chalicelib.mail_in.answer import Answer, written_now
from chalicelib.mail_in.ours import Ours, ends

CASES = Path(__file__).parents[4] / "shared" / "cases"
OURS = Ours(
    addresses=frozenset({"help@lambdesk.test"}),
    domain="lambdesk.test",
    names=frozenset({"Lambdesk"}),
    home="http://127.0.0.1:8000",
    said=("Ticket #12: Printer", "Bob wrote:", "Which version do you use?"),
)
MAIL = (
    "— Please write your reply above this line —\n\nTicket #12: Printer\n\nBob wrote:\n\nWhich version do you use?\n\n"
    "Open the ticket:\nhttp://127.0.0.1:8000/tickets/01ARZ3NDEKTSV4RRFFQ69G5FAV\n\n-- \n"
    "You get this mail because this ticket is yours. You can answer by replying to this mail.\n"
    "Stop mail about tickets: http://127.0.0.1:8000/api/mail/unsubscribe?token=x.y\nhttp://127.0.0.1:8000"
)


def shared(name: str) -> Any:
    path = CASES / name
    if not path.exists():
        pytest.skip(f"{path} isn't there: the shared cases are not part of the repository.")
    return json.loads(path.read_text("utf-8"))


def replies(cases: Any) -> Iterator[tuple[str, str]]:
    for case in cases["headings"]:
        for quoted in (cases["quoted_mail"], cases["quoted_mail"].partition("\n\n")[2]):
            mark = f"{case['prefix']} " if case["prefix"] else ""
            lines = "\n".join((mark + line).rstrip() for line in quoted.rstrip().split("\n"))
            yield case["program"], f"{cases['answer']}\n\n{case['heading']}\n{lines}\n"


def test_every_programs_heading_goes_and_the_answer_stays() -> None:
    cases = shared("mail-headings.json")
    for program, text in replies(cases):
        assert written_now(text, OURS).body == cases["answer"], (program, text)


def words(text: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", text)


def test_no_word_that_a_person_wrote_is_lost() -> None:
    for name, text in shared("mail-nothing-lost.json")["texts"].items():
        said = written_now(text, OURS)
        kept = words("\n".join([said.body, said.trimmed, "— Please write your reply above this line —"]))
        assert [word for word in words(text) if word not in kept] == [], name
        assert said.body.strip(), name


STAYS = {
    "the Swedish for from": "Hej,\n\nFrån: Kiruna\nTill: Malmö\nDatum: i morgon\n\nboka om, tack.",
    "a path": "/orders/17 fails\n\n/orders/18 too",
    "an original message that isn't ours": "-----Original Message-----\nFrom: Eve <eve@example.net>\nSent: 2026-09-01 "
    "10:00\nTo: Ann\nSubject: Pay\n\nIs this a fraud?",
    "code": "    def f():\n        return 1\n\nfails",
    "a colleague's words": "On Monday I asked and your colleague wrote:\n\nIt is fixed.\n\nIt isn't.",
    "our address in prose": "I wrote to help@lambdesk.test on 3 May 2026 and got this:\n\nerror 550\n\nWhy?",
    "our name in prose": "Yesterday at 10:00 Lambdesk said:\n\nno results\n\nbut there are some.",
    "our headers, pasted": "The headers say\n\nFrom: Lambdesk <help@lambdesk.test>\nTo: me@example.org\nDate: today\n\n"
    "why is it spam?",
    "a mail of one's own": "From: Ann <ann@example.org>\nSent: Tuesday, September 1, 2026 10:00\n"
    "To: help@lambdesk.test\nSubject: Printer\n\nThis is what I sent.",
    "a list with --": "one\n--\ntwo",
    "a question about the telephone": "Hello,\n\nSent items are missing on my iPhone, and the mailbox is.\n\nHelp.",
}


@pytest.mark.parametrize("text", STAYS.values(), ids=STAYS)
def test_what_is_no_quotation_of_ours_stays(text: str) -> None:
    assert written_now(text, OURS) == (text, "")


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


GOES = {
    "marked line by line": "Four.\n\nOn 9/1/26 10:00, Lambdesk wrote:\n" + quoted(MAIL),
    "without marks": "Four.\n\nFrom: Lambdesk <help@lambdesk.test>\nSent: 1 September 2026\nTo: Ann\nSubject: x\n\n"
    + MAIL,
    "nothing above but a rule": "Four.\n\n________________________________\n" + MAIL,
    "called by another name": "Four.\n\nAm 01.09.2026 um 10:00 schrieb Das Amt:\n" + quoted(MAIL),
    "a program's own line": "Four.\n\nGet Outlook for Android<https://aka.ms/x>\n\n" + MAIL,
    "twice quoted": "Four.\n\n" + quoted(quoted(MAIL)),
    "our sentence alone": "> Which version do you use?\n\nFour.",
}


@pytest.mark.parametrize("text", GOES.values(), ids=GOES)
def test_our_own_mail_goes_and_nothing_of_it_is_kept(text: str) -> None:
    said = written_now(text, OURS)
    assert said.body == "Four."
    for ours in ("Which version", "Stop mail", "above this line", "You get this mail"):
        assert ours not in said.trimmed


def test_answers_between_and_below_the_quotation_stay() -> None:
    between = MAIL.replace("Which version do you use?", "Which version do you use?\n#\n").split("\n")
    text = "\n".join("Four, on Linux." if line == "#" else f"> {line}" for line in between)
    assert written_now(text, OURS).body == "Four, on Linux."
    below = f"On Tue, Lambdesk <help@lambdesk.test> wrote:\n{quoted(MAIL)}\n\nFour."
    assert written_now(below, OURS).body == "Four."
    assert written_now(f"{MAIL}\n\nFour.", OURS).body == "Four."


def test_a_signature_is_what_is_short_last_and_below_its_mark() -> None:
    assert written_now("Four.\n\n-- \nAnn\nHead of sand", OURS) == ("Four.", "Ann\nHead of sand")
    long = "Four.\n\n-- \n" + "\n".join(f"line {number}" for number in range(40))
    assert written_now(long, OURS) == (long, "")


def test_nothing_but_our_mail_is_nothing_and_a_word_besides_is_all() -> None:
    assert written_now(quoted(MAIL), OURS) == ("", "")
    assert "It is four." in written_now(quoted(MAIL + "\nIt is four."), OURS).body


def test_an_end_is_a_signature_once_it_has_ended_an_earlier_mail() -> None:
    signed = "{}\n\nAnn Example\nExample Ltd"
    first = written_now(signed.format("It burns."), OURS)
    assert first == Answer(signed.format("It burns."), "")
    known = replace(OURS, ends=ends(first.body, first.trimmed))
    second = written_now(signed.format("Still."), known)
    assert second == Answer("Still.", "Ann Example\nExample Ltd")
    third = written_now(signed.format("And again."), replace(OURS, ends=ends(second.body, second.trimmed)))
    assert third.body == "And again."
    alone = written_now("Ann Example\nExample Ltd", known)
    assert alone.body == "Ann Example\nExample Ltd", "nothing else is there"
    assert written_now("Still.\n\nThanks", replace(OURS, ends=frozenset({"Thanks"}))).body == "Still.\n\nThanks"
