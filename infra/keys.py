"""`python -m infra.keys create|rotate [--stack NAME]`: the keys, in SSM: one parameter a purpose.

`create` makes the parameters and leaves those that are there alone. `rotate` makes new keys, which sign as soon as an
instance has read them (within a minute); those before verify for a day longer, by when all that it signed has run
out. What mail carries (addresses to reply to, links to unsubscribe) stays good. What secrets of second factors were
sealed with stays too, also after a leak: they are sealed anew as they are used. After a leak, `rotate --drop`: then
only the new key is good, everybody's access token is renewed, and replies to older mails are no longer known. The audit
is told. `--local URL` takes the local runner's parameter instead, for drills.
"""

import argparse
import base64
import json
import secrets
import sys
from contextlib import suppress
from typing import Any

import boto3

from chalicelib import ambient
from chalicelib.keys import PURPOSES, SEALS
from infra import deployment

KEPT_SECONDS = 86_400 + 3_600
"""A cursor is good for a day, an access token for minutes."""


def create(ssm: Any, name: str) -> bool:
    """Makes the parameters `<name>/<purpose>` that aren't there; False if all were."""
    kid, made = ambient.new_id(), False
    for purpose in PURPOSES:
        parameter = {"current": kid, "keys": {kid: _new_key()}, "retired": {}}
        with suppress(ssm.exceptions.ParameterAlreadyExists):
            _put(ssm, f"{name}/{purpose}", parameter, overwrite=False)
            made = True
    return made


def rotate(ssm: Any, name: str, *, drop: bool = False) -> str:
    """Makes new keys the current ones and answers their id. `drop`: the others stop to verify at once."""
    kid = ambient.new_id()
    for purpose in PURPOSES:
        _rotate(ssm, f"{name}/{purpose}", kid, drop=drop, keep=purpose in SEALS)
    return kid


def _rotate(ssm: Any, name: str, kid: str, *, drop: bool, keep: bool) -> None:
    """`keep`: the older keys stay for good."""
    parameter = json.loads(ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"])
    now = int(ambient.clock())
    retired = {**parameter.get("retired", {}), parameter["current"]: now + KEPT_SECONDS}
    keeps = {kid: ends for kid, ends in retired.items() if ends > now and not drop}
    new = _new_key()
    keys = {old: key for old, key in parameter["keys"].items() if keep or old in keeps}
    keeps = {} if keep else keeps
    lasting = new if drop else parameter.get("lasting") or parameter["keys"][parameter["current"]]
    written = {"current": kid, "keys": {**keys, kid: new}, "retired": keeps, "lasting": lasting}
    _put(ssm, name, written, overwrite=True)


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
