"""`infra/resources.yaml` as CloudFormation would read it: intrinsic functions, conditions and physical names."""

import re
from collections.abc import Callable, Mapping
from copy import copy
from pathlib import Path
from typing import Any

from infra import yaml_file
from infra.local.engine.account import ACCOUNT, REGION

RESOURCES = Path(__file__).parents[2] / "resources.yaml"
STACK = "lambdesk"

_PSEUDO = {
    "AWS::AccountId": ACCOUNT,
    "AWS::Region": REGION,
    "AWS::Partition": "aws",
    "AWS::StackName": STACK,
    "AWS::URLSuffix": "amazonaws.com",
}

_NAMED_BY = {
    "AWS::DynamoDB::Table": "TableName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::SSM::Parameter": "Name",
}


class Template:
    """What the file declares. `stream_arn` tells a created table's stream, by the table's physical name."""

    def __init__(self, content: dict[str, Any], stream_arn: Callable[[str], str]) -> None:
        self.resources: dict[str, dict[str, Any]] = content.get("Resources", {})
        self._globals = content.get("Globals", {}).get("Function", {})
        self._parameters = content.get("Parameters", {})
        self._conditions = content.get("Conditions", {})
        self._stream_arn = stream_arn

    @classmethod
    def read(cls, path: Path, stream_arn: Callable[[str], str]) -> "Template":
        return cls(yaml_file.read(path), stream_arn)

    def given(self, values: Mapping[str, str]) -> "Template":
        """The same, deployed with these values of its parameters."""
        other = copy(self)
        other._parameters = self._parameters | {name: {"Default": value} for name, value in values.items()}
        return other

    def of_type(self, kind: str) -> dict[str, dict[str, Any]]:
        """Properties by logical id."""
        return {
            logical: resource.get("Properties", {})
            for logical, resource in self.resources.items()
            if resource.get("Type") == kind
        }

    def function(self, logical: str) -> dict[str, Any]:
        """What the file adds to a function of Chalice's, resolved."""
        properties: dict[str, Any] = self.resolve(self.resources.get(logical, {}).get("Properties", {}))
        return properties

    def variables(self, logical: str | None = None) -> dict[str, str]:
        """The environment of a function, None: of every one. Variables that whoever deploys decides (Parameters) are
        not among them: here the process's own environment does."""
        declared = dict(self._globals.get("Environment", {}).get("Variables", {}))
        if logical is not None:
            properties = self.resources.get(logical, {}).get("Properties", {})
            declared |= properties.get("Environment", {}).get("Variables", {})
        return {
            name: str(self.resolve(value))
            for name, value in declared.items()
            if not (isinstance(value, dict) and (value.get("Ref") in self._parameters or "Fn::If" in value))
        }

    def environment(self) -> dict[str, str]:
        """The variables of all functions together: the settings are read once, when the one process imports them.
        Raises ValueError for one that differs between functions."""
        functions = [
            logical
            for logical, resource in self.resources.items()
            if resource.get("Type") in (None, "AWS::Serverless::Function")
        ]
        variables = self.variables()
        for logical in functions:
            for name, text in self.variables(logical).items():
                if variables.setdefault(name, text) != text:
                    raise ValueError(f"{name} differs between functions: one process can't hold both.")
        return variables

    def name(self, logical: str) -> str:
        """The physical name: as given, else `lambdesk-<logical-id>`."""
        resource = self.resources[logical]
        given = resource.get("Properties", {}).get(_NAMED_BY.get(resource.get("Type", ""), ""))
        return str(self.resolve(given)) if given else f"{STACK}-" + re.sub(r"(?<!^)(?=[A-Z])", "-", logical).lower()

    def resolve(self, value: Any) -> Any:
        """The value with its intrinsic functions worked out."""
        if isinstance(value, list):
            return [self.resolve(entry) for entry in value]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            name, argument = next(iter(value.items()))
            if name == "Ref":
                return self._ref(argument)
            if name == "Fn::GetAtt":
                logical, attribute = argument.split(".", 1) if isinstance(argument, str) else argument
                return self._attribute(logical, attribute)
            if name == "Fn::Sub":
                return self._sub(argument)
            if name == "Fn::Join":
                return argument[0].join(str(self.resolve(part)) for part in argument[1])
            if name == "Fn::Split":
                return str(self.resolve(argument[1])).split(argument[0])
            if name == "Fn::If":
                condition, then, otherwise = argument
                return self.resolve(then if self._holds(self._conditions[condition]) else otherwise)
        resolved = {key: self.resolve(entry) for key, entry in value.items()}
        return {key: entry for key, entry in resolved.items() if entry != "AWS::NoValue"}

    def _holds(self, condition: Any) -> bool:
        """What a condition comes to: `Fn::Equals`, `Fn::Not`, or another condition by name."""
        [(name, argument)] = condition.items()
        if name == "Fn::Equals":
            one, other = (str(self.resolve(each)) for each in argument)
            return one == other
        if name == "Fn::Not":
            return not self._holds(argument[0])
        if name == "Condition":
            return self._holds(self._conditions[argument])
        raise ValueError(f"{name} in a condition is not known here.")

    def _sub(self, argument: Any) -> str:
        text, given = argument if isinstance(argument, list) else (argument, {})

        def replacement(match: re.Match[str]) -> str:
            name = match.group(1)
            if name in given:
                return str(self.resolve(given[name]))
            return str(self._attribute(*name.split(".", 1)) if "." in name else self._ref(name))

        return re.sub(r"\$\{([^!][^}]*)\}", replacement, text).replace("${!", "${")

    def _ref(self, logical: str) -> str:
        if logical in _PSEUDO:
            return _PSEUDO[logical]
        if logical in self._parameters:
            return str(self._parameters[logical].get("Default", ""))
        if self.resources.get(logical, {}).get("Type") == "AWS::SQS::Queue":
            return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{self.name(logical)}"
        return self.name(logical) if logical in self.resources else logical

    def _attribute(self, logical: str, attribute: str) -> str:
        kind = self.resources.get(logical, {}).get("Type")
        name = self.name(logical) if logical in self.resources else logical
        if attribute == "StreamArn":
            return self._stream_arn(name)
        if attribute in ("QueueName", "Name"):
            return name
        if attribute == "QueueUrl":
            return self._ref(logical)
        if attribute == "RegionalDomainName":
            return f"{name}.s3.{REGION}.amazonaws.com"
        arns = {
            "AWS::DynamoDB::Table": f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{name}",
            "AWS::S3::Bucket": f"arn:aws:s3:::{name}",
            "AWS::SQS::Queue": f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}",
        }
        return arns.get(kind or "", f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}")
