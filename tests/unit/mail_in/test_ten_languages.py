"""Ordinary sentences in ten languages, made up at random, above, between and below what a program quotes of our mail:
every word of theirs is in the body or in what was cut from it, and no word of ours is in the body."""

import re
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from chalicelib.mail_in.answer import written_now
from chalicelib.mail_in.ours import Ours

pytestmark = pytest.mark.long

OURS = Ours(
    addresses=frozenset({"help@lambdesk.test"}),
    domain="lambdesk.test",
    names=frozenset({"Lambdesk"}),
    home="https://desk.example.com",
    said=("Ticket #12: Zyzzyva", "Quillon wrote:", "Quixotic zephyrs vex jackdaws."),
)
OUR_WORDS = {"Zyzzyva", "Quillon", "Quixotic", "zephyrs", "vex", "jackdaws", "unsubscribe"}
OUR_MAIL = (
    "— Please write your reply above this line —\n\nTicket #12: Zyzzyva\n\nQuillon wrote:\n\n"
    "Quixotic zephyrs vex jackdaws.\n\nOpen the ticket:\nhttps://desk.example.com/tickets/01ARZ3NDEKTSV4RRFFQ69G5FAV\n\n"
    "-- \nYou get this mail because this ticket is yours. You can answer by replying to this mail.\n"
    "Stop mail about tickets: https://desk.example.com/api/mail/unsubscribe?token=x.y\nhttps://desk.example.com"
)
WORDS = {
    "English": "thanks that worked but the printer on wrote from sent regards date to subject still fails best monday",
    "German": "danke das geht aber der drucker am schrieb von gesendet grüße datum an betreff immer noch montag viele",
    "French": "merci cela marche mais l'imprimante le écrit de envoyé cordialement date à objet encore lundi bonne",
    "Spanish": "gracias funciona pero la impresora el escribió de enviado saludos fecha para asunto todavía lunes",
    "Polish": "dziękuję działa ale drukarka dnia napisał od wysłano pozdrawiam data do temat nadal poniedziałek",
    "Russian": "спасибо работает но принтер написал от отправлено уважением дата кому тема всё ещё понедельник",
    "Turkish": "teşekkürler çalışıyor ama yazıcı tarihinde yazdı kimden gönderilen saygılar tarih kime konu hâlâ",
    "Arabic": "شكرا يعمل لكن الطابعة في كتب من أرسل تحياتي التاريخ إلى الموضوع مازال الاثنين",
    "Japanese": "ありがとう 動きます しかし プリンタ 書きました から 送信 敬具 日付 宛先 件名 まだ 月曜日",
    "Korean": "감사합니다 됩니다 하지만 프린터 작성 보낸사람 보냄 드림 날짜 받는사람 제목 아직 월요일",
}
ENDS = (".", "!", "?", ":", ",", "", " -", " …")


class Program(NamedTuple):
    """What it writes above our mail, and what before each line of it."""

    heading: str
    prefix: str = ""


PROGRAMS = {
    "Gmail": Program("On Wed, Nov 25, 2026 at 9:58 AM Lambdesk <help@lambdesk.test> wrote:\n", "> "),
    "Gmail in German": Program("Am Mi., 25. Nov. 2026 um 09:58 Uhr schrieb Lambdesk <help@lambdesk.test>:\n", "> "),
    "Apple Mail in French": Program("Le 25 nov. 2026 à 09:58, Lambdesk <help@lambdesk.test> a écrit :\n", "> "),
    "Thunderbird": Program("On 25/11/2026 09:58, Lambdesk wrote:", "> "),
    "Gmail in Japanese": Program("2026年11月25日(水) 9:58 Lambdesk <help@lambdesk.test>:\n", "> "),
    "Gmail in Arabic": Program("في الأربعاء، 25 نوفمبر 2026 في 9:58 ص كتب Lambdesk <help@lambdesk.test>:\n", "> "),
    "Outlook": Program(
        "________________________________\nFrom: Lambdesk <help@lambdesk.test>\n"
        "Sent: Wednesday, November 25, 2026 9:58 AM\nTo: Ann\nSubject: [#12] Zyzzyva\n"
    ),
    "Outlook in Polish": Program(
        "Od: Lambdesk <help@lambdesk.test>\nWysłano: środa, 25 listopada 2026 09:58\nDo: Ann\nTemat: [#12] Zyzzyva\n"
    ),
    "nothing but the mark": Program("", "> "),
}


@st.composite
def sentences(draw: st.DrawFn, least: int = 1) -> str:
    vocabulary = WORDS[draw(st.sampled_from(sorted(WORDS)))].split()
    lines = []
    for _ in range(draw(st.integers(least, 4))):
        words = draw(st.lists(st.sampled_from(vocabulary), min_size=2, max_size=9))
        lines.append(" ".join(words).capitalize() + draw(st.sampled_from(ENDS)))
    return draw(st.sampled_from(("\n", "\n\n"))).join(lines)


@st.composite
def replies(draw: st.DrawFn) -> tuple[str, str]:
    """A mail's text, and what its writer wrote of it."""
    program = PROGRAMS[draw(st.sampled_from(sorted(PROGRAMS)))]
    above = draw(sentences())
    quoted = "\n".join((program.prefix + line).rstrip() for line in OUR_MAIL.split("\n"))
    below = draw(sentences()) if program.prefix and draw(st.booleans()) else ""
    return f"{above}\n\n{program.heading}\n{quoted}\n\n{below}", f"{above}\n{below}"


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@settings(max_examples=2_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(replies())
def test_no_word_of_theirs_is_lost_and_none_of_ours_stays(reply: tuple[str, str]) -> None:
    text, theirs = reply
    said = written_now(text, OURS)
    kept = words(f"{said.body}\n{said.trimmed}")
    for word in set(words(theirs)):
        assert kept.count(word) >= words(theirs).count(word), (word, text)
    assert not OUR_WORDS & set(words(said.body)), text
