"""Which deployment an operator's command is for: the settings that name its tables are its stack's outputs."""

import os
from collections.abc import Mapping

import boto3

OUTPUTS = {
    "AccountsTable": "ACCOUNTS_TABLE",
    "RosterTable": "ROSTER_TABLE",
    "OperationsTable": "OPERATIONS_TABLE",
    "AuditTable": "AUDIT_TABLE",
    "SigningKeysParameter": "SIGNING_KEYS_PARAMETER",
    "PublicAddress": "PUBLIC_URL",
}
"""A stack's output -> the setting that it is."""


def settings_of(stack: str) -> dict[str, str]:
    described = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    outputs: Mapping[str, str] = {each["OutputKey"]: each["OutputValue"] for each in described.get("Outputs", [])}
    return {setting: outputs[name] for name, setting in OUTPUTS.items()}


def choose(stack: str) -> None:
    """Makes this process work on a stack: before chalicelib is imported, which reads its settings then."""
    os.environ.update(settings_of(stack))
