"""Mail in the reader's language: every text has a translation in each, and what the templates need of it."""

import re
from datetime import date

import pytest

from chalicelib.mail_in.ours import PRIVATE, Ours
from chalicelib.notifications import languages, policy, rendering, tickets
from chalicelib.people.models import Account
from chalicelib.reports.words import TITLES
from chalicelib.settings import PRIORITIES
from tests.unit.notifications import samples

OTHERS = [tag for tag in languages.known() if tag != languages.SOURCE]
EACH = pytest.mark.parametrize("tag", OTHERS)
TEMPLATES = sorted(rendering.TEMPLATES.iterdir())


@pytest.fixture(autouse=True)
def with_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    samples.with_keys(monkeypatch)


def texts() -> dict[str, bool]:
    """Everything that mail says in English, and whether it has a form for numbers."""
    found: dict[str, bool] = {}
    environment = rendering._environment(languages.SOURCE)
    for file in TEMPLATES:
        for _, function, message in environment.extract_translations(file.read_text()):  # type: ignore[attr-defined]
            parts = [message] if isinstance(message, str) else message
            if not parts or parts[0] is None:
                continue  # a word that is looked up by what it is
            found |= {parts[1]: True} if function == "ngettext" else {parts[0]: False}
    subjects = [mail.subject for mail in policy.SECURITY.values()]
    words = [*tickets._STATUS.values(), *tickets._MEANING.values(), *PRIORITIES, *TITLES.values(), *subjects]
    in_code = ["%(title)s, %(days)s", "%(title)s, %(days)s could not be made", "%(first)s to %(last)s"]
    return found | dict.fromkeys([*words, *in_code, policy.CONFIRM_FOR_A_TICKET, policy.REPLY_LINE], False)


@EACH
def test_no_text_is_without_a_translation_and_none_is_left_over(tag: str) -> None:
    assert sorted(languages.of(tag).texts) == sorted(texts())


@EACH
def test_a_translation_names_what_the_text_names(tag: str) -> None:
    language = languages.of(tag)
    for text, counted in texts().items():
        names = set(re.findall(r"%\((\w+)\)s", text))
        forms = language.texts[text]
        assert isinstance(forms, list) == counted, text
        for form in forms if isinstance(forms, list) else [forms]:
            told = re.findall(r"%\((\w+)\)s", form)
            assert set(told) <= names, form
            assert counted or sorted(told) == sorted(re.findall(r"%\((\w+)\)s", text)), form
            assert form.count("%") == len(told), form


@EACH
def test_each_number_has_its_form(tag: str) -> None:
    language = languages.of(tag)
    for forms in language.texts.values():
        if isinstance(forms, list):
            assert {language.form(number) for number in range(200)} == set(range(len(forms)))


def test_no_words_of_a_template_stand_outside_of_the_texts() -> None:
    for file in TEMPLATES:
        source = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<style>.*?</style>|<[^>]*>", " ", file.read_text(), flags=re.DOTALL)
        assert re.findall(r"\w+", source) == [], file.name


@pytest.mark.parametrize(
    ("locale", "tag"),
    [(None, "en"), ("ar", "ar"), ("ar-EG", "ar"), ("AR_jo", "ar"), ("en-GB", "en"), ("xx", "en"), ("../ar", "en")],
)
def test_the_language_is_the_accounts(locale: str | None, tag: str) -> None:
    assert languages.of(locale).tag == tag


def test_a_day_is_written_as_the_language_does() -> None:
    assert languages.of("en").day(date(2026, 12, 3)) == "3 December 2026"
    assert languages.of("ar").day(date(2026, 12, 3)) == "3 ديسمبر 2026"


@pytest.mark.parametrize(("template", "what", "values"), samples.MAILS)
def test_an_arabic_mail_reads_from_right_to_left_and_has_no_english_of_ours(
    template: str, what: policy.Happening, values: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    people = samples.people

    def arabs() -> tuple[Account, Account]:
        found = people()
        for each in found:
            each.locale = "ar-EG"
        return found

    monkeypatch.setattr(samples, "people", arabs)
    if "meaning" in values:
        values = values | {"meaning": tickets._MEANING["in_progress"]}
    made = samples.message(template, what, values)
    assert '<html lang="ar" dir="rtl">' in made.html
    inline = re.sub(r"[\w.+-]+@[\w.]+|https?://\S+", "", made.text)
    for theirs in (samples.TITLE, samples.DESCRIPTION, samples.SAID, "hello", "Lambdesk"):
        for line in theirs.split("\n"):
            inline = inline.replace(line, "")
    assert re.findall(r"[A-Za-z]{3,}", inline) == []


@EACH
def test_mail_that_comes_back_is_known_as_ours_in_every_language(tag: str) -> None:
    language, ours = languages.of(tag), Ours()
    assert ours.is_mark(language.gettext(policy.REPLY_LINE))
    assert ours.is_mark(f"> {language.gettext(policy.REPLY_LINE)}")
    assert ours.says(language.gettext("You get this mail because this ticket is yours."))
    assert not ours.says("هذا ما كتبته أنا، وليس منكم.")
    assert any(each in language.gettext("%(sender)s, to you alone") for each in PRIVATE)
