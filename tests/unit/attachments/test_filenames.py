"""A file's name survives whatever it is, and misleads nobody."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given, strategies as st

from chalicelib.attachments.filenames import LONGEST, cleaned, disposition

HEADER = re.compile(r"attachment; filename=\"([A-Za-z0-9 ._()+,=@-]+)\"; filename\*=UTF-8''([A-Za-z0-9._~%-]+)")


@given(st.text(max_size=40) | st.sampled_from(["x" * 300, "é" * 300]))
def test_whatever_is_given_a_name_comes_of_it(name: str) -> None:
    kept = cleaned(name)
    assert 1 <= len(kept) <= LONGEST
    assert not set("/\\\r\n\0") & set(kept)
    assert kept.strip(".")
    assert cleaned(kept) == kept


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ann\\plan.pdf", "plan.pdf"),
        ("a\u2028b\u2029c\x00\x7f.txt", "abc.txt"),
        ("annexe\u202egpj.exe", "annexegpj.exe"),
        ("x" * 300, "x" * 255),
        ("folder/..", "file"),
    ],
)
def test_what_misleads_a_path_or_a_reader_is_left_out(name: str, kept: str) -> None:
    assert cleaned(name) == kept


@given(st.text(max_size=40) | st.sampled_from(["x" * 300, "é" * 300]))
def test_the_header_holds_nothing_but_the_name(name: str) -> None:
    kept = cleaned(name)
    found = HEADER.fullmatch(disposition(kept))
    assert found
    assert unquote(found[2]) == kept


def test_who_knows_ascii_alone_sees_as_much_as_there_is() -> None:
    for name, plain in {
        "Größe.pdf": "Groe.pdf",
        "打印机.txt": "file.txt",
        "👩‍👩‍👧.jpg": "file.jpg",
        "打印机": "file",
    }.items():
        assert f'filename="{plain}"' in disposition(name)
