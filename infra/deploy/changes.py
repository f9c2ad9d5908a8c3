"""Change sets of a stack: proposed, shown, and executed once the operator agrees."""

import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from botocore.exceptions import ClientError

CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
KEEPS = frozenset({"AWS::DynamoDB::Table", "AWS::S3::Bucket"})
_UNCHANGED = ("didn't contain changes", "No updates are to be performed")

Say = Callable[[str], None]


class Change(NamedTuple):
    action: str
    """Add, Modify, Remove."""
    logical: str
    kind: str
    replaced: bool

    def __str__(self) -> str:
        return f"{self.action:7} {self.logical} ({self.kind}){', replaced' if self.replaced else ''}"

    @property
    def loses(self) -> bool:
        """Whether a table or bucket would be lost, with what people put into it."""
        return self.kind in KEEPS and (self.replaced or self.action == "Remove")


class Failed(Exception):
    """CloudFormation failed. The message lists its reasons, the first failure first."""


def current(cloudformation: Any, stack: str) -> dict[str, Any] | None:
    """The stack as CloudFormation describes it; None where there is none (yet)."""
    try:
        described: dict[str, Any] = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise
    return None if described["StackStatus"] in ("REVIEW_IN_PROGRESS", "DELETE_COMPLETE") else described


def propose(
    cloudformation: Any, stack: str, address: str, parameters: Mapping[str, str], name: str
) -> list[Change] | None:
    """Creates the change set `name` from the template at `address` (https://…); None if nothing would change.
    Parameters that aren't given keep their values. Raises Failed."""
    running = current(cloudformation, stack)
    kept = {each["ParameterKey"] for each in running.get("Parameters", [])} if running else set()
    known = {each["ParameterKey"] for each in cloudformation.get_template_summary(TemplateURL=address)["Parameters"]}
    given: list[dict[str, Any]] = [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()]
    given += [{"ParameterKey": key, "UsePreviousValue": True} for key in sorted((kept & known) - parameters.keys())]
    cloudformation.create_change_set(
        StackName=stack,
        ChangeSetName=name,
        ChangeSetType="UPDATE" if running else "CREATE",
        TemplateURL=address,
        Parameters=given,
        Capabilities=CAPABILITIES,
    )
    described = _settled(lambda: cloudformation.describe_change_set(StackName=stack, ChangeSetName=name))
    if described["Status"] == "FAILED":
        reason = described.get("StatusReason", "")
        cloudformation.delete_change_set(StackName=stack, ChangeSetName=name)
        if any(each in reason for each in _UNCHANGED):
            return None
        raise Failed(reason)
    return [
        Change(each["Action"], each["LogicalResourceId"], each["ResourceType"], each.get("Replacement") == "True")
        for each in (change["ResourceChange"] for change in _all(cloudformation, stack, name, described))
    ]


def _all(cloudformation: Any, stack: str, name: str, page: dict[str, Any]) -> list[dict[str, Any]]:
    changes = list(page["Changes"])
    while page.get("NextToken"):
        page = cloudformation.describe_change_set(StackName=stack, ChangeSetName=name, NextToken=page["NextToken"])
        changes += page["Changes"]
    return changes


def carry_out(cloudformation: Any, stack: str, name: str, say: Say) -> dict[str, str]:
    """Executes a change set and waits until it is done. Returns the stack's outputs. Raises Failed."""
    began = time.time()
    cloudformation.execute_change_set(StackName=stack, ChangeSetName=name)
    described = _settled(lambda: cloudformation.describe_stacks(StackName=stack)["Stacks"][0], say, key="StackStatus")
    if described["StackStatus"] not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        raise Failed("\n".join([described["StackStatus"], *_reasons(cloudformation, stack, began)]))
    return {each["OutputKey"]: each["OutputValue"] for each in described.get("Outputs", [])}


def withdraw(cloudformation: Any, stack: str, name: str) -> None:
    """Deletes a proposed change set. A stack that exists only for review is deleted with it."""
    cloudformation.delete_change_set(StackName=stack, ChangeSetName=name)
    if current(cloudformation, stack) is None:
        cloudformation.delete_stack(StackName=stack)


def _settled(describe: Callable[[], dict[str, Any]], say: Say | None = None, key: str = "Status") -> dict[str, Any]:
    """Polls until the described thing is no longer in progress."""
    told = ""
    while True:
        described = describe()
        status = described[key]
        if say and status != told:
            say(f"  {status}")
            told = status
        if not status.endswith(("IN_PROGRESS", "PENDING")):
            return described
        time.sleep(3)


def _reasons(cloudformation: Any, stack: str, since: float) -> list[str]:
    events = cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
    return [
        f"{each['LogicalResourceId']}: {each.get('ResourceStatusReason', '')}"
        for each in reversed(events)
        if each["ResourceStatus"].endswith("_FAILED") and each["Timestamp"].timestamp() >= since
    ]
