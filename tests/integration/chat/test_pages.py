"""Where a page of messages ends."""

from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.caller import Caller
from chalicelib.chat import conversations
from chalicelib.chat.conversations import Draft
from tests.interleaving.world import World, desk


@pytest.fixture
def world() -> Iterator[World]:
    with desk():
        made = World([{"name": "ann"}])
        yield made


def said(sender: Caller, ticket_id: str, content: str, to: Caller | None = None) -> Any:
    draft = Draft(sender, ticket_id, content, recipient_id=to.id if to else None)
    [place] = conversations.store([draft])
    assert place.message is not None
    return place.message


@pytest.mark.parametrize(
    ("before", "limit", "page", "older"),
    [
        (None, 2, [5, 4], True),
        (6, 2, [5, 4], True),
        (5, 2, [4, 3], True),
        (3, 2, [2, 1], False),
        (2, 5, [1], False),
        (1, 5, [], False),
    ],
)
def test_a_page_ends_before_the_message_that_is_named(
    world: World, before: int | None, limit: int, page: list[int], older: bool
) -> None:
    ticket = world.file()
    for number in range(5):
        said(world.client, ticket, str(number))
    found, more = conversations.page(ticket, before, limit)
    assert ([message.seq for message in found], more) == (page, older)


@pytest.mark.parametrize(
    ("after", "limit", "page", "newer"),
    [(0, 2, [1, 2], True), (2, 2, [3, 4], True), (3, 2, [4, 5], False), (5, 2, [], False), (9, 2, [], False)],
)
def test_a_page_begins_after_the_message_that_is_named(
    world: World, after: int, limit: int, page: list[int], newer: bool
) -> None:
    ticket = world.file()
    for number in range(5):
        said(world.client, ticket, str(number))
    found, more = conversations.page_after(ticket, after, limit)
    assert ([message.seq for message in found], more) == (page, newer)
