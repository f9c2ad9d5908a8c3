"""What comes of mails as people's programs write them: tests/unit/mail_in/mails.py is the table."""

import time

import pytest

from chalicelib.mail_in import answer, judgement, parsing, wording
from chalicelib.mail_in.mime import decoded
from chalicelib.mail_in.ours import Ours
from tests.unit.mail_in import mails
from tests.unit.mail_in.mails import CASES, Case

OURS = Ours(
    addresses=frozenset({"help@desk.example.com"}),
    domain="desk.example.com",
    names=frozenset({"Lambdesk"}),
    home="https://desk.example.com",
    said=("The printer is on fire", "On my way, with sand.", "Agent 1 wrote:", "Ticket #12: The printer is on fire"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mail_says_as_a_comment_what_its_writer_wrote(case: Case) -> None:
    said = wording.comment(parsing.read(case.raw), OURS)
    assert (said.body if said else None) == case.comment
    assert [file.name for file in (said.files if said else [])] == list(case.files)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mail_opens_a_ticket_with_all_that_is_in_it(case: Case) -> None:
    said = wording.ticket(parsing.read(case.raw))
    assert said is not None
    assert 1 <= len(said.title) <= 200
    assert not said.title.lower().startswith("re:")
    for line in (case.ticket or case.comment or "").split("\n"):
        assert line.strip() in said.body


def test_the_files_are_whole() -> None:
    [big] = parsing.read(mails.TEN_MEGABYTES).files
    assert big.content == bytes(range(256)) * 30_000
    budget = parsing.read(mails.WINMAIL).files
    assert [file.content for file in budget] == [b"1,000 for sand"]
    _, inner = parsing.read(mails.WITH_FILES).files
    assert inner.content.endswith(b"Inner text.\n\n") or b"Inner text." in inner.content


def test_an_empty_answer_above_a_quotation_is_empty_not_the_quotation() -> None:
    said = wording.comment(parsing.read(mails.EMPTY_ABOVE_QUOTE), OURS)
    assert said is None


def test_the_subject_and_the_sender_are_read_whatever_their_coding() -> None:
    mail = parsing.read(mails.ISO_2022_JP)
    assert mail.subject == "Re: プリンタ"
    sender = judgement.sender_of(mail.headers)
    assert sender is not None
    assert (sender.address, decoded(sender.name)) == ("ann@example.org", "Ann Example")
    assert judgement.sender_of(parsing.read(mails.BAD_HEADERS).headers) is not None


@pytest.mark.parametrize("raw", [b"", b"\r\n\r\n", b"\n"])
def test_nothing_at_all_is_not_readable(raw: bytes) -> None:
    with pytest.raises(parsing.Unreadable):
        parsing.read(raw)


def test_an_encrypted_mail_is_not_readable() -> None:
    raw = mails.plain(
        "MIAGCSqGSIb3DQEHA6CAMIACAQAx", 'application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"'
    )
    with pytest.raises(parsing.Unreadable, match="encrypted"):
        parsing.read(raw)


@pytest.mark.parametrize(
    "text",
    [
        "On " + "a " * 10_000,
        ("On " + "a " * 95 + "\n") * 100,
        "From: " + "x" * 20_000,
        "From: x\nSent: y\n" * 2_000,
        "CAUTION: " + "a" * 20_000,
        "\n" * 20_000,
        "> " * 10_000,
        "-" * 20_000,
        ("_" * 40 + "\n") * 500,
        "Sent from my " + "a" * 20_000,
        "a b\n" * 5_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    answer.written_now(text, OURS)
    assert time.process_time() - began < 5


def test_mails_nested_without_end_cost_what_is_deep_and_deep_html_is_read() -> None:
    inner = "Content-Type: text/plain\n\nx\n"
    for number in range(100):
        first = f"--b{number}\nContent-Type: text/plain\n\nSaid at {number}.\n"
        inner = f'Content-Type: multipart/mixed; boundary="b{number}"\n\n{first}--b{number}\n{inner}\n--b{number}--\n'
    mail = parsing.read(("From: a@example.org\n" + inner).encode())
    assert mail.left_out
    assert mail.text.startswith("Said at 99.\n\nSaid at 98.")
    deep = mails.html_only("<div>" * 2_000 + "down here" + "</div>" * 2_000)
    said = wording.comment(parsing.read(deep), OURS)
    assert said is not None
    assert "down here" in said.body


def test_a_long_message_is_cut_and_comes_whole_as_a_file() -> None:
    said = wording.comment(parsing.read(mails.plain("word " * 6_000)), OURS)
    assert said is not None
    assert len(said.body) <= 20_000
    assert "message.txt" in said.body
    assert said.files[0].content.decode().split() == ["word"] * 6_000
