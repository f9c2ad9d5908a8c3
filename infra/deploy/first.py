"""What a stack needs once: secrets, keys, the first admin. What exists is left alone."""

import argparse
import getpass
import os
import secrets
import sys
from contextlib import suppress
from typing import Any


def parameters(ssm: Any, stack: str, *, new: bool) -> dict[str, str]:
    """The parameters that this command chooses: CloudFront's secret, and the name of a new stack's keys.

    The secret is created once and kept in SSM. A stack that was deployed with an operator's own secret keeps it.
    """
    if not new:
        return {}
    name = f"/lambdesk/{stack}/origin-secret"
    with suppress(ssm.exceptions.ParameterAlreadyExists):  # from a try before: the same one
        ssm.put_parameter(Name=name, Value=secrets.token_hex(24), Type="SecureString", Overwrite=False)
    secret = ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]
    return {"OriginSecret": secret, "SigningKeys": f"/lambdesk/{stack}/signing-keys"}


def people(ssm: Any, stack: str, given: argparse.Namespace) -> tuple[str, str]:
    """Creates the signing keys and the first admin if there are none. Returns the e-mail address and password with
    which to try the deployment, ("", "") if nobody was named."""
    from infra import admin, deployment, keys

    os.environ.update(deployment.settings_of(stack))
    if keys.create(ssm, os.environ["SIGNING_KEYS_PARAMETER"]):
        print("Signing keys: made.")
    from chalicelib.people import placement

    first = not placement.has_admin()
    email = given.admin or ""
    if first and not email and not given.yes:
        email = input("E-mail address of the first admin: ").strip()
    if not email:
        print("No admin was named (--admin): python -m infra.admin create EMAIL makes one." if first else "")
        return "", ""
    password = os.environ.get("ADMIN_PASSWORD") or (getpass.getpass("Their password: ") if sys.stdin.isatty() else "")
    if first:
        admin.create(email, "Admin", password)
        print(f"{email}: the first admin.")
    return email, password
