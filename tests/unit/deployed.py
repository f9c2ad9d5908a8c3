"""Reading the template as CloudFormation sees it."""

from collections.abc import Iterator
from typing import Any


def of_type(deployed: dict[str, Any], kind: str) -> dict[str, Any]:
    return {name: each["Properties"] for name, each in deployed.items() if each["Type"] == kind}


def functions(deployed: dict[str, Any]) -> dict[str, Any]:
    return of_type(deployed, "AWS::Lambda::Function")


def statements(role: dict[str, Any]) -> Iterator[tuple[list[str], list[Any]]]:
    """(actions, resources) of each statement of a role's policies."""
    for policy in role["Properties"]["Policies"]:
        for statement in policy["PolicyDocument"]["Statement"]:
            assert statement["Effect"] == "Allow"
            resource = statement["Resource"]
            yield statement["Action"], resource if isinstance(resource, list) else [resource]


def allows(deployed: dict[str, Any], function: str, action: str, resource: Any) -> bool:
    return any(
        action in actions and resource in resources for actions, resources in statements(role_of(deployed, function))
    )


def role_of(deployed: dict[str, Any], function: str) -> Any:
    return deployed[deployed[function]["Properties"]["Role"]["Fn::GetAtt"][0]]
