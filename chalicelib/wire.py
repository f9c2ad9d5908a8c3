"""botocore's session for DynamoDB, without two things that it does at each call and nobody needs (bench/README.md says
what they cost).

DynamoDB's JSON already is what pynamodb wants of an item: walking through every value by botocore's model changes
nothing but bytes, of which no item here has any (tests/unit/test_wire.py). And the client's name, which goes with every
request, is put together anew from its many parts each time.
"""

from typing import Any

from botocore.config import Config
from botocore.parsers import JSONParser, ResponseParserFactory
from botocore.session import Session, get_session


class _Items(JSONParser):
    """Leaves items as they came."""

    def _handle_structure(self, shape: Any, value: Any) -> Any:
        return value if shape.name == "AttributeValue" else super()._handle_structure(shape, value)  # type: ignore[misc]

    def _handle_map(self, shape: Any, value: Any) -> Any:
        return value if shape.value.name == "AttributeValue" else super()._handle_map(shape, value)  # type: ignore[misc]


class _Parsers(ResponseParserFactory):
    def create_parser(self, protocol_name: str) -> Any:
        return _Items() if protocol_name == "json" else super().create_parser(protocol_name)


def session() -> Session:
    """For clients of DynamoDB alone."""
    made = get_session()
    made.register_component("response_parser_factory", _Parsers())
    made.set_default_client_config(Config(user_agent=made.user_agent()))
    return made
