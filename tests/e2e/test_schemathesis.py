"""Made-up requests to every route of the OpenAPI document, as everybody: no 500, no answer that it doesn't name."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.e2e.client import Api, Person

EXAMPLES = 12
CHECKED = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
LEFT_ALONE = {"/auth/password", "/auth/logout"}
"""They would end the session in which the others are asked."""


@pytest.fixture(scope="module")
def schema(api: Api) -> Any:
    loaded = schemathesis.openapi.from_url(f"{api.url}/api/openapi.json")
    loaded.config.update(base_url=f"{api.url}/api")
    return loaded


@pytest.fixture(scope="module")
def people(api: Api) -> dict[str, Person]:
    team = api.make_team()
    return {"nobody": api.anyone, "client": api.make("client"), "agent": team.agent(), "admin": api.make("admin")}


@pytest.mark.parametrize("who", ["nobody", "client", "agent", "admin"])
def test_every_answer_is_in_the_document(schema: Any, people: dict[str, Person], who: str) -> None:
    person = people[who]
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path in LEFT_ALONE and person.role is not None:
            continue
        _try(operation, person)
        tried += 1
    assert tried > 20


def _try(operation: Any, person: Person) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case: Case) -> None:
        headers = {"Authorization": f"Bearer {person.token}"} if person.role else {}
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=CHECKED)

    ask()
