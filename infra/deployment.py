"""Which deployment an operator's command means: a CloudFormation stack, or the local runner."""

import argparse
from collections.abc import Mapping

import boto3

from infra.local.engine import ENVIRONMENT

OUTPUTS = {
    "AccountsTable": "ACCOUNTS_TABLE",
    "RosterTable": "ROSTER_TABLE",
    "TicketsTable": "TICKETS_TABLE",
    "MetricsTable": "METRICS_TABLE",
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
        return {**ENVIRONMENT, "AWS_ENDPOINT_URL": f"{given.local.rstrip('/')}/_local/aws"}
    described = boto3.client("cloudformation").describe_stacks(StackName=given.stack)["Stacks"][0]
    outputs: Mapping[str, str] = {each["OutputKey"]: each["OutputValue"] for each in described.get("Outputs", [])}
    parameters = {each["ParameterKey"]: each["ParameterValue"] for each in described.get("Parameters", [])}
    return {setting: outputs[name] for name, setting in OUTPUTS.items() if name in outputs} | {
        setting: parameters[name] for name, setting in PARAMETERS.items() if name in parameters
    }
