"""`make destroy ARGS='--stack NAME'`: takes a stack away. Tables and buckets stay, unless --data says that they go too.

Asks twice. What stays can be deleted later, or imported into a new stack.
"""

import argparse
import sys
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError, WaiterError

TABLE, BUCKET = "AWS::DynamoDB::Table", "AWS::S3::Bucket"


def kept(cloudformation: Any, stack: str) -> dict[str, str]:
    """Physical name -> type, of everything of the stack that holds what people made."""
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
    return {
        each["PhysicalResourceId"]: each["ResourceType"]
        for page in pages
        for each in page["StackResourceSummaries"]
        if each["ResourceType"] in (TABLE, BUCKET) and each["ResourceStatus"] != "DELETE_COMPLETE"
    }


def remove(session: Any, stack: str, *, data: bool) -> list[str]:
    """Deletes the stack, then with `data` what it left. Answers the names of what is left. Raises WaiterError."""
    cloudformation = session.client("cloudformation")
    held = kept(cloudformation, stack)
    cloudformation.delete_stack(StackName=stack)
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=stack)
    dynamodb, s3 = session.client("dynamodb"), session.resource("s3")
    left = []
    for name, kind in sorted(held.items()):
        if not _is_there(dynamodb, s3, name, kind):
            continue
        if not data:
            left.append(name)
        elif kind == TABLE:
            dynamodb.delete_table(TableName=name)
        else:
            bucket = s3.Bucket(name)
            bucket.object_versions.delete()
            bucket.delete()
    return left


def _is_there(dynamodb: Any, s3: Any, name: str, kind: str) -> bool:
    try:
        if kind == TABLE:
            dynamodb.describe_table(TableName=name)
        else:
            s3.meta.client.head_bucket(Bucket=name)
    except ClientError as error:
        if error.response["Error"]["Code"] in ("ResourceNotFoundException", "404", "NoSuchBucket"):
            return False
        raise
    return True


def arguments() -> argparse.Namespace:
    """The command line's, read."""
    parser = argparse.ArgumentParser(prog="make destroy", description=__doc__)
    parser.add_argument("--stack", required=True)
    parser.add_argument("--region", help="AWS region, default: the credentials' own")
    parser.add_argument("--data", action="store_true", help="delete tables and buckets too: all tickets, all files")
    return parser.parse_args()


def main() -> str | None:
    given = arguments()
    session = boto3.Session(region_name=given.region)
    try:
        held = kept(session.client("cloudformation"), given.stack)
        goes = "with everything in it" if given.data else "; what people wrote stays in its tables and buckets"
        print(f"{given.stack}: {len(held)} tables and buckets. The stack goes {goes}.")
        if input("Go on? [y/N] ").strip().lower() not in ("y", "yes"):
            return "Nothing was done."
        if input(f"Type the stack's name, {given.stack}, to delete it: ").strip() != given.stack:
            return "Nothing was done."
        left = remove(session, given.stack, data=given.data)
    except (BotoCoreError, ClientError, WaiterError) as error:
        return f"{type(error).__name__}: {error}"
    print("Deleted." + (f" What is left: {', '.join(left)}" if left else ""))
    return None


if __name__ == "__main__":
    sys.exit(main())
