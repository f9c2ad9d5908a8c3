"""Made-up requests to every route of the OpenAPI document, as everybody, each by itself and one following from another
by the document's links: no 500, no answer that it doesn't name. `make test` has a few of each, `make test-all` many.
"""

from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import FlakyStrategyDefinition
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.e2e.client import Api, Person

WHO = ["nobody", "client", "agent", "admin"]
FEW, MANY = 6, 150
SCENARIOS = {"few": (1, 4, 5), "many": (20, 4, 8)}
"""How often how many, and of how many steps."""
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


@pytest.mark.parametrize("who", WHO)
def test_every_answer_is_in_the_document(schema: Any, people: dict[str, Person], who: str) -> None:
    _ask_everything(schema, people[who], FEW)


@pytest.mark.long
@pytest.mark.parametrize("who", WHO)
def test_so_are_those_to_many_more_requests(schema: Any, people: dict[str, Person], who: str) -> None:
    _ask_everything(schema, people[who], MANY)


@pytest.mark.parametrize("who", ["agent", "admin"])
def test_what_follows_from_an_answer_is_too(schema: Any, people: dict[str, Person], who: str) -> None:
    _follow(schema, people[who], *SCENARIOS["few"])


@pytest.mark.long
@pytest.mark.parametrize("who", WHO)
def test_so_is_what_follows_in_many_more_ways(schema: Any, people: dict[str, Person], who: str) -> None:
    _follow(schema, people[who], *SCENARIOS["many"])


def _follow(schema: Any, person: Person, times: int, scenarios: int, steps: int) -> None:
    """Scenarios: what an answer's links lead to, asked with what it said."""
    followed, wrong = [], []

    class Scenario(schema.exclude(path=list(LEFT_ALONE)).as_state_machine()):  # type: ignore[misc]
        def get_call_kwargs(self, case: Case[Any]) -> dict[str, Any]:
            return {"headers": _headers(person)}

        def validate_response(self, response: Any, case: Case[Any], *_: Any, **__: Any) -> None:
            followed.append(case.operation.label)
            try:
                case.validate_response(response, checks=CHECKED)
            except Exception as reason:
                wrong.append(reason)
                raise

    wanted = settings(
        max_examples=scenarios,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        derandomize=times == 1,
        suppress_health_check=list(HealthCheck),
    )
    for _ in range(times):
        # What can follow depends on what the server answered, which is not the same twice: Hypothesis gives up then.
        with suppress(FlakyStrategyDefinition):
            Scenario.run(settings=wanted)
        assert wrong == []
    assert len(set(followed)) > 3, followed


def _ask_everything(schema: Any, person: Person, examples: int) -> None:
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path in LEFT_ALONE and person.role is not None:
            continue
        _try(operation, person, examples)
        tried += 1
    assert tried > 20


def _try(operation: Any, person: Person, examples: int) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case: Case[Any]) -> None:
        answer = case.call(headers=_headers(person))
        case.validate_response(answer, checks=CHECKED)

    ask()


def _headers(person: Person) -> dict[str, str]:
    return {"Authorization": f"Bearer {person.token}"} if person.role else {}
