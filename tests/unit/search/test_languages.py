"""What somebody types finds what somebody else wrote: a table that a speaker can read, language by language."""

import time
import unicodedata
from typing import Literal, get_args

import pytest
from hypothesis import given, strategies as st

from chalicelib.folding import folded
from chalicelib.search.words import MOST, numbered, terms, words

# (language, typed, stored, found)
TABLE = [
    ("Arabic: vowel signs", "محمد", "مُحَمَّد", True),
    ("Arabic: alef with hamza", "احمد", "أحمد", True),
    ("Arabic: te marbuta", "طابعه", "طابعة", True),
    ("Arabic: stretched", "طابعة", "طـابـعـة", True),
    ("Arabic: digits", "123", "طلب ١٢٣", True),
    ("Armenian: case", "ՏՊԻՉ", "տպիչ", True),
    ("Azerbaijani", "elaqe", "əlaqə", True),
    ("Belarusian: apostrophes", "п'еса", "п’еса", True),
    ("Bengali: digits", "২০২৬", "2026", True),
    ("Bengali: vowels count", "কি", "কু", False),
    ("Bulgarian: case", "ПРИНТЕР", "принтер", True),
    ("Catalan", "col·lega", "COL·LEGA", True),
    ("Chinese: within a sentence", "打印机", "我的打印机坏了", True),
    ("Chinese: another word", "打印机", "打字机", False),
    ("Chinese: full width Latin", "iphone", "我的ｉＰｈｏｎｅ坏了", True),
    ("Croatian", "dak", "đak", True),
    ("Czech", "prilis zlutoucky", "Příliš žluťoučký", True),
    ("Danish", "oresund", "Øresund", True),
    ("Danish: æ", "aeble", "Æble", True),
    ("Dutch: ligature", "ijsland", "Ĳsland", True),
    ("English: ligature", "office", "oﬃce", True),
    ("English: soft hyphen", "printer", "prin\u00adter", True),
    ("English: word joiner", "printer", "prin\u2060ter", True),
    ("English: byte order mark", "printer", "\ufeffprinter", True),
    ("English: mathematical letters", "printer", "𝓹𝓻𝓲𝓷𝓽𝓮𝓻", True),
    ("English: circled", "printer", "ⓟⓡⓘⓝⓣⓔⓡ", True),
    ("Esperanto", "ciujaude", "ĉiuĵaŭde", True),
    ("Ewe", "evegbe", "Eʋegbe", True),
    ("Faroese", "foroyar", "Føroyar", True),
    ("Finnish", "aanekoski", "Äänekoski", True),
    ("French", "coeur", "Cœur", True),
    ("French: taken apart", "ete", "e\u0301te\u0301", True),
    ("Georgian: capitals", "ᲞᲠᲘᲜᲢᲔᲠᲘ", "პრინტერი", True),
    ("German", "GROSSE", "Größe", True),
    ("German: ö is no oe", "groesse", "Größe", False),
    ("German: ß", "strasse", "Straße", True),
    ("German: capital ẞ", "STRAẞE", "Strasse", True),
    ("Greek: final sigma", "ΟΔΟΣ", "οδός", True),
    ("Greek: polytonic", "ωδη", "ᾠδή", True),
    ("Hausa", "dabi'a", "ɗabi’a", True),
    ("Hawaiian", "hawai'i", "Hawaiʻi", True),
    ("Hebrew: points", "שלום", "שָׁלוֹם", True),
    ("Hebrew: the last letter's form", "דרך", "דרכים", True),
    ("Hindi: digits", "४२", "42", True),
    ("Hindi: nasals", "हिंदी", "हिन्दी", True),
    ("Hindi: the dot", "फोन", "फ़ोन", True),
    ("Hindi: vowels count", "कि", "कु", False),
    ("Hungarian", "arvizturo", "Árvíztűrő", True),
    ("Icelandic", "thordur", "Þórður", True),
    ("Indonesian: case", "cetak", "CETAK", True),
    ("Irish: dotted consonants", "cail", "ċáil", True),
    ("Italian", "citta", "Città", True),
    ("Japanese: half width", "プリンター", "ﾌﾟﾘﾝﾀｰ", True),
    ("Japanese: the other kana", "ぷりんた", "プリンター", True),
    ("Japanese: voicing counts", "はん", "ばん", False),
    ("Kazakh", "ёлка", "Елка", True),
    ("Khmer: space of no width", "ព្រីន", "ម៉ាស៊ីន\u200bព្រីន", True),
    ("Korean: with an ending", "프린터", "프린터가", True),
    ("Korean: in letters", "한", "\u1112\u1161\u11ab", True),
    ("Latvian", "galdins", "Galdiņš", True),
    ("Lithuanian", "zasis", "Žąsis", True),
    ("Maltese", "hobz", "Ħobż", True),
    ("Northern Sámi", "ahcci", "áhčči", True),
    ("Northern Sámi: ŧ and ŋ", "manna", "maŋŋa", True),
    ("Norwegian", "blabaer", "Blåbær", True),
    ("Persian: joined by nothing", "میخواهم", "می\u200cخواهم", True),
    ("Persian: on an Arabic keyboard", "كتاب", "کتاب", True),
    ("Persian: ye", "فارسي", "فارسی", True),
    ("Persian: digits", "۴۵", "45", True),
    ("Polish", "lodz", "Łódź", True),
    ("Polish: typed with marks", "Łódź", "LODZ", True),
    ("Portuguese", "impressao", "Impressão", True),
    ("Punjabi: digits", "੧੨", "12", True),
    ("Romanian: comma or cedilla", "şcoală", "școală", True),
    ("Russian", "елка", "Ёлка", True),
    ("Serbian: Latin", "djordje", "Đorđe", False),
    ("Serbian: Latin, d", "dorde", "Đorđe", True),
    ("Slovak", "vykrik", "Výkrik", True),
    ("Spanish", "espana", "ESPAÑA", True),
    ("Swedish", "angstrom", "Ångström", True),
    ("Tamil: digits", "௧௨", "12", True),
    ("Thai: within a sentence", "พิมพ์", "เครื่องพิมพ์เสีย", True),
    ("Thai: digits", "๔๒", "42", True),
    ("Turkish: İ", "diyarbakir", "DİYARBAKIR", True),
    ("Turkish: small", "DİYARBAKIR", "diyarbakır", True),
    ("Turkish: without", "Diyarbakir", "diyarbakır", True),
    ("Turkish: ı", "ısparta", "ISPARTA", True),
    ("Turkish: I", "ISPARTA", "ısparta", True),
    ("Ukrainian", "грунт", "ґрунт", True),
    ("Ukrainian: three apostrophes", "м'який", "мʼякий", True),
    ("Urdu: he", "هم", "ہم", True),
    ("Vietnamese", "duong", "Đường", True),
    ("Yoruba", "eko", "Ẹ̀kọ́", True),
    ("a glyph's variant", "❤", "❤\ufe0f", True),
    ("framed digits", "4", "4\ufe0f\u20e3", True),
]


