"""`make deploy ARGS='--stack lambdesk --region eu-central-1'`: from nothing to a help desk, from version to version.

    --plan              says what is missing and what would change; touches nothing
    --set Name=Value    a parameter of the template (docs/deploy.md lists them); kept from then on
    --rollback          the release before the one that runs
    --yes               asks nothing (continuous deployment)

Needs AWS credentials that may make what the template holds. It is safe to run again after it ended anywhere: what is
there stays, the origin's secret and the signing keys included.
"""

import argparse
import os
import re
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3
import httpx
import yaml
from botocore.exceptions import BotoCoreError, ClientError

from infra import web as client
from infra.deploy import changes, first, preflight, regions, releases, smoke, upgrades, web

BUILT_WEB = Path(__file__).parents[2] / "web" / "dist"
NOT_SET = "https://not-set.invalid"


def main() -> str | None:
    given = arguments()
    session = boto3.Session(region_name=given.region)
    if session.region_name is None:
        return "Say where: --region eu-central-1, or AWS_REGION."
    os.environ["AWS_DEFAULT_REGION"] = session.region_name
    try:
        return Deployment(session, given).run()
    except (changes.Failed, smoke.Fails) as failure:
        return str(failure)
    except (BotoCoreError, ClientError, httpx.HTTPError) as error:
        return f"{type(error).__name__}: {error}"


class Deployment:
    """One run of the command."""

    def __init__(self, session: boto3.Session, given: argparse.Namespace) -> None:
        self._client: Any = session.client
        self._region = str(session.region_name)
        self._given = given
        self._stack: str = given.stack
        self._cloudformation = self._client("cloudformation")

    def run(self) -> str | None:
        """Deploys, plans or rolls back. Returns a sentence if it stopped early."""
        running = changes.current(self._cloudformation, self._stack)
        kept = {each["ParameterKey"]: each["ParameterValue"] for each in (running or {}).get("Parameters", [])}
        found = preflight.look(self._client, self._region, {**kept, **self._given.set})
        for sentence in found.advice:
            print(f"note: {sentence}")
        if found.missing:
            return "\n".join(["Nothing was done. What is missing:", *(f"- {each}" for each in found.missing)])
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder)
            if not self._given.rollback:
                self._package(out, code=not self._given.plan)
                if refused := self._refusals(running, (out / "sam.yaml").read_text()):
                    return refused
            if self._given.plan:
                self._plan(running, out)
                return None
            return self._deploy(out, running)

    def _package(self, out: Path, *, code: bool) -> None:
        from infra import package

        print("Packaging …")
        package.package(out, code=code)
        written = out / "sam.yaml"
        package.write(regions.fitted(yaml.safe_load(written.read_text()), self._region), written)
        if complaints := package.complaints(out, (self._region,)):
            raise changes.Failed("\n".join(complaints))

    def _running_template(self) -> Mapping[str, Any]:
        body = self._cloudformation.get_template(StackName=self._stack, TemplateStage="Processed")["TemplateBody"]
        template: Mapping[str, Any] = yaml.safe_load(body) if isinstance(body, str) else body
        return template["Resources"]  # type: ignore[no-any-return]

    def _refusals(self, running: Any, template: str) -> str:
        """Why the template can't be deployed over what runs, in sentences; "" where it can."""
        if running is None:
            return ""
        found = upgrades.refusals(self._running_template(), yaml.safe_load(template)["Resources"])
        return "\n".join(["This can't be deployed over what runs:", *(f"- {each}" for each in found)]) if found else ""

    def _plan(self, running: Any, out: Path) -> None:
        from infra import package

        if self._given.rollback:
            print("The release before the one that runs would be deployed again.")
            return
        new = package.transformed(yaml.safe_load((out / "sam.yaml").read_text()))["Resources"]
        old = self._running_template() if running else {}
        for action, names in (
            ("Add", new.keys() - old.keys()),
            ("Modify", {name for name in new.keys() & old.keys() if new[name] != old[name]}),
            ("Remove", old.keys() - new.keys()),
        ):
            for name in sorted(names):
                print(f"{action:7} {name} ({(new.get(name) or old[name])['Type']})")
        print("Nothing was done.")

    def _deploy(self, out: Path, running: Any) -> str | None:
        s3 = self._client("s3")
        bucket = releases.bucket(s3, self._client("sts"), self._region, make=True)
        if self._given.rollback:
            before = releases.past(s3, bucket, self._stack)
            if len(before) < 2:
                return "There is no release before the one that runs."
            release = releases.Release(**before[1])
            kept = s3.get_object(Bucket=bucket, Key=release.template)["Body"].read().decode()
            if refused := self._refusals(running, kept):
                return refused
        else:
            release = releases.upload(s3, bucket, self._stack, out)
        parameters = {**first.parameters(self._client("ssm"), self._stack, new=running is None), **self._given.set}
        outputs = self._update(bucket, release, parameters)
        if outputs is None:
            return "Nothing was deployed."
        releases.deployed(s3, bucket, self._stack, release)
        if outputs["PublicAddress"] == NOT_SET:
            print(f"Its address is CloudFront's, {outputs['Address']}: links in mail begin with it.")
            again = self._update(bucket, release, {"PublicUrl": outputs["Address"]}, agreed=True)
            outputs = again or outputs
        host, behind = (outputs[name].removeprefix("https://") for name in ("PublicAddress", "Address"))
        if host != behind:
            print(f"DNS: {host} leads here by a CNAME record with {behind}.")
        if not self._given.rollback:
            self._upload_client(s3, outputs["WebBucket"])
        email, password = first.people(self._client("ssm"), self._stack, self._given)
        if email and not self._given.no_smoke:
            print("Trying it:")
            try:
                smoke.run(outputs["PublicAddress"], email, password)
            except httpx.ConnectError as error:
                raise changes.Failed(
                    f"It is deployed, but {host} can't be reached ({error}). Set its DNS record and run this again."
                ) from error
        print(f"It is at {outputs['PublicAddress']}")
        return None

    def _upload_client(self, s3: Any, bucket: str) -> None:
        try:
            client.build()
        except client.NotBuilt as reason:
            print(reason)
        print(f"Web client: {web.upload(s3, bucket, BUILT_WEB)} files.")

    def _update(
        self, bucket: str, release: releases.Release, parameters: Mapping[str, str], *, agreed: bool = False
    ) -> dict[str, str] | None:
        """Shows the changes, asks, and makes them. Returns the stack's outputs, None if the operator declined. Raises
        changes.Failed."""
        name = f"deploy-{time.time_ns()}"
        address = f"https://{bucket}.s3.{self._region}.amazonaws.com/{release.template}"
        proposed = changes.propose(self._cloudformation, self._stack, address, parameters, name)
        if proposed is None:
            print("Nothing changed.")
            running = changes.current(self._cloudformation, self._stack) or {}
            return {each["OutputKey"]: each["OutputValue"] for each in running.get("Outputs", [])}
        for change in proposed:
            print(f"  {change}")
        lost = [change for change in proposed if change.loses]
        if lost or not (agreed or self._given.yes or _agreed("Deploy this?")):
            changes.withdraw(self._cloudformation, self._stack, name)
            if lost:
                raise changes.Failed(f"Refused: {', '.join(each.logical for each in lost)} would lose what is in it.")
            return None
        return changes.carry_out(self._cloudformation, self._stack, name, print)


