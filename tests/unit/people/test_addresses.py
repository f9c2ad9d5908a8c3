"""E-mail addresses compared in normal form."""

import pytest

from chalicelib.errors import Invalid
from chalicelib.people.addresses import lookup_form, normal_form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna@Example.com", "anna@example.COM"),
        ("ﬁn@example.com", "fin@example.com"),
        ("ＡＮＮＡ@example.com", "anna@example.com"),
        ("straße@example.com", "STRASSE@example.com"),
        ("me@BÜCHER.example", "me@xn--bcher-kva.example"),
        ("e\u0301ric@example.com", "\u00e9ric@example.com"),
    ],
)
def test_equal_addresses(one: str, other: str) -> None:
    assert normal_form(one) == normal_form(other)


def test_dots_and_tags_are_different_people() -> None:
    assert len({normal_form(text) for text in ("ab@example.com", "a.b@example.com", "ab+x@example.com")}) == 3


@pytest.mark.parametrize("address", ["me@desk.local", "me@localhost", "me@desk.test", "me@intranet"])
def test_addresses_inside_an_organisation_are_taken(address: str) -> None:
    assert normal_form(address) == address


@pytest.mark.parametrize(
    "address",
    ["", "@", "me", "me@", "@example.com", "me @example.com", " me@example.com", "me@example..com", "me@[127.0.0.1]",
     '"me"@example.com', "me@example.com\r\nBcc: you@example.com", "a" * 65 + "@example.com", "me@-.com"],
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Invalid) as refused:
        normal_form(address)
    assert refused.value.errors[0].field == "email"


@pytest.mark.parametrize("text", ["ﷺ" * 100, "\U0001d400" * 1000, "x" * 5000])
def test_a_lookup_form_fits_in_a_sort_key(text: str) -> None:
    assert 0 < len(lookup_form(text).encode()) <= 1024


def test_a_lookup_form_begins_with_that_of_the_beginning() -> None:
    assert lookup_form("Ångström Straße").startswith(lookup_form("ÅNGSTRÖM STRAS"))
