"""The names that clients send to and subscribe to (contract §7). The same in STOMP and in JSON."""

from chalicelib.listening import keys

SENDS: dict[str, str] = {
    "chat": "/app/chat",
    "private-chat": "/app/private-chat",
    "load-history": "/app/load-history",
    "seen": "/app/seen",
    "typing": "/app/typing",
    "viewing": "/app/viewing",
}
"""JSON's action, and STOMP's destination of a SEND."""

PRIVATE_MESSAGES = "/user/queue/private-messages"
CHAT_HISTORY = "/user/queue/chat-history"
ERRORS = "/user/queue/errors"

OWN_QUEUES = (PRIVATE_MESSAGES, CHAT_HISTORY, ERRORS)
"""Each user's own queues. A JSON connection is subscribed to them from the start."""

TICKETS = "/user/queue/tickets"
NOTIFICATIONS = "/user/queue/notifications"
REPORTS = "/user/queue/reports"

METRICS = "/topic/metrics"
_TICKET = "/topic/ticket/"
_EVENTS = "/events"
_TEAM = "/topic/team/"


def ticket_topic(ticket_id: str) -> str:
    return _TICKET + ticket_id


def ticket_of(destination: str) -> str | None:
    """The id of the ticket whose topic this is; None if it is another destination."""
    ticket_id = destination.removeprefix(_TICKET)
    return ticket_id if destination.startswith(_TICKET) and ticket_id and "/" not in ticket_id else None


def events_topic(ticket_id: str) -> str:
    return f"{_TICKET}{ticket_id}{_EVENTS}"


def events_of(destination: str) -> str | None:
    """The id of the ticket whose events this topic carries; None if it is another destination."""
    return ticket_of(destination.removesuffix(_EVENTS)) if destination.endswith(_EVENTS) else None


def team_topic(team: str) -> str:
    return _TEAM + team


def team_of(destination: str) -> str | None:
    """The team whose topic this is; None if it is another destination."""
    team = destination.removeprefix(_TEAM)
    return team if destination.startswith(_TEAM) and team and "/" not in team else None


def listening_to(destination: str, account_id: str) -> str | None:
    """The key under which subscriptions to this destination are stored. None: events never go there, only answers to a
    connection's own frames."""
    if ticket_id := ticket_of(destination):
        return topic_key(ticket_id)
    if ticket_id := events_of(destination):
        return keys.events_of(ticket_id)
    if team := team_of(destination):
        return keys.team(team)
    own = {
        PRIVATE_MESSAGES: private_key(account_id),
        TICKETS: keys.tickets_of(account_id),
        NOTIFICATIONS: keys.notifications_of(account_id),
        REPORTS: keys.REPORTS,
        METRICS: METRICS_KEY,
    }
    return own.get(destination)


METRICS_KEY = "metrics"


def topic_key(ticket_id: str) -> str:
    return f"topic#{ticket_id}"


def private_key(account_id: str) -> str:
    return f"private#{account_id}"