def finds(typed: str, stored: str) -> bool:
    there = words(stored)
    texts, wanted = {word.text for word in there}, terms(typed)
    return bool(wanted) and all(
        any(word.whole and word.text.startswith(term.text) for word in there) if term.beginning else term.text in texts
        for term in wanted
    )


@pytest.mark.parametrize(("typed", "stored", "found"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_what_is_typed_finds_what_is_stored(typed: str, stored: str, found: bool) -> None:
    assert finds(typed, stored) is found


@pytest.mark.parametrize(
    "typed",
    [
        "#4",
        "4",
        "[#4]",
        "ticket #4",
        "Ticket 4",
        "TICKET: 4",
        "No. 4",
        "no 4",
        "Nr. 4",
        "№4",
        "№ 4",
        "nº 4",
        "n° 4",
        "＃4",
        "４",
        "٤",
        "४",
        "④",
        "000004",
        "#0004",
        "チケット4",
        "工单 4",
        "номер 4",
        " 4 ",
        "(4)",
        "4.",
    ],
)
def test_every_spelling_of_a_number_finds_its_ticket(typed: str) -> None:
    assert finds(typed, "4")
    assert not finds(typed, "44")


@pytest.mark.parametrize(
    ("typed", "number"),
    [("Re: [#4] Printer", 4), ("AW: Re: [#0012] x", 12), ("［＃７］ y", 7), ("[#٤]", 4), ("#4", None), ("[#]", None)],
)
def test_a_pasted_subject_names_its_ticket(typed: str, number: int | None) -> None:
    assert numbered(typed) == number


def test_what_looks_like_a_label_many_times_takes_no_time() -> None:
    begun = time.process_time()
    terms("no " * 66)
    terms("n" * 200)
    assert time.process_time() - begun < 0.5


def test_a_long_text_without_spaces_costs_what_a_book_with_spaces_does() -> None:
    text = "".join(chr(0x4E00 + place * 7919 % 20_000) for place in range(20_000))
    assert MOST <= len(words(text)) <= MOST + 1
    assert finds(text[:200], text)


@given(st.text(max_size=60))
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert folded(folded(text)) == folded(text)


Form = Literal["NFC", "NFD", "NFKC", "NFKD"]
FORMS: tuple[Form, ...] = get_args(Form)


@given(st.text(max_size=60), st.sampled_from(FORMS))
def test_every_normal_form_is_folded_alike(text: str, form: Form) -> None:
    text = text.replace("№", "")  # a word by itself, which its compatibility forms are not
    assert folded(unicodedata.normalize(form, text)) == folded(text)


def test_every_letter_and_digit_is_folded_for_good() -> None:
    unified = (
        "CJK UNIFIED",
        "HANGUL SYLLABLE",
        "TANGUT",
        "NUSHU",
        "CUNEIFORM",
        "EGYPTIAN",
        "ANATOLIAN",
        "BAMUM",
        "YI ",
    )
    for character in map(chr, range(0x80, 0x20000)):
        if unicodedata.category(character)[0] not in "LNM" or unicodedata.name(character, "").startswith(unified):
            continue
        once = folded(character)
        assert folded(once) == once, f"U+{ord(character):04X}"
        for form in FORMS:
            assert folded(unicodedata.normalize(form, character)) == once, f"U+{ord(character):04X} {form}"
