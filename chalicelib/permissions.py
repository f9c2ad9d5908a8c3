"""The permission matrix: which role may use which route or chat destination, and whose tickets or accounts it reaches.
A role that isn't named gets 403; anything beyond its reach is 404. A route without a row can't be declared.

What somebody within reach may do with one ticket, in which state, is the matrix of `chalicelib/tickets/policy.py`.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Literal

Role = Literal["client", "agent", "admin"]

ROLES: tuple[Role, ...] = ("admin", "agent", "client")
"""The order in which lists of people show them."""

Reach = Literal["own", "clients", "team", "all"]
"""own: themselves, tickets of which they are the client. clients: people who are clients. team: tickets of their team,
and their own. all: whatever there is."""

Grant = Mapping[Role, Reach]
"""Role -> how far it reaches; roles left out may not."""


class Anyone(Enum):
    """The role column of routes that need no token."""

    ANYONE = "anyone"


ANYONE = Anyone.ANYONE

_SIGNED_IN: Grant = {"client": "own", "agent": "own", "admin": "own"}
_TICKET: Grant = {"client": "own", "agent": "team", "admin": "all"}
_EVERYBODY: Grant = {"client": "all", "agent": "all", "admin": "all"}
_STAFF: Grant = {"agent": "all", "admin": "all"}
_AGENT: Grant = {"agent": "own"}
_ADMIN: Grant = {"admin": "all"}

MATRIX: Mapping[str, Grant | Anyone] = {
    "POST /auth/register": ANYONE,
    "POST /auth/login": ANYONE,
    "POST /auth/login/totp": ANYONE,
    "POST /auth/totp": _SIGNED_IN,
    "POST /auth/totp/confirm": _SIGNED_IN,
    "POST /auth/totp/recovery-codes": _SIGNED_IN,
    "DELETE /auth/totp": _SIGNED_IN,
    "DELETE /users/{user_id}/totp": _ADMIN,
    "POST /auth/refresh": ANYONE,
    "POST /auth/password/forgot": ANYONE,
    "POST /auth/password/reset": ANYONE,
    "POST /auth/email/verify": ANYONE,
    "POST /auth/email/verification": _SIGNED_IN,
    "POST /auth/logout": _SIGNED_IN,
    "GET /auth/sessions": _SIGNED_IN,
    "DELETE /auth/sessions": _SIGNED_IN,
    "DELETE /auth/sessions/{session_id}": _SIGNED_IN,
    "GET /auth/me": _SIGNED_IN,
    "PATCH /auth/me": _SIGNED_IN,
    "POST /auth/password": _SIGNED_IN,
    "GET /users": {"agent": "clients", "admin": "all"},
    "POST /users": _ADMIN,
    "GET /users/{user_id}": {"agent": "clients", "admin": "all"},
    "PATCH /users/{user_id}": _ADMIN,
    "GET /teams": _EVERYBODY,
    "POST /teams": _ADMIN,
    "GET /agents": _STAFF,
    "PUT /agents/me/availability": _AGENT,
    "PUT /agents/{agent_id}/availability": _ADMIN,
    "POST /tickets": _TICKET,
    "GET /tickets": _TICKET,
    "GET /tickets/counts": _SIGNED_IN,
    "GET /queue": {"agent": "team", "admin": "all"},
    "GET /tickets/{ticket_id}": _TICKET,
    "PATCH /tickets/{ticket_id}": _TICKET,
    "GET /tickets/{ticket_id}/history": _TICKET,
    "GET /tickets/{ticket_id}/timeline": _TICKET,
    "POST /tickets/{ticket_id}/comments": _TICKET,
    "GET /tickets/{ticket_id}/comments": _TICKET,
    "POST /tickets/{ticket_id}/notes": _TICKET,
    "GET /tickets/{ticket_id}/notes": _TICKET,
    "POST /tickets/{ticket_id}/attachments": _TICKET,
    "GET /tickets/{ticket_id}/attachments": _TICKET,
    "GET /tickets/{ticket_id}/attachments/{attachment_id}": _TICKET,
    "GET /tickets/{ticket_id}/chat": _TICKET,
    "GET /tickets/{ticket_id}/chat/conversations": _TICKET,
    "PUT /tickets/{ticket_id}/seen": _TICKET,
    "GET /tickets/{ticket_id}/participants": _TICKET,
    "GET /notifications": _SIGNED_IN,
    "POST /notifications/read": _SIGNED_IN,
    "POST /chat/token": _SIGNED_IN,
    "GET /metrics": _ADMIN,
    "GET /metrics/me": _AGENT,
    "POST /reports": _ADMIN,
    "GET /reports": _ADMIN,
    "GET /reports/{report_id}": _ADMIN,
    "POST /report-schedules": _ADMIN,
    "GET /report-schedules": _ADMIN,
    "DELETE /report-schedules/{schedule_id}": _ADMIN,
    "GET /audit": _ADMIN,
    "GET /mail/kept": _ADMIN,
    "GET /mail/kept/{mail_id}": _ADMIN,
    "POST /mail/kept/{mail_id}": _ADMIN,
    "GET /mail/unsubscribe": ANYONE,
    "POST /mail/unsubscribe": ANYONE,
    "GET /config": ANYONE,
    "POST /client-errors": ANYONE,
    "GET /health": ANYONE,
    "GET /openapi.json": ANYONE,
    "GET /docs": ANYONE,
    "SUBSCRIBE /topic/ticket/{ticket_id}": _TICKET,
    "SUBSCRIBE /topic/ticket/{ticket_id}/events": _TICKET,
    "SUBSCRIBE /topic/team/{team}": {"agent": "team", "admin": "all"},
    "SUBSCRIBE /topic/metrics": _ADMIN,
    "SUBSCRIBE /user/queue/reports": _ADMIN,
}


def reach(role: Role, action: str) -> Reach | None:
    """How far a role reaches with a row's action; None: it may not. Raises KeyError where there is no row."""
    grant = MATRIX[action]
    return "all" if isinstance(grant, Anyone) else grant.get(role)
