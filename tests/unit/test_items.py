"""Items as they are read, beside what pynamodb makes of them."""

from collections.abc import Iterator
from typing import Any

import pytest
from pynamodb.attributes import AttributeContainer, DiscriminatorAttribute, MapAttribute

import app  # noqa: F401 - with it come all models
from chalicelib.dynamo import Item
from infra.local.engine.template import RESOURCES, Template

VALUES: dict[str, Any] = {"S": '{"a": [1, null]}', "N": "7.50", "BOOL": True, "SS": ["a", "b"], "NS": ["1"], "M": {}}
"""Something of each type; the text is JSON for attributes that want some."""


def kinds(of: type[Item] = Item) -> Iterator[type[Item]]:
    for each in of.__subclasses__():
        yield each
        yield from kinds(each)


def rows(kind: type[Item]) -> Iterator[dict[str, Any]]:
    """With all attributes, with each one missing, with each one null."""
    named = {attribute.attr_name: attribute for attribute in kind.get_attributes().values()}
    whole: dict[str, Any] = {}
    for name, attribute in named.items():
        if isinstance(attribute, DiscriminatorAttribute):
            if (value := attribute.get_discriminator(kind)) is not None:
                whole[name] = {"S": value}
        else:
            value = [{"S": "a"}, {"S": "b"}] if attribute.attr_type == "L" else VALUES[attribute.attr_type]
            whole[name] = {attribute.attr_type: value}
    yield whole
    for name in whole:
        yield {other: value for other, value in whole.items() if other != name}
        if not isinstance(named[name], DiscriminatorAttribute):
            yield {**whole, name: {"NULL": True}}


@pytest.mark.parametrize("kind", list(kinds()), ids=lambda kind: kind.__name__)
def test_an_item_is_what_pynamodb_makes_of_it(kind: type[Item]) -> None:
    for row in rows(kind):
        ours, theirs = kind.from_raw_data(row), made_by_pynamodb(kind, row)
        assert type(ours) is type(theirs)
        assert values(ours) == values(theirs)
        assert ours.serialize(null_check=False) == theirs.serialize(null_check=False)


@pytest.mark.parametrize("kind", [kind for kind in kinds() if hasattr(kind, "Meta")], ids=lambda kind: kind.__name__)
def test_what_is_named_as_a_key_of_its_table_has_the_keys_type(kind: type[Item]) -> None:
    """DynamoDB refuses an item otherwise, also one that isn't in the index; moto takes it."""
    template = Template.read(RESOURCES, stream_arn=lambda table: table)
    tables = {template.name(logical): table for logical, table in template.of_type("AWS::DynamoDB::Table").items()}
    declared = tables[kind.Meta.table_name]["AttributeDefinitions"]
    keys = {each["AttributeName"]: each["AttributeType"] for each in declared}
    named = {attribute.attr_name: attribute.attr_type for attribute in kind.get_attributes().values()}
    assert keys | {name: named[name] for name in keys.keys() & named.keys()} == keys


def test_an_item_of_another_kind_is_refused() -> None:
    from chalicelib.tickets.models import Event, Ticket

    with pytest.raises(ValueError, match="found a Event"):
        Ticket.from_raw_data({"id": {"S": "1"}, "item": {"S": "event#1"}, "kind": {"S": "event"}})
    assert isinstance(Event.from_raw_data({"kind": {"S": "event"}}), Event)


def values(item: Item) -> dict[str, Any]:
    """Maps as what is in them: as attributes they equal nothing."""
    found = item.attribute_values.items()
    return {name: value.as_dict() if isinstance(value, MapAttribute) else value for name, value in found}


def made_by_pynamodb(kind: type[Item], row: dict[str, Any]) -> Any:
    instantiate: Any = vars(AttributeContainer)["_instantiate"]
    return instantiate.__func__(kind, row)
