"""Words of any script, and what is looked for by what is typed."""

import pytest
from hypothesis import given, strategies as st

from chalicelib.search.words import LONGEST, STEM, Term, Word, terms, words


def texts(*given: str) -> set[str]:
    return {word.text for word in words(*given)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The printer's on FIRE!", {"the", "printer", "s", "on", "fire"}),
        ("Größe ÉCOLE naïve İzmir ﬁn", {"grosse", "ecole", "naive", "izmir", "fin"}),
        ("ticket #4711, v3.14", {"ticket", "4711", "v3", "14"}),
        ("Ёлка ΣΊΣΥΦΟΣ", {"елка", "σισυφοσ"}),
        ("مُحَمَّد שָׁלוֹם", {"محمد", "שלומ"}),
        ("打印机", {"打", "印", "机", "打印", "印机"}),
        ("iPhone充电", {"iphone", "充", "电", "充电"}),
        ("프린터가", {"프", "린", "터", "가", "프린", "린터", "터가"}),
        ("ﾌﾟﾘﾝﾀｰ", {"ぷ", "り", "ん", "た", "ー", "ぷり", "りん", "んた", "たー"}),
        ("हिन्दी कु कि", {"हिंदी", "कु", "कि"}),
        ("hot 🔥🔥", {"hot", "🔥"}),
        ("---", set()),
        ("x" * 40, {"x" * 32}),
        ("0day 007 000", {"0day", "7", "0"}),
        ("人々", {"人", "々", "人々"}),
        ("กข", {"ก", "ข", "กข"}),
        ("ກຂ", {"ກ", "ຂ", "ກຂ"}),
        ("កខ", {"ក", "ខ", "កខ"}),
        ("ကခ", {"က", "ခ", "ကခ"}),
        ("ひら", {"ひ", "ら", "ひら"}),
        ("カナ", {"か", "な", "かな"}),
    ],
)
def test_a_text_has_these_words(text: str, found: set[str]) -> None:
    assert texts(text) == found


def test_words_are_found_by_their_beginnings_but_characters_and_pairs_are_not() -> None:
    assert words("printer") == {Word("printer", True)}
    assert words("打印") == {Word("打", False), Word("印", False), Word("打印", False)}


@pytest.mark.parametrize(
    "text", [" ".join(f"w{number}" for number in range(6000)), "".join(map(chr, range(0x4E00, 0x4E00 + 6000)))]
)
def test_of_a_text_without_end_the_first_five_thousand_words_count(text: str) -> None:
    assert len(words(text)) == 5000


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Printer fi", [Term("printer"), Term("fi")]),
        ("printer fir", [Term("printer"), Term("fir", True)]),
        ("fire fire", [Term("fire"), Term("fire", True)]),
        ("#47", [Term("47")]),
        ("打印机", [Term("打印"), Term("印机")]),
        ("机", [Term("机")]),
        ("打印 prin", [Term("打印"), Term("prin", True)]),
        ("?!", []),
    ],
)
def test_what_is_typed_looks_for_these(typed: str, wanted: list[Term]) -> None:
    assert terms(typed) == wanted


@given(st.text(max_size=60))
def test_every_text_is_found_by_itself(text: str) -> None:
    there = texts(text)
    for term in terms(text):
        assert any(word.startswith(term.text) for word in there) if term.beginning else term.text in there


@given(st.text(max_size=60))
def test_only_whole_words_have_beginnings(text: str) -> None:
    for word in words(text):
        assert word.text
        assert not word.whole or len(word.text) <= LONGEST
    assert all(len(term.text) >= STEM for term in terms(text) if term.beginning)
