"""Which deployment an operator's command means: a CloudFormation stack, or the local runner."""

import argparse
import os
from collections.abc import Mapping

import boto3

OUTPUTS = {
    "AccountsTable": "ACCOUNTS_TABLE",
    "RosterTable": "ROSTER_TABLE",
    "TicketsTable": "TICKETS_TABLE",
    "OperationsTable": "OPERATIONS_TABLE",
    "AuditTable": "AUDIT_TABLE",
    "MetricsTable": "METRICS_TABLE",
    "SigningKeysParameter": "SIGNING_KEYS_PARAMETER",
    "PublicAddress": "PUBLIC_URL",
    "FailedRecordsBucket": "FAILED_RECORDS_BUCKET",
}
"""A stack's output -> the setting that it is."""

PARAMETERS = {"TimeZone": "TIME_ZONE", "MetricsShards": "METRICS_SHARDS"}
"""A stack's parameter -> the setting that it is."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--stack", default="lambdesk", help="CloudFormation's name of it, default %(default)s")
    which.add_argument("--local", metavar="URL", help="the local runner there, like http://127.0.0.1:8000")


def environment(given: argparse.Namespace) -> dict[str, str]:
    """The variables with which the application's code works on the deployment that is meant."""
    if given.local:
        from infra.local.engine import ENVIRONMENT

        local = f"{given.local.rstrip('/')}/_local"
        return {
            **ENVIRONMENT,
            "AWS_ENDPOINT_URL": f"{local}/aws",
            "AWS_ENDPOINT_URL_LAMBDA": f"{local}/rest/lambda",
            "AWS_ENDPOINT_URL_S3": f"{local}/rest/s3",
            "FAILED_RECORDS_BUCKET": "lambdesk-failed-records",
        }
    return settings_of(given.stack)


def settings_of(stack: str) -> dict[str, str]:
    described = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    outputs: Mapping[str, str] = {each["OutputKey"]: each["OutputValue"] for each in described.get("Outputs", [])}
    parameters = {each["ParameterKey"]: each["ParameterValue"] for each in described.get("Parameters", [])}
    return {setting: outputs[name] for name, setting in OUTPUTS.items()} | {
        setting: parameters[name] for name, setting in PARAMETERS.items() if name in parameters
    }


def choose(stack: str) -> None:
    """Makes this process work on a stack: before chalicelib is imported, which reads its settings then."""
    os.environ.update(settings_of(stack))
