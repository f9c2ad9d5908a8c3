"""SSM's parameters. Moto has them too, but its SSM imports its EC2 and IAM, which takes longer than all the rest of the
start; and of SSM these three operations are all that is used.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from infra.local.engine.account import ACCOUNT, REGION
from infra.local.engine.calls import Call

_Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Parameter:
    """One, as it is now."""

    name: str
    value: str
    type: str
    version: int = 1
    changed_at: float = field(default_factory=time.time)


class Parameters:
    """By name."""

    def __init__(self) -> None:
        self.by_name: dict[str, Parameter] = {}
        self._operations: dict[str, Callable[[dict[str, Any]], _Answer]] = {
            "PutParameter": self._put,
            "GetParameter": self._get,
            "DeleteParameter": self._delete,
        }

    def answer(self, call: Call) -> _Answer | None:
        """Status, headers and body; None for an operation that isn't here."""
        operation = self._operations.get(call.operation)
        return operation(call.params) if operation else None

    def _put(self, asked: dict[str, Any]) -> _Answer:
        known = self.by_name.get(asked["Name"])
        if known and not asked.get("Overwrite"):
            return _refused("ParameterAlreadyExists", "The parameter already exists. To overwrite it, set overwrite.")
        kind = asked.get("Type") or (known.type if known else None)
        if kind is None:
            return _refused("ValidationException", "A parameter type is required when you create a parameter.")
        version = known.version + 1 if known else 1
        self.by_name[asked["Name"]] = Parameter(asked["Name"], asked["Value"], kind, version)
        return _said({"Version": version, "Tier": "Standard"})

    def _get(self, asked: dict[str, Any]) -> _Answer:
        found = self.by_name.get(asked["Name"])
        if found is None:
            return _refused("ParameterNotFound", f"Parameter {asked['Name']} not found.")
        sealed = found.type == "SecureString" and not asked.get("WithDecryption")
        shown = {
            "Name": found.name,
            "Type": found.type,
            "Value": "kms:alias/aws/ssm:sealed" if sealed else found.value,
            "Version": found.version,
            "LastModifiedDate": found.changed_at,
            "ARN": f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/{found.name.lstrip('/')}",
            "DataType": "text",
        }
        return _said({"Parameter": shown})

    def _delete(self, asked: dict[str, Any]) -> _Answer:
        if self.by_name.pop(asked["Name"], None) is None:
            return _refused("ParameterNotFound", f"Parameter {asked['Name']} not found.")
        return _said({})


def _said(body: dict[str, Any], status: int = 200) -> _Answer:
    return status, {"Content-Type": "application/x-amz-json-1.1"}, json.dumps(body).encode()


def _refused(code: str, message: str) -> _Answer:
    return _said({"__type": code, "message": message}, 400)
