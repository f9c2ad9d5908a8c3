"""docs/asyncapi.yaml, and whether what goes over the wire is what it says."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from tests.e2e.client import Json

DOCUMENT: Json = yaml.safe_load((Path(__file__).parents[2] / "docs" / "asyncapi.yaml").read_text())


@cache
def validator(name: str) -> Any:
    """Of one of the document's schemas."""
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]})


def check(body: Json) -> None:
    """Raises if what the server sent isn't as the document says."""
    validator(str(body["type"]).capitalize()).validate(body)
