"""Files of a mail: one that can't be taken is left out; one that can't be taken now makes the mail come again."""

import pytest

from chalicelib.errors import Conflict, Unavailable
from chalicelib.mail_in import posting
from chalicelib.mail_in.parsing import File

MADE = "01M8QTG6JDPDJ6HGS0HVKKT5H9"
FILES = [File(name, "text/plain", b"x") for name in ("a.txt", "b.txt", "c.txt")]


def test_a_file_that_is_refused_leaves_the_others() -> None:
    added: list[str] = []

    def add(file: File, _: str) -> None:
        if file.name == "b.txt":
            raise Conflict("Too many.")
        added.append(file.name)

    assert not posting.attach(FILES, MADE, add)
    assert added == ["a.txt", "c.txt"]


def test_a_busy_store_loses_no_file() -> None:
    def add(file: File, _: str) -> None:
        raise Unavailable("Try again.")

    with pytest.raises(Unavailable):
        posting.attach(FILES, MADE, add)
