"""The deployable artefact: `python -m infra.package out` writes out/sam.yaml and out/deployment.zip.

`python -m infra.package --check` makes the template alone, without fetching what the zip would hold, and has it judged
by cfn-lint and by the transform that CloudFormation will apply to it.
"""

import argparse
import copy
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import yaml
from chalice.cli.factory import CLIFactory
from chalice.deploy.deployer import DeploymentPackager
from chalice.deploy.packager import LambdaDeploymentPackager
from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.translator.transform import transform

from infra import artefact, yaml_file

ROOT = Path(__file__).parents[1]
RESOURCES = ROOT / "infra" / "resources.yaml"
DEPLOYMENT = "WebsocketAPIDeployment"
"""What Chalice calls the WebSocket API's deployment."""
REGIONS = ("eu-central-1", "us-east-1", "ap-southeast-2", "sa-east-1", "af-south-1")
"""One a continent, in which the template is judged. What some regions lack: infra/deploy/regions.py."""
LARGEST_TEMPLATE = 1_000_000
"""Bytes that CloudFormation takes (from S3)."""


def package(out: Path, *, code: bool = True, python: str = artefact.PYTHON) -> None:
    """Writes sam.yaml and deployment.zip with everything that runs in Lambda (an empty zip without `code`)."""
    os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")  # it calls nothing, but wants one
    factory = CLIFactory(str(ROOT))
    config = factory.create_config_obj()
    packager = factory.create_app_packager(
        config, factory.create_package_options(), "cloudformation", "yaml", str(RESOURCES)
    )
    # Chalice makes the template alone: it would pack what this machine has, for the Python that runs it.
    for step in packager._resource_builder._build_stage._steps:
        if isinstance(step, DeploymentPackager):
            step._packager = cast(LambdaDeploymentPackager, _NoCode(out))
    packager.package_app(config, str(out), config.chalice_stage)
    if code:
        artefact.make(out / "deployment.zip", python)
    written = out / "sam.yaml"
    write(finished(yaml_file.read(written), python), written)


def write(made: dict[str, Any], file: Path) -> None:
    """A template as CloudFormation reads it."""
    file.write_text(yaml.dump(made, Dumper=_NoAliases, allow_unicode=True, width=120))


def finished(made: dict[str, Any], python: str) -> dict[str, Any]:
    """Chalice's template with what it has no word for."""
    resources = made["Resources"]
    for resource in resources.values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["Runtime"] = f"python{python}"
    for name, resource in resources.items():
        if resource["Type"] == "AWS::CloudWatch::Alarm":
            resource["Properties"]["AlarmDescription"] += f" What to do: docs/operations.md#{name.lower()}"
    routes = [
        resource
        for resource in resources.values()
        if resource["Type"] in ("AWS::ApiGatewayV2::Route", "AWS::ApiGatewayV2::Integration")
    ]
    # A stage serves a deployment, and CloudFormation makes a new one for a new logical id alone.
    digest = hashlib.sha256(json.dumps(routes, sort_keys=True).encode()).hexdigest()[:10]
    renamed = json.dumps(made).replace(f'"{DEPLOYMENT}"', f'"{DEPLOYMENT}{digest}"')
    result: dict[str, Any] = json.loads(renamed)
    return result


class _NoCode:
    """Stands where Chalice would fetch and zip the code."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def create_deployment_package(self, _project_dir: str, _python_version: str) -> str:
        self._folder.mkdir(parents=True, exist_ok=True)
        empty = self._folder / "nothing.zip"
        zipfile.ZipFile(empty, "w").close()
        return str(empty)


class _NoAliases(yaml.SafeDumper):
    """CloudFormation reads no YAML aliases."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def template() -> dict[str, Any]:
    """The template as it is deployed, but for the code's place."""
    with tempfile.TemporaryDirectory() as out:
        package(Path(out), code=False)
        read: dict[str, Any] = yaml_file.read(Path(out) / "sam.yaml")
    return read


def transformed(sam: dict[str, Any]) -> dict[str, Any]:
    """What CloudFormation makes of a template: Globals applied, event sources and the API's parts as resources.

    Raises InvalidDocumentException, which says what is wrong.
    """
    uploaded = copy.deepcopy(sam)
    for resource in uploaded["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://bucket/deployment.zip"
    result: dict[str, Any] = transform(uploaded, {}, _NoManagedPolicies())
    return result


class _NoManagedPolicies:
    """The transform asks for the policies that AWS manages; our roles use none."""

    def load(self) -> dict[str, str]:
        return {}


def complaints(folder: Path, regions: Sequence[str] = REGIONS) -> list[str]:
    """What is wrong with folder/sam.yaml, deployed in any of these regions."""
    written = folder / "sam.yaml"
    linted = subprocess.run(
        [Path(sys.executable).with_name("cfn-lint"), "--format", "parseable", "--regions", *regions, "--", written],
        capture_output=True,
        text=True,
        check=False,
    )
    found = (linted.stdout + linted.stderr).splitlines() if linted.returncode else []
    try:
        transformed(yaml_file.read(written))
    except InvalidDocumentException as error:
        found += [str(cause.message) for cause in error.causes]
    if (size := written.stat().st_size) > LARGEST_TEMPLATE:
        found.append(f"{written}: {size:,} bytes, CloudFormation takes {LARGEST_TEMPLATE:,}")
    return found


def main() -> str | None:
    parser = argparse.ArgumentParser(prog="python -m infra.package", description=__doc__)
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("out", nargs="?", type=Path, help="folder to write to")
    wanted.add_argument("--resources", type=Path, metavar="FILE", help="the resources as CloudFormation sees them")
    wanted.add_argument("--check", action="store_true", help="judge the template, keep nothing")
    parser.add_argument(
        "--python", default=artefact.PYTHON, help="Lambda's Python that runs it (%(default)s; tests take their own)"
    )
    arguments = parser.parse_args()
    if arguments.resources:
        arguments.resources.write_text(json.dumps(transformed(template()), indent=1))
        return None
    if arguments.check:
        with tempfile.TemporaryDirectory() as folder:
            package(Path(folder), code=False)
            return "\n".join(complaints(Path(folder))) or None
    package(arguments.out, python=arguments.python)
    return "\n".join(complaints(arguments.out)) or None


if __name__ == "__main__":
    sys.exit(main())