def _agreed(question: str) -> bool:
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise argparse.ArgumentTypeError(f"{text}: write Name=Value")
    return name, value


def _stack(text: str) -> str:
    """CloudFront's names begin with the stack's and the region's, and have at most 64 characters."""
    if not re.fullmatch(r"[a-zA-Z][a-zA-Z0-9-]{0,29}", text):
        raise argparse.ArgumentTypeError(f"{text}: 1 to 30 letters, digits and hyphens, a letter first")
    return text


def arguments() -> argparse.Namespace:
    """The command line's, read."""
    parser = argparse.ArgumentParser(prog="make deploy", description="A help desk in an AWS account.")
    parser.add_argument(
        "--stack", type=_stack, default="lambdesk", help="CloudFormation's name of it, default %(default)s"
    )
    parser.add_argument("--region", help="AWS region, default: the credentials' own")
    parser.add_argument("--plan", action="store_true", help="say what would be done, touch nothing")
    parser.add_argument("--set", type=_parameter, action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--rollback", action="store_true", help="the release before the one that runs")
    parser.add_argument("--yes", action="store_true", help="ask nothing")
    parser.add_argument("--no-smoke", action="store_true", help="don't try it afterwards")
    parser.add_argument("--admin", metavar="EMAIL", help="the first admin, or who signs in to try it (ADMIN_PASSWORD)")
    given = parser.parse_args()
    given.set = dict(given.set)
    return given


if __name__ == "__main__":
    sys.exit(main())
