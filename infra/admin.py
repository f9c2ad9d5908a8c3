"""`python -m infra.admin create EMAIL --name NAME --stack STACK`: a deployment's first team and first admin.

Asks for the password (or takes it from ADMIN_PASSWORD). Needs AWS credentials that may read the stack and write its
tables; the tables' names are the stack's outputs.
"""

import argparse
import getpass
import os
import sys
from collections.abc import Mapping

import boto3
from pydantic import ValidationError

OUTPUTS = {"AccountsTable": "ACCOUNTS_TABLE", "RosterTable": "ROSTER_TABLE"}
"""A stack's output -> the setting that it is."""


def tables_of(stack: str) -> dict[str, str]:
    """The settings that name a stack's tables."""
    described = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    outputs: Mapping[str, str] = {each["OutputKey"]: each["OutputValue"] for each in described.get("Outputs", [])}
    return {setting: outputs[name] for name, setting in OUTPUTS.items()}


def create(email: str, name: str, password: str) -> str:
    """Makes the first team, if it isn't there, and an admin; answers the account's id. Raises ValidationError for what
    the API wouldn't take either, EmailTaken."""
    # Settings are read on import: the tables' names must be known by now.
    from chalicelib.auth.schemas import Registration
    from chalicelib.people import service as people

    given = Registration(email=email, name=name, password=password)
    people.ensure_first_team()
    account = people.create_account(
        email=given.email, name=given.name, role="admin", password=given.password, email_verified=True
    )
    return str(account.id)


def main() -> str | None:
    parser = argparse.ArgumentParser(prog="python -m infra.admin", description="A deployment's first admin.")
    parser.add_argument("command", choices=("create",))
    parser.add_argument("email")
    parser.add_argument("--name", default="Admin", help="default %(default)s")
    parser.add_argument(
        "--stack", default="lambdesk", help="CloudFormation's name of the deployment, default %(default)s"
    )
    given = parser.parse_args()
    os.environ.update(tables_of(given.stack))
    from chalicelib.errors import Refused

    password = os.environ.get("ADMIN_PASSWORD") or getpass.getpass("Password: ")
    try:
        print(f"{given.email}: admin {create(given.email, given.name, password)}")
    except Refused as refusal:
        return refusal.detail
    except ValidationError as error:
        return "\n".join(f"{each['loc'][-1]}: {each['msg']}" for each in error.errors())
    return None


if __name__ == "__main__":
    sys.exit(main())
