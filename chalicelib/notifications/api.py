"""The route behind the link that ends mail about tickets (RFC 8058: mail programs post to it, nobody signs in)."""

from typing import Annotated

from chalicelib.edge.call import Answer, Call
from chalicelib.edge.endpoint import Routes
from chalicelib.edge.schemas import Query, Text
from chalicelib.errors import Invalid
from chalicelib.notifications import addresses
from chalicelib.people import service as people

routes = Routes("Mail")

_HTML = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
    ),
}


class UnsubscribeQuery(Query):
    """`token`: from the mail."""

    token: Annotated[str, Text(1, 200)]


@routes.get(
    "/mail/unsubscribe",
    summary="Ask whether mail about tickets is to stop",
    query=UnsubscribeQuery,
    answers=str,
    produces="text/html",
)
def show_unsubscribe(call: Call) -> Answer:
    """A page with a button. Nothing changes: what scans mail for bad links opens them all."""
    _account_id(call)
    question = "<p>Stop mail about tickets? Mail about your account's security still comes.</p>"
    return _page(question + '<form method="post"><button>Stop it</button></form>')


@routes.post(
    "/mail/unsubscribe",
    summary="Stop mail about tickets",
    query=UnsubscribeQuery,
    answers=str,
    produces="text/html",
)
def unsubscribe(call: Call) -> Answer:
    """As `email_notifications: false`. The body doesn't matter; again: the same answer."""
    people.change_profile(_account_id(call), {"email_notifications": False})
    return _page("<p>You get no more mail about tickets. Your profile has a switch to get it again.</p>")


def _account_id(call: Call) -> str:
    account_id = addresses.unsubscribed(call.query.token)
    if account_id is None or people.account(account_id) is None:
        raise Invalid.field("token", "Is not from one of our mails.", "bad_token")
    return account_id


def _page(content: str) -> Answer:
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        "<title>Mail about tickets</title><style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;"
        "max-width:36rem;margin:3rem auto;padding:0 1rem}button{font:inherit;padding:.5rem 1rem}</style></head>"
        f"<body><main><h1>Mail about tickets</h1>{content}</main></body></html>"
    )
    return Answer(page, headers=_HTML)
