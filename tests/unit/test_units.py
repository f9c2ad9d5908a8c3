"""What DynamoDB charges, by the examples of its developer guide and the facts of its units."""

import pytest

from infra.local.engine import units
from infra.local.engine.template import RESOURCES, Template
from infra.local.engine.units import Index, Item, Table

BY_COLOUR = Index("by_colour", ("colour", "id"), frozenset({"colour", "id", "name"}), local=False)
PLACES = Index("places", ("id", "place"), None, local=True)
SHELF = Table("shelf", ("id",), (BY_COLOUR,))
ROW = Table("row", ("id", "item"), (PLACES,))


def thing(size: int = 0, **attributes: str) -> Item:
    return {"id": {"S": "1"}, "filling": {"S": "x" * size}, **{name: {"S": text} for name, text in attributes.items()}}


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ({"S": "grün"}, 5),
        ({"N": "0"}, 2),
        ({"N": "7"}, 2),
        ({"N": "100"}, 2),
        ({"N": "1790000000"}, 3),
        ({"N": "-25"}, 3),
        ({"N": "12.345"}, 4),
        ({"BOOL": True}, 1),
        ({"NULL": True}, 1),
        ({"B": b"abc"}, 3),
        ({"L": []}, 3),
        ({"L": [{"S": "ab"}, {"N": "1"}]}, 3 + 1 + 2 + 1 + 2),
        ({"M": {"k": {"S": "v"}}}, 3 + 1 + 1 + 1),
        ({"SS": ["ab", "c"]}, 3),
    ],
)
def test_an_attribute_weighs_its_name_and_its_value(value: dict[str, object], size: int) -> None:
    assert units.item_size({"name": value}) == 4 + size


def test_reading_counts_in_4_kb_and_half_if_it_may_be_stale() -> None:
    assert units.read_units(4096, consistent=True) == 1
    assert units.read_units(4097, consistent=True) == 2
    assert units.read_units(4097, consistent=False) == 1
    assert units.read_units(4097, consistent=True, transactional=True) == 4
    assert units.read_units(0, consistent=False) == 0.5


def test_writing_counts_in_1_kb_of_the_larger_image() -> None:
    assert units.write_units(SHELF, None, thing()) == 1
    assert units.write_units(SHELF, None, thing(1100)) == 2
    assert units.write_units(SHELF, thing(3000), thing()) == 3
    assert units.write_units(SHELF, thing(3000), None) == 3


def test_a_transaction_costs_twice_on_the_table() -> None:
    assert units.write_units(SHELF, None, thing(), transactional=True) == 2
    assert units.write_units(SHELF, thing(1100), thing(1100), transactional=True) == 4


def test_an_index_costs_when_its_entry_changes() -> None:
    red, green = thing(colour="red", name="a"), thing(colour="green", name="a")
    assert units.write_units(SHELF, None, red) == 1 + 1
    assert units.write_units(SHELF, red, None) == 1 + 1
    assert units.write_units(SHELF, red, green) == 1 + 2
    assert units.write_units(SHELF, red, {**red, "name": {"S": "b"}}) == 1 + 1
    assert units.write_units(SHELF, red, {**red, "unseen": {"S": "b"}}) == 1
    assert units.write_units(SHELF, thing(), red) == 1 + 1


def test_an_index_entry_weighs_what_is_projected() -> None:
    assert units.write_units(SHELF, None, thing(5000, colour="red")) == 5 + 1


def test_a_local_index_is_part_of_the_transaction_and_a_global_one_follows_it() -> None:
    moved = units.write_units(ROW, thing(item="1", place="1"), thing(item="1", place="2"), transactional=True)
    assert moved == 2 * (1 + 2)
    recoloured = units.write_units(SHELF, thing(colour="red"), thing(colour="green"), transactional=True)
    assert recoloured == 2 * 1 + 2


def test_a_failed_condition_costs_the_item_as_it_is() -> None:
    assert units.write_units(SHELF, thing(2000, colour="red"), thing(2000, colour="red")) == 2
    assert units.write_units(SHELF, None, None) == 1


def test_tables_and_indexes_are_those_of_the_template() -> None:
    tables = units.tables(Template.read(RESOURCES, stream_arn=lambda table: table))
    tickets = tables["lambdesk-tickets"]
    assert {index.name for index in tickets.indexes} == {
        "all", "team", "client", "held", "live", "team_live", "client_live", "held_live", "number", "unsettled",
        "closing",
    }  # fmt: skip
    assert tickets.index("all").projected == {"register", "id", "item"}
    assert tickets.index("held_live").projected == {
        "assignee_id", "live", "id", "item", "status", "priority", "team", "waiting_for",
    }  # fmt: skip
    assert tables["lambdesk-roster"].index("place") == Index("place", ("team", "place"), None, local=True)
