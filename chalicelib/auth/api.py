"""Routes of signing up, signing in and out, and one's sessions."""

from chalicelib.auth import cookies, proofs, schemas, service, sessions
from chalicelib.auth.own_account_api import shown
from chalicelib.auth.sessions import Opened
from chalicelib.caller import Via
from chalicelib.edge.call import Answer, Call
from chalicelib.edge.endpoint import Routes
from chalicelib.edge.paging import Page
from chalicelib.errors import Invalid
from chalicelib.people.models import Account

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
    answers=schemas.SignedIn | schemas.SecondStepNeeded,
    errors={**_FOREIGN, 401: "Address or password is wrong; the answer doesn't say which.", **_LIMITED},
    request_headers=_X_SESSION,
    answer_headers=_SET_COOKIE,
)
def login(call: Call) -> Answer:
    """Of an account with a second factor no tokens are answered but what `POST /auth/login/totp` takes; save to a
    browser that is remembered for having made that step."""
    via, asked = _via(call), call.body
    devices = cookies.device_tokens(call.headers)
    account, opened = service.sign_in(asked.email, asked.password, via, call.origin, devices)
    if isinstance(opened, service.SecondStep):
        return Answer(schemas.second_step(opened))
    return _signed_in(account, opened)


@routes.post(
    "/auth/login/totp",
    summary="Make the second step of signing in",
    body=schemas.SecondStepGiven,
    answers=schemas.SignedIn,
    errors={
        **_FOREIGN,
        401: "The code is wrong or was used (`wrong_code`), or the token has ended: sign in again (`bad_token`).",
        **_LIMITED,
    },
    request_headers=_X_SESSION,
    answer_headers={"Set-Cookie": f"{_SET_COOKIE['Set-Cookie']} And what a browser is remembered by."},
)
def make_second_step(call: Call) -> Answer:
    """The token is good for 5 minutes and 5 tries; a code, of the app or for recovery, once."""
    via, asked = _via(call), call.body
    account, opened, device = service.second_step(
        asked.mfa_token, asked.code, via, call.origin, remember=asked.remember
    )
    return _signed_in(account, opened, device)


@routes.post(
    "/auth/refresh",
    summary="Exchange a refresh token for a new pair",
    body=schemas.RefreshRequest,
    body_required=False,
    answers=schemas.SignedIn,
    errors={**_FOREIGN, 401: "The session has ended.", 429: "More than 20 refreshes of one session in a minute."},
    request_headers=_X_SESSION,
    answer_headers=_SET_COOKIE,
)
def refresh(call: Call) -> Answer:
    """Good for 30 days after the last refresh, 90 altogether. A used token is good again for 60 seconds, and later as
    long as nobody has used what followed from it; otherwise somebody else has it too, and the session ends. A session
    with a cookie takes its token from there alone."""
    given = call.body.refresh_token
    if _by_cookie(call):
        account, opened = sessions.refresh_first(cookies.tokens(call.headers), "cookie", call.origin)
    elif given is not None:
        account, opened = sessions.refresh(given, "bearer", call.origin)
    else:
        raise _needed()
    return _signed_in(account, opened)


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
    given, in_cookie = call.body.refresh_token, _by_cookie(call)
    if given is None and not in_cookie:
        raise _needed()
    sessions.end(call.me, cookies.tokens(call.headers) if in_cookie else [given], call.origin)
    return Answer(headers={"Set-Cookie": cookies.clearing()} if in_cookie else {})


@routes.get("/auth/sessions", summary="List one's sessions", answers=schemas.SessionShown, lists=True)
def list_sessions(call: Call) -> Page[schemas.SessionShown]:
    """Those that are still good, newest first."""
    page = sessions.page(call.me, call.page)
    return Page([schemas.session(each, call.me.session_id) for each in page.items], page.next)


@routes.delete("/auth/sessions", summary="End all one's other sessions", status=204)
def end_other_sessions(call: Call) -> None:
    """All but the one in which this is asked; chats in them end within a minute."""
    sessions.end_others(call.me, call.origin)


@routes.delete("/auth/sessions/{session_id}", summary="End one of one's sessions", status=204)
def end_session(call: Call) -> None:
    """Its refresh token at once, its access tokens and chats within a minute."""
    sessions.end_one(call.me, call.path["session_id"], call.origin)


def _via(call: Call) -> Via:
    if not cookies.asked_for(call.headers):
        return "bearer"
    cookies.check_origin(call.headers)
    return "cookie"


def _by_cookie(call: Call) -> bool:
    """Whether the session's token is looked for in a cookie. Raises Forbidden if it would be, for another's page."""
    if not cookies.asked_for(call.headers) and (call.body.refresh_token or not cookies.tokens(call.headers)):
        return False
    cookies.check_origin(call.headers)
    return True


def _needed() -> Invalid:
    return Invalid.field("refresh_token", "This field is required.", "required")


def _signed_in(account: Account, opened: Opened, device: str | None = None) -> Answer:
    """`device`: what the browser is known by from now on."""
    in_cookie = opened.via == "cookie"
    body = schemas.signed_in(opened, shown(account), in_cookie=in_cookie)
    kept = [cookies.setting(opened.refresh_token)] if in_cookie else []
    if device is not None:
        kept.append(cookies.remembering(device, proofs.GOOD_FOR["device"]))
    return Answer(body, headers={"Set-Cookie": kept} if kept else {})
