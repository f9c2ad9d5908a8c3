"""Routes of one's own account: profile, password, e-mail address."""

from chalicelib.auth import recovery, schemas, service, sessions
from chalicelib.edge.call import Call
from chalicelib.edge.endpoint import Routes
from chalicelib.people import agents, service as people
from chalicelib.people.models import Account
from chalicelib.people.schemas import ProfileChange, User, user

routes = Routes("Own account")

_LIMITED = {429: "Too many attempts from this address, or for this account."}


@routes.get("/auth/me", summary="Read one's own account", answers=User)
def read_me(call: Call) -> User:
    return shown(people.known_account(call.me.id))


@routes.patch("/auth/me", summary="Change one's own account", body=ProfileChange, answers=User)
def change_me(call: Call) -> User:
    """All fields are applied or none."""
    return shown(people.change_profile(call.me.id, call.body.wanted()))


@routes.post(
    "/auth/password",
    summary="Change one's password",
    body=schemas.PasswordChange,
    status=204,
    errors=_LIMITED,
)
def change_password(call: Call) -> None:
    """Ends all other sessions."""
    service.change_password(call.me, call.body.current_password, call.body.new_password, call.origin)


@routes.post(
    "/auth/password/forgot",
    summary="Ask for a new password",
    body=schemas.ForgottenPassword,
    status=202,
    errors=_LIMITED,
)
def forget_password(call: Call) -> None:
    """The answer is the same whether or not there is such an account; the mail is good for 30 minutes."""
    recovery.forgot(call.body.email, call.origin)


@routes.post(
    "/auth/password/reset",
    summary="Set a password with a token from a mail",
    body=schemas.Reset,
    status=204,
    errors=_LIMITED,
)
def reset_password(call: Call) -> None:
    """The token is that of a reset, an invitation or an address to confirm, and good once. Confirms the address, and
    ends all sessions, the old password and all other tokens that came by mail."""
    recovery.reset(call.body.token, call.body.new_password, call.origin)


@routes.post(
    "/auth/email/verify",
    summary="Confirm one's e-mail address",
    body=schemas.Verification,
    status=204,
    errors={
        401: "`Authorization` was sent, and isn't good.",
        403: "Neither the account's session nor its password came along (`proof_missing`, `proof_wrong`).",
        **_LIMITED,
    },
    request_headers={"Authorization": "`Bearer <access token>` of the account, unless its password is sent."},
)
def verify_email(call: Call) -> None:
    """The token came by mail after signing up and is good once, for 24 hours. It proves the mailbox alone: it takes the
    account's own session or its password besides. Without either it is good at `POST /auth/password/reset`."""
    caller = sessions.authenticate(call.headers, "/auth/") if call.headers.get("Authorization") else None
    recovery.verify_email(call.body.token, call.body.password, caller, call.origin)


@routes.post(
    "/auth/email/verification",
    summary="Have the mail that confirms one's address sent again",
    status=202,
    errors={429: "Three an hour, five a day."},
)
def send_verification(call: Call) -> None:
    """Nothing is sent to an address that is confirmed."""
    recovery.send_verification(call.me)


def shown(account: Account) -> User:
    """An account, as its owner sees it."""
    return user(account, agents.row_of(account), factor=True)
