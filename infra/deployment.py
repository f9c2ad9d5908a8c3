"""Chooses the deployment that an operator's command works on: a CloudFormation stack, or the local runner."""

import argparse
import json
import os
import sys
import time
import urllib.request
from collections.abc import Mapping
from datetime import datetime

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib import ambient

OUTPUTS = {
    "AccountsTable": "ACCOUNTS_TABLE",
    "RosterTable": "ROSTER_TABLE",
    "TicketsTable": "TICKETS_TABLE",
    "OperationsTable": "OPERATIONS_TABLE",
    "AuditTable": "AUDIT_TABLE",
    "MetricsTable": "METRICS_TABLE",
    "SearchTable": "SEARCH_TABLE",
    "SigningKeysParameter": "SIGNING_KEYS_PARAMETER",
    "PublicAddress": "PUBLIC_URL",
    "FailedRecordsBucket": "FAILED_RECORDS_BUCKET",
}
"""A stack's output -> the setting that it is."""

PARAMETERS = {"TimeZone": "TIME_ZONE", "MetricsShards": "METRICS_SHARDS", "Paper": "PAPER"}
"""A stack's parameter -> the setting that it is."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--stack", default="lambdesk", help="CloudFormation's name of it, default %(default)s")
    which.add_argument("--local", metavar="URL", help="the local runner there, like http://127.0.0.1:8000")


def choose(given: argparse.Namespace) -> None:
    """Points this process at the chosen deployment. Call it before importing anything of chalicelib that reads
    settings. Exits with a sentence if there is no such deployment."""
    try:
        if given.local:
            _choose_local(given.local.rstrip("/"))
        else:
            os.environ.update(settings_of(given.stack))
    except (BotoCoreError, ClientError, KeyError, OSError) as error:
        sys.exit(f"{given.local or given.stack}: not found ({error})")


def settings_of(stack: str) -> dict[str, str]:
    described = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    outputs: Mapping[str, str] = {each["OutputKey"]: each["OutputValue"] for each in described.get("Outputs", [])}
    parameters = {each["ParameterKey"]: each["ParameterValue"] for each in described.get("Parameters", [])}
    return {setting: outputs[name] for name, setting in OUTPUTS.items()} | {
        setting: parameters[name] for name, setting in PARAMETERS.items() if name in parameters
    }


def _choose_local(url: str) -> None:
    """The local runner's AWS endpoints and its clock, which may have been moved."""
    from infra.local.engine.account import ENVIRONMENT

    with urllib.request.urlopen(f"{url}/_local/clock", timeout=30) as answer:  # noqa: S310 - the operator's own address
        offset = datetime.fromisoformat(json.load(answer)["now"]).timestamp() - time.time()
    ambient.clock = lambda: time.time() + offset
    variables = {
        "AWS_ENDPOINT_URL": f"{url}/_local/aws",
        "AWS_ENDPOINT_URL_LAMBDA": f"{url}/_local/rest/lambda",
        "AWS_ENDPOINT_URL_S3": f"{url}/_local/rest/s3",
        "FAILED_RECORDS_BUCKET": "lambdesk-failed-records",
        "PUBLIC_URL": url,
    }
    os.environ.update({**ENVIRONMENT, **variables})
