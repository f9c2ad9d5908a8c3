"""`python -m infra.keys create|rotate [--stack NAME]`: the keys that sign tokens and cursors, in SSM.

`create` makes the parameter and leaves one that is there alone. `rotate` makes a new key, which signs as soon as an
instance has read it (within a minute); the one before verifies for a day longer, by when all that it signed has run
out. What mail carries (addresses to reply to, links to unsubscribe) stays good. After a leak, `rotate --drop`: then
only the new key is good, everybody's access token is renewed, and replies to older mails are no longer known. The audit
is told. `--local URL` takes the local runner's parameter instead, for drills.
"""

import argparse
import base64
import json
import secrets
import sys
from typing import Any

import boto3

from chalicelib import ambient
from infra import deployment

KEPT_SECONDS = 86_400 + 3_600
"""A cursor is good for a day, an access token for minutes."""


def create(ssm: Any, name: str) -> bool:
    """Makes the parameter; False if it was there."""
    kid = ambient.new_id()
    parameter = {"current": kid, "keys": {kid: _new_key()}, "retired": {}}
    try:
        _put(ssm, name, parameter, overwrite=False)
    except ssm.exceptions.ParameterAlreadyExists:
        return False
    return True


def rotate(ssm: Any, name: str, *, drop: bool = False) -> str:
    """Makes a new key the current one and answers its id. `drop`: the others stop to verify at once."""
    parameter = json.loads(ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"])
    now = int(ambient.clock())
    retired = {**parameter.get("retired", {}), parameter["current"]: now + KEPT_SECONDS}
    keeps = {kid: ends for kid, ends in retired.items() if ends > now and not drop}
    kid, new = ambient.new_id(), _new_key()
    keys = {old: key for old, key in parameter["keys"].items() if old in keeps}
    lasting = new if drop else parameter.get("lasting") or parameter["keys"][parameter["current"]]
    written = {"current": kid, "keys": {**keys, kid: new}, "retired": keeps, "lasting": lasting}
    _put(ssm, name, written, overwrite=True)
    return kid


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _put(ssm: Any, name: str, parameter: dict[str, Any], *, overwrite: bool) -> None:
    ssm.put_parameter(Name=name, Value=json.dumps(parameter), Type="SecureString", Overwrite=overwrite)


def _tell_audit(kid: str, *, dropped: bool) -> str:
    """Notes the rotation; what is to be said if that can't be done: the rotation itself stands."""
    try:
        from chalicelib.audit import service as audit
        from chalicelib.origin import NOBODY

        audit.record(NOBODY, "keys_rotated", None, kid=kid, dropped=dropped)
    except Exception as error:  # a leak is answered first
        return f"The audit could not be told: {error}"
    return ""


def main() -> str | None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(prog="python -m infra.keys", description="Keys that sign tokens, in SSM.")
    parser.add_argument("command", choices=("create", "rotate"))
    parser.add_argument("--drop", action="store_true", help="rotate: older keys stop to verify at once (a leak)")
    deployment.add_arguments(parser)
    given = parser.parse_args()
    deployment.choose(given)
    from chalicelib.settings import settings

    ssm, name = boto3.client("ssm"), settings.signing_keys_parameter
    if given.command == "rotate":
        kid = rotate(ssm, name, drop=given.drop)
        print(f"{name}: new key {kid}")
        return _tell_audit(kid, dropped=given.drop) or None
    if create(ssm, name):
        print(f"{name}: created")
    else:
        print(f"{name}: is there already; nothing changed")
    return None


if __name__ == "__main__":
    sys.exit(main())
