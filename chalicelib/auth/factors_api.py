"""Routes of the second factor."""

from chalicelib.auth import factors, schemas, totp
from chalicelib.edge.call import Answer, Call
from chalicelib.edge.endpoint import Routes
from chalicelib.errors import Forbidden
from chalicelib.people import service as people
from chalicelib.people.models import Account
from chalicelib.settings import settings

routes = Routes("Second factor")

_REFUSED = {
    404: "There is no second factor.",
    429: "Too many wrong passwords or codes, from this address or for this account.",
}


def _own(call: Call) -> None:
    if not people.known_account(call.me.id).factor:
        raise factors.none_there()


def _others(call: Call) -> Account:
    account = people.known_account(call.path["user_id"])
    if not account.factor:
        raise factors.none_there()
    return account


@routes.post(
    "/auth/totp",
    summary="Start a second factor",
    answers=schemas.FactorStarted,
    status=201,
    errors={
        403: "Nobody has confirmed the account's e-mail address (`address_unconfirmed`).",
        409: "There is one already.",
    },
)
def start_factor(call: Call) -> schemas.FactorStarted:
    """For an app that shows codes (TOTP). It counts once `POST /auth/totp/confirm` has seen one of them, within an
    hour; until then another start replaces it."""
    secret = factors.start(call.me)
    return schemas.FactorStarted(secret=secret, otpauth_url=totp.address(secret, call.me.email, settings.desk_name))


@routes.post(
    "/auth/totp/confirm",
    summary="Confirm a second factor",
    body=schemas.Code,
    answers=schemas.RecoveryCodes,
    errors={409: "None was started, or there is one already."},
)
def confirm_factor(call: Call) -> schemas.RecoveryCodes:
    """From now on signing in takes a code. The recovery codes are shown this once. Sessions go on."""
    return schemas.RecoveryCodes(recovery_codes=factors.confirm(call.me, call.body.code, call.origin))


@routes.post(
    "/auth/totp/recovery-codes",
    summary="Make new recovery codes",
    finds=_own,
    body=schemas.PasswordAndCode,
    answers=schemas.RecoveryCodes,
    errors=_REFUSED,
)
def renew_recovery_codes(call: Call) -> schemas.RecoveryCodes:
    """Those before are void."""
    asked = call.body
    codes = factors.renew_recovery_codes(call.me, asked.password, asked.code, call.origin)
    return schemas.RecoveryCodes(recovery_codes=codes)


@routes.delete(
    "/auth/totp",
    summary="Remove one's second factor",
    finds=_own,
    body=schemas.PasswordAndCode,
    status=204,
    errors=_REFUSED,
)
def remove_factor(call: Call) -> None:
    """Signing in takes the password alone again; browsers that were remembered no longer are."""
    factors.remove(call.me, call.body.password, call.body.code, call.origin)


@routes.delete(
    "/users/{user_id}/totp",
    summary="Take somebody's second factor away",
    finds=_others,
    status=204,
    errors={403: "It is one's own: that takes the password and a code."},
)
def take_factor_away(call: Call) -> Answer:
    """For who has lost their app and the recovery codes. Sessions go on."""
    if call.found.id == call.me.id:
        raise Forbidden("Remove your own with your password and a code: DELETE /auth/totp.")
    factors.take_away(call.found.id, call.origin)
    return Answer()
