"""The languages in which mail is written. English stands in the templates; each other is a file, `texts/<tag>.json`:
its direction, how it writes a day, its rule of plurals (gettext's), and the English texts with theirs. Pure.
"""

import gettext
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("texts")
SOURCE = "en"


@dataclass(frozen=True)
class Language:
    """`direction`: ltr or rtl. `texts`: English to this language, for numbers one text for each form."""

    tag: str
    direction: str
    months: tuple[str, ...]
    day_form: str
    """With {day}, {month} and {year}."""
    texts: Mapping[str, str | list[str]]
    form: Callable[[int], int]
    """The form for a number."""

    def gettext(self, text: str) -> str:
        """The text in this language; where there is none, in English."""
        found = self.texts.get(text, text)
        return found if isinstance(found, str) else text

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The same, in the form that goes with the number. The file has it under the text for many."""
        forms = self.texts.get(many)
        return forms[self.form(number)] if isinstance(forms, list) else (one if number == 1 else many)

    def day(self, day: date) -> str:
        return self.day_form.format(day=day.day, month=self.months[day.month - 1], year=day.year)


@cache
def known() -> tuple[str, ...]:
    """The tags of all languages, English first."""
    return (SOURCE, *sorted(path.stem for path in FOLDER.glob("*.json") if path.stem != SOURCE))


def of(locale: str | None) -> Language:
    """The language of an account's `locale` ("ar-EG" is Arabic); English for those that aren't known."""
    tag = (locale or SOURCE).replace("_", "-").partition("-")[0].lower()
    return _read(tag if tag in known() else SOURCE)


def in_each(text: str, **values: object) -> list[str]:
    """The text in every language, with these values in it."""
    return [of(tag).gettext(text) % values for tag in known()]


@cache
def _read(tag: str) -> Language:
    told: dict[str, Any] = json.loads((FOLDER / f"{tag}.json").read_text(encoding="utf-8"))
    form = gettext.c2py(told["plural"])
    return Language(tag, told["direction"], tuple(told["months"]), told["date"], told["texts"], form)
