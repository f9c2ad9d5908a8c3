"""`python -m infra.admin create|promote|reset|totp|mail EMAIL`: the first admin, and the way back in when nobody can.

    create EMAIL --name NAME    the first team, if it isn't there, and an admin
    promote EMAIL               makes an account an admin's
    reset EMAIL                 ends all sessions, takes the password away, and prints a link to set a new one
    totp EMAIL                  takes the second factor away: the password is enough again
    mail EMAIL                  tries mail again to an address that refused, bounced or complained

`--stack NAME` (default lambdesk) says which deployment: needs AWS credentials that may read the stack and write its
tables. `--local URL` takes the local runner's instead. `create` asks for the password (or takes it from
ADMIN_PASSWORD). Nothing here can be reached over the network of a deployment.
"""

import argparse
import getpass
import os
import sys

from pydantic import ValidationError

from infra import deployment

COMMANDS = ("create", "promote", "reset", "totp", "mail")


def create(email: str, name: str, password: str) -> str:
    """Makes the first team, if it isn't there, and an admin; answers the account's id. Raises ValidationError for what
    the API wouldn't take either, EmailTaken."""
    # Settings are read on import: the tables' names must be known by now.
    from chalicelib.audit import service as audit
    from chalicelib.auth.schemas import Registration
    from chalicelib.origin import NOBODY
    from chalicelib.people import service as people

    given = Registration(email=email, name=name, password=password)
    people.ensure_first_team()
    account = people.create_account(
        email=given.email,
        name=given.name,
        role="admin",
        password=given.password,
        email_verified=True,
        also=lambda made, transaction: audit.add(transaction, NOBODY, "user_created", made.id, role="admin"),
    )
    return str(account.id)


def promote(email: str) -> None:
    """Makes an active account an admin's. Raises NotFound, Conflict."""
    from chalicelib.people import service as people

    people.change_account(_active_id(email), {"role": "admin"})


def reset(email: str) -> str:
    """Ends an active account's sessions and its password; answers a link, good once for 30 minutes, to set a new one.
    Raises NotFound, Conflict."""
    from chalicelib.auth import recovery
    from chalicelib.notifications import rendering

    return rendering.link("reset-password", recovery.token_by_hand(_active_id(email)))


def totp(email: str) -> None:
    """Takes an active account's second factor away. Raises NotFound, Conflict."""
    from chalicelib.auth import factors

    factors.take_away(_active_id(email))


def mail(email: str) -> None:
    """Lets mail go to an active account's address again. Raises NotFound, Conflict."""
    from chalicelib.people import reachability

    reachability.allow(_active_id(email))


def run(command: str, email: str, name: str = "Admin", password: str = "") -> str:
    """Does what a command line asks for; answers what to print. Raises Refused, with the reason."""
    from chalicelib.errors import Invalid

    if command == "promote":
        promote(email)
        return f"{email}: admin now"
    if command == "reset":
        return f"{email}: signed out everywhere; a new password is set at\n{reset(email)}"
    if command == "totp":
        totp(email)
        return f"{email}: the password is enough again"
    if command == "mail":
        mail(email)
        return f"{email}: gets mail again"
    try:
        return f"{email}: admin {create(email, name, password)}"
    except ValidationError as error:
        raise Invalid("\n".join(f"{each['loc'][-1]}: {each['msg']}" for each in error.errors())) from None


def _active_id(email: str) -> str:
    from chalicelib.errors import Conflict, NotFound
    from chalicelib.people import service as people

    account = people.account_of(email)
    if account is None:
        raise NotFound(f"There is no account with the address {email}.")
    if not account.active:
        raise Conflict(f"The account of {email} is deactivated.")
    return str(account.id)


def main() -> str | None:
    parser = argparse.ArgumentParser(prog="python -m infra.admin", description="The first admin; emergencies.")
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("email")
    parser.add_argument("--name", default="Admin", help="create: default %(default)s")
    deployment.add_arguments(parser)
    given = parser.parse_args()
    password = ""
    if given.command == "create":
        password = os.environ.get("ADMIN_PASSWORD") or getpass.getpass("Password: ")
    deployment.choose(given)
    from chalicelib.errors import Refused

    try:
        print(run(given.command, given.email, given.name, password))
    except Refused as refusal:
        return refusal.detail
    return None


if __name__ == "__main__":
    sys.exit(main())
