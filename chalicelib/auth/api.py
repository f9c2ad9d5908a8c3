"""Routes of signing up, signing in, and one's own account."""

from chalicelib.auth import cookies, recovery, schemas, service, sessions
from chalicelib.auth.sessions import Opened
from chalicelib.caller import Via
from chalicelib.edge.call import Answer, Call
from chalicelib.edge.endpoint import Routes
from chalicelib.errors import Invalid, Unauthenticated
from chalicelib.people import agents, service as people
from chalicelib.people.models import Account
from chalicelib.people.schemas import ProfileChange, User, user

routes = Routes("Sessions")

_X_SESSION = {"X-Session": "`cookie`: the refresh token goes into a cookie that scripts can't read. For browsers."}
_SET_COOKIE = {"Set-Cookie": "The refresh token, in sessions with a cookie."}
_LIMITED = {429: "Too many attempts from this address, or for this account."}
_FOREIGN = {403: "A session with a cookie, and `Origin` isn't one of the help desk's own pages."}


@routes.post(
    "/auth/register",
    summary="Sign up",
    body=schemas.Registration,
    answers=schemas.SignedIn,
    status=201,
    errors={
        403: f"{_FOREIGN[403]} Or nobody may sign up here (`GET /config` says so).",
        409: "The address is taken.",
        **_LIMITED,
    },
    request_headers=_X_SESSION,
    answer_headers=_SET_COOKIE,
)
def register(call: Call) -> Answer:
    """Always as a client."""
    via = _via(call)
    account, opened = service.register(call.body.email, call.body.password, call.body.name, via, call.origin)
    return _signed_in(account, opened)


@routes.post(
    "/auth/login",
    summary="Sign in",
    body=schemas.Credentials,
    answers=schemas.SignedIn,
    errors={**_FOREIGN, 401: "Address or password is wrong; the answer doesn't say which.", **_LIMITED},
    request_headers=_X_SESSION,
    answer_headers=_SET_COOKIE,
)
def login(call: Call) -> Answer:
    via = _via(call)
    account, opened = service.sign_in(call.body.email, call.body.password, via, call.origin)
    return _signed_in(account, opened)


@routes.post(
    "/auth/refresh",
    summary="Exchange a refresh token for a new pair",
    body=schemas.RefreshRequest,
    body_required=False,
    answers=schemas.Pair,
    errors={**_FOREIGN, 401: "The session has ended."},
    request_headers=_X_SESSION,
    answer_headers=_SET_COOKIE,
)
def refresh(call: Call) -> Answer:
    """Each token is good once. Used again within 10 seconds it gives another pair of the same session, at most three
    times; used again after that it ends the session."""
    token, in_cookie = _refresh_token(call)
    if token is None:
        raise Unauthenticated("The session has ended. Sign in again.")
    opened = sessions.refresh(token, call.origin)
    return Answer(schemas.pair(opened, in_cookie=in_cookie), headers=_cookie(opened) if in_cookie else {})


@routes.post(
    "/auth/logout",
    summary="Sign out",
    body=schemas.RefreshRequest,
    body_required=False,
    status=204,
    errors=_FOREIGN,
    answer_headers={"Set-Cookie": "Takes the cookie away."},
)
def logout(call: Call) -> Answer:
    """Ends the session: its refresh token at once, its access tokens within a minute."""
    token, in_cookie = _refresh_token(call)
    sessions.end(call.me, token, call.origin)
    return Answer(headers={"Set-Cookie": cookies.clearing()} if in_cookie else {})


@routes.get("/auth/me", summary="Read one's own account", answers=User)
def read_me(call: Call) -> User:
    return _shown(people.known_account(call.me.id))


@routes.patch("/auth/me", summary="Change one's own account", body=ProfileChange, answers=User)
def change_me(call: Call) -> User:
    """All fields are applied or none."""
    return _shown(people.change_profile(call.me.id, call.body.wanted()))


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
    """The token is that of a reset or an invitation, and good once. Ends all sessions."""
    recovery.reset(call.body.token, call.body.new_password, call.origin)


@routes.post("/auth/email/verify", summary="Confirm one's e-mail address", body=schemas.Verification, status=204)
def verify_email(call: Call) -> None:
    """The token came by mail after signing up, and is good once, for 30 minutes."""
    recovery.verify_email(call.body.token, call.origin)


def _via(call: Call) -> Via:
    if not cookies.asked_for(call.headers):
        return "bearer"
    cookies.check_origin(call.headers)
    return "cookie"


def _refresh_token(call: Call) -> tuple[str | None, bool]:
    """The session's refresh token, and whether it is one with a cookie. What came in a cookie is never answered in a
    body, where scripts could read it."""
    given, kept = call.body.refresh_token, cookies.token(call.headers)
    in_cookie = cookies.asked_for(call.headers) or (given is None and kept is not None)
    if in_cookie:
        cookies.check_origin(call.headers)
        return kept or given, True
    if given is None:
        raise Invalid.field("refresh_token", "This field is required.", "required")
    return given, False


def _signed_in(account: Account, opened: Opened) -> Answer:
    in_cookie = opened.via == "cookie"
    body = schemas.signed_in(opened, _shown(account), in_cookie=in_cookie)
    return Answer(body, headers=_cookie(opened) if in_cookie else {})


def _cookie(opened: Opened) -> dict[str, str | list[str]]:
    return {"Set-Cookie": cookies.setting(opened.refresh_token)}


def _shown(account: Account) -> User:
    return user(account, agents.row_of(account))
