"""JSON Schemas of bodies, answers and queries: pydantic's, corrected where pydantic can't know better."""

from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from chalicelib.edge.endpoint import Endpoint

_PREFIX = "#/components/schemas/"


class Schemas:
    """All schemas of some endpoints. `components`: the named ones."""

    def __init__(self, endpoints: Iterable[Endpoint]) -> None:
        endpoints = list(endpoints)
        inputs: list[tuple[str, JsonSchemaMode, TypeAdapter[Any]]] = []
        for endpoint in endpoints:
            for part, model, mode in _parts(endpoint):
                inputs.append((f"{endpoint} {part}", mode, TypeAdapter(model)))
        schemas, definitions = TypeAdapter.json_schemas(inputs, ref_template=_PREFIX + "{model}")
        named: dict[str, Any] = definitions.get("$defs", {})
        public = {name: _public(name) for name in named}
        if len(set(public.values())) < len(public):
            raise ValueError(f"Two models have the same name for clients: {sorted(public.values())}")
        self.components = {public[name]: _renamed(schema, public) for name, schema in named.items()}
        self._schemas = {key: _renamed(schema, public) for key, schema in schemas.items()}
        self._queries = {
            str(endpoint): self._resolved(self._of(endpoint, "query", "validation"))
            for endpoint in endpoints
            if endpoint.query
        }
        for endpoint in endpoints:
            if endpoint.query:
                self.components.pop(_name(self._of(endpoint, "query", "validation")), None)
            if endpoint.body and endpoint.method == "PATCH":
                # What is left out stays as it is: the model's defaults are never used.
                for field in self._resolved(self._of(endpoint, "body", "validation"))["properties"].values():
                    field.pop("default", None)

    def body(self, endpoint: Endpoint) -> dict[str, Any]:
        return self._of(endpoint, "body", "validation")

    def answer(self, endpoint: Endpoint) -> dict[str, Any]:
        """Schema of the 2xx body. Of a list: of the whole page, named after its items (Ticket -> TicketPage)."""
        schema = self._of(endpoint, "answer", "serialization")
        if not endpoint.lists:
            return schema
        page = f"{_name(schema)}Page"
        self.components[page] = {
            "title": page,
            "type": "object",
            "required": ["items", "next_cursor"],
            "properties": {
                "items": {"type": "array", "items": schema},
                "next_cursor": {"type": ["string", "null"], "description": "null: this was the last page."},
            },
            "additionalProperties": False,
        }
        return {"$ref": _PREFIX + page}

    def query(self, endpoint: Endpoint) -> list[dict[str, Any]]:
        """The query's parameters."""
        schema = self._queries.get(str(endpoint), {})
        required = schema.get("required", [])
        return [_parameter(name, field, name in required) for name, field in schema.get("properties", {}).items()]

    def _of(self, endpoint: Endpoint, part: str, mode: JsonSchemaMode) -> dict[str, Any]:
        found: dict[str, Any] = self._schemas[f"{endpoint} {part}", mode]
        return found

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self.components[_name(schema)] if "$ref" in schema else schema
        return found


def _parts(endpoint: Endpoint) -> Iterable[tuple[str, Any, JsonSchemaMode]]:
    if endpoint.query:
        yield "query", endpoint.query, "validation"
    if endpoint.body:
        yield "body", endpoint.body, "validation"
    if endpoint.answers:
        yield "answer", endpoint.answers, "serialization"


def _name(schema: dict[str, Any]) -> str:
    """The component that a schema refers to; "" if it is no reference."""
    return str(schema.get("$ref", "")).removeprefix(_PREFIX)


def _public(name: str) -> str:
    """What clients call a model: `Ticket` for our `TicketShown`. Raises ValueError where pydantic had to put the
    module's name before it."""
    if "__" in name:
        raise ValueError(f"Two models share a name: {name}. Name one of them anew.")
    return name.removesuffix("Shown")


def _renamed(schema: Any, names: dict[str, str]) -> Any:
    """The schema with its references and titles by these names."""
    if isinstance(schema, list):
        return [_renamed(each, names) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _renamed(value, names) for key, value in schema.items()}
    if isinstance(found.get("$ref"), str):
        found["$ref"] = _PREFIX + names[_name(found)]
    if isinstance(found.get("title"), str):
        found["title"] = names.get(found["title"], found["title"])
    if isinstance(found.get("mapping"), dict):
        found["mapping"] = {value: _PREFIX + names[_name({"$ref": ref})] for value, ref in found["mapping"].items()}
    return found


def _parameter(name: str, field: dict[str, Any], required: bool) -> dict[str, Any]:
    """Removes null from a query parameter's schema: a query can't say null, it leaves the parameter out."""
    schema = {key: value for key, value in field.items() if key not in ("title", "description")}
    if schema.get("default", ...) is None:
        del schema["default"]
    choices = [choice for choice in schema.get("anyOf", []) if choice.get("type") != "null"]
    if len(choices) == 1:
        del schema["anyOf"]
        schema = {**choices[0], **schema}
    elif choices:
        schema["anyOf"] = choices
    parameter: dict[str, Any] = {"name": name, "in": "query", "required": required, "schema": schema}
    if "description" in field:
        parameter["description"] = field["description"]
    if schema.get("type") == "array":
        schema |= {"minItems": 1, "uniqueItems": True}
        parameter |= {"style": "form", "explode": False}
    elif schema.get("type") == "string" and not {"enum", "const", "anyOf", "format"} & schema.keys():
        schema.setdefault("minLength", 1)
    return parameter
