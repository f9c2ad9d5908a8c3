"""Tables, queues, buckets and parameters, made from the same file as the real ones."""

import base64
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.local.engine import definitions
from infra.local.engine.account import REGION, client
from infra.local.engine.engines import Engine
from infra.local.engine.template import Template
from infra.local.errors import CannotStart, afresh

_TABLE_FIELDS = (
    "AttributeDefinitions",
    "BillingMode",
    "GlobalSecondaryIndexes",
    "KeySchema",
    "LocalSecondaryIndexes",
)

_keys_of_this_process: dict[str, str] = {}
"""Kept while the process lives: what it caches of them stays right when a test makes everything anew."""


@dataclass(frozen=True)
class TableInfo:
    """What the pumps need to know of a table."""

    name: str
    hash_key: str
    range_key: str | None
    stream: bool
    expires_by: str | None
    """The attribute after which DynamoDB deletes an item, epoch seconds."""
    global_indexes: frozenset[str]


class Resources:
    """Creates what `template` declares and isn't there yet. `keys`: names of SSM parameters with keys."""

    def __init__(self, engine: Engine, template_path: Path, keys: Sequence[str] = ()) -> None:
        self._keys = keys
        self.engine = engine
        self.dynamodb = client("dynamodb")
        self.template = Template.read(template_path, self.stream_arn)
        self.tables: dict[str, TableInfo] = {}

    def create(self) -> None:
        existing = set(self.dynamodb.list_tables()["TableNames"])
        for logical in self.template.of_type("AWS::DynamoDB::Table"):
            self._table(logical, existing)
        self._queues()
        self._buckets()
        self._parameters()

    def stream_arn(self, table: str) -> str:
        arn: str = self.dynamodb.describe_table(TableName=table)["Table"]["LatestStreamArn"]
        return arn

    def _table(self, logical: str, existing: set[str]) -> None:
        properties = self.template.resolve(self.template.of_type("AWS::DynamoDB::Table")[logical])
        name = self.template.name(logical)
        stream = properties.get("StreamSpecification")
        lifetime = properties.get("TimeToLiveSpecification", {})
        keys = {key["KeyType"]: key["AttributeName"] for key in properties["KeySchema"]}
        self.tables[name] = TableInfo(
            name,
            keys["HASH"],
            keys.get("RANGE"),
            stream is not None,
            lifetime.get("AttributeName") if lifetime.get("Enabled") else None,
            frozenset(index["IndexName"] for index in properties.get("GlobalSecondaryIndexes", [])),
        )
        wanted = {field: properties[field] for field in _TABLE_FIELDS if field in properties}
        if stream:
            wanted["StreamSpecification"] = {"StreamEnabled": True, **stream}
        if name in existing:
            self._refuse_another(name, wanted)
            return
        self.dynamodb.create_table(TableName=name, **wanted)
        if self.tables[name].expires_by:
            self.dynamodb.update_time_to_live(TableName=name, TimeToLiveSpecification=lifetime)

    def _refuse_another(self, name: str, wanted: dict[str, Any]) -> None:
        """Raises CannotStart when the table that is there was made from another definition."""
        found = self.dynamodb.describe_table(TableName=name)["Table"]
        if changes := definitions.changes(found, wanted):
            raise CannotStart(
                f"The kept table {name} was made with another definition ({'; '.join(changes)}). "
                f"Start afresh with: {afresh(self.engine.keeps)}"
            )

    @property
    def declared_parameters(self) -> list[str]:
        """Names of the parameters whose values the template says."""
        return [self.template.name(logical) for logical in self.template.of_type("AWS::SSM::Parameter")]

    def _queues(self) -> None:
        sqs = client("sqs")
        queues = self.template.of_type("AWS::SQS::Queue")
        # A queue's dead letters must have where to go: those without a redrive policy first.
        for logical in sorted(queues, key=lambda logical: "RedrivePolicy" in queues[logical]):
            properties = self.template.resolve(queues[logical])
            attributes = {
                name: json.dumps(value) if isinstance(value, dict) else _text(value)
                for name, value in properties.items()
                if name not in ("QueueName", "Tags")
            }
            sqs.create_queue(QueueName=self.template.name(logical), Attributes=attributes)

    def _buckets(self) -> None:
        s3 = client("s3")
        for logical, properties in self.template.of_type("AWS::S3::Bucket").items():
            name = self.template.name(logical)
            s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
            if versioning := properties.get("VersioningConfiguration"):
                s3.put_bucket_versioning(Bucket=name, VersioningConfiguration=versioning)

    def _parameters(self) -> None:
        ssm = client("ssm")
        for logical, properties in self.template.of_type("AWS::SSM::Parameter").items():
            ssm.put_parameter(
                Name=self.template.name(logical),
                Value=str(self.template.resolve(properties["Value"])),
                Type=properties.get("Type", "String"),
            )
        for name in self._keys:
            ssm.put_parameter(Name=name, Value=_signing_keys(name), Type="SecureString", Overwrite=True)


def _signing_keys(parameter: str) -> str:
    """A fresh key, the same for all of this process: where they are kept, the kept one replaces it."""
    if parameter not in _keys_of_this_process:
        key = base64.b64encode(secrets.token_bytes(32)).decode()
        _keys_of_this_process[parameter] = json.dumps({"current": "local", "keys": {"local": key}})
    return _keys_of_this_process[parameter]


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
