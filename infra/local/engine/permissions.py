"""Each function may call what its policy (infra/policies, named in .chalice/config.json) allows, as under IAM: anything
else is answered AccessDenied here, not first where it is deployed. What was used is remembered, so that a test can ask
what no run ever needs.
"""

import json
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.awsrequest import AWSResponse

from infra.local.engine import answers
from infra.local.engine.calls import Call
from infra.local.engine.needs import Need, needs
from infra.local.engine.template import Template

CONFIG = Path(__file__).parents[3] / ".chalice" / "config.json"

Permission = tuple[str, str, str]
"""Function, action, resource as the policy's ARN."""

log = logging.getLogger("infra.local")


@dataclass(frozen=True)
class Statement:
    actions: frozenset[str]
    resources: tuple[str, ...]
    conditions: Mapping[str, Mapping[str, frozenset[str]]]

    @classmethod
    def read(cls, declared: Mapping[str, Any], template: Template) -> "Statement":
        """Raises ValueError for what isn't judged here: it would only seem to hold."""
        if declared["Effect"] != "Allow" or set(declared) - {"Sid", "Effect", "Action", "Resource", "Condition"}:
            raise ValueError(f"This statement can't be judged: {declared}")
        conditions = {
            operator: {key: frozenset(_listed(values)) for key, values in keys.items()}
            for operator, keys in template.resolve(declared.get("Condition", {})).items()
        }
        if unknown := conditions.keys() - _OPERATORS.keys():
            raise ValueError(f"These conditions can't be judged: {unknown}")
        resources = tuple(_listed(template.resolve(declared["Resource"])))
        return cls(frozenset(_listed(declared["Action"])), resources, conditions)

    def allowing(self, need: Need) -> list[str]:
        """Those of its resources by which it allows this."""
        if need.action not in self.actions or not self._conditions_hold(need):
            return []
        return [pattern for pattern in self.resources if need.resource is None or _matches(pattern, need.resource)]

    def _conditions_hold(self, need: Need) -> bool:
        return all(
            _OPERATORS[operator](need.context.get(key, frozenset()), wanted)
            for operator, keys in self.conditions.items()
            for key, wanted in keys.items()
        )


class Permissions:
    """Judges the calls of functions. `used` holds what allowed them, `refused` what nothing allowed."""

    def __init__(self, by_function: Mapping[str, tuple[Statement, ...]]) -> None:
        self._by_function = by_function
        self.used: set[Permission] = set()
        self.refused: list[tuple[str, Need]] = []

    @classmethod
    def read(cls, template: Template, functions: Iterable[str], config: Path = CONFIG) -> "Permissions":
        """Reads these functions' policies. A function without a policy may do nothing."""
        named = json.loads(config.read_text())["lambda_functions"]
        return cls({name: _policy(named.get(name, {}), config.parent, template) for name in functions})

    @property
    def all(self) -> set[Permission]:
        """Everything that the policies allow."""
        return {
            (function, action, resource)
            for function, statements in self._by_function.items()
            for statement in statements
            for action in statement.actions
            for resource in statement.resources
        }

    def judge(self, call: Call, function: str | None = None) -> AWSResponse | None:
        """The refusal, as AWS words it; None if the function (the call's own) may make this call. Functions that
        aren't the app's may do anything."""
        name = function or call.function or ""
        statements = self._by_function.get(name)
        if statements is None:
            return None
        for need in needs(call):
            allowing = [(need.action, pattern) for statement in statements for pattern in statement.allowing(need)]
            if not allowing:
                return self._refusal(call, name, need)
            self.used.update((name, action, pattern) for action, pattern in allowing)
        return None

    def _refusal(self, call: Call, function: str, need: Need) -> AWSResponse:
        self.refused.append((function, need))
        on = f" on resource: {need.resource}" if need.resource else ""
        message = (
            f"User: {function} is not authorized to perform: {need.action}{on} because no identity-based policy"
            f" allows the {need.action} action"
        )
        log.error("%s (infra/policies)", message)
        return answers.error(call, "AccessDenied" if call.service == "s3" else "AccessDeniedException", message)


def _policy(declared: Mapping[str, str], folder: Path, template: Template) -> tuple[Statement, ...]:
    if "iam_policy_file" not in declared:
        return ()
    document = json.loads((folder / declared["iam_policy_file"]).read_text())
    return tuple(Statement.read(statement, template) for statement in document["Statement"])


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _matches(pattern: str, text: str) -> bool:
    """IAM's wildcards: `*` any text, `?` any character."""
    if "*" not in pattern and "?" not in pattern:
        return pattern == text
    parts = (".*" if part == "*" else "." if part == "?" else re.escape(part) for part in re.split(r"([*?])", pattern))
    return re.fullmatch("".join(parts), text, re.DOTALL) is not None


def _any(given: frozenset[str], wanted: frozenset[str]) -> bool:
    return any(_matches(pattern, value) for pattern in wanted for value in given)


def _all(given: frozenset[str], wanted: frozenset[str]) -> bool:
    return all(any(_matches(pattern, value) for pattern in wanted) for value in given)


_OPERATORS: Mapping[str, Callable[[frozenset[str], frozenset[str]], bool]] = {
    "StringEquals": lambda given, wanted: bool(given & wanted),
    "StringLike": _any,
    "StringEqualsIfExists": lambda given, wanted: not given or bool(given & wanted),
    "ForAllValues:StringEquals": lambda given, wanted: given <= wanted,
    "ForAllValues:StringLike": _all,
}
"""What comes in the request, what the policy wants -> whether it holds."""
