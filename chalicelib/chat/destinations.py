"""The names that clients send to and subscribe to (contract §7). The same in STOMP and in JSON."""

SENDS: dict[str, str] = {
    "chat": "/app/chat",
    "private-chat": "/app/private-chat",
    "load-history": "/app/load-history",
    "seen": "/app/seen",
    "typing": "/app/typing",
}
"""JSON's action, and STOMP's destination of a SEND."""

PRIVATE_MESSAGES = "/user/queue/private-messages"
CHAT_HISTORY = "/user/queue/chat-history"
ERRORS = "/user/queue/errors"

OWN_QUEUES = (PRIVATE_MESSAGES, CHAT_HISTORY, ERRORS)
"""Every user's own. A JSON connection is subscribed to them from the start."""

METRICS = "/topic/metrics"
_TICKET = "/topic/ticket/"


def ticket_topic(ticket_id: str) -> str:
    return _TICKET + ticket_id


def ticket_of(destination: str) -> str | None:
    """The ticket whose topic this is."""
    ticket_id = destination.removeprefix(_TICKET)
    return ticket_id if destination.startswith(_TICKET) and ticket_id and "/" not in ticket_id else None


def listening_to(destination: str, account_id: str) -> str | None:
    """The key under which those are found who are subscribed to it; None: it only answers a connection's own frames."""
    if ticket_id := ticket_of(destination):
        return topic_key(ticket_id)
    return {PRIVATE_MESSAGES: private_key(account_id), METRICS: METRICS_KEY}.get(destination)


METRICS_KEY = "metrics"


def topic_key(ticket_id: str) -> str:
    return f"topic#{ticket_id}"


def private_key(account_id: str) -> str:
    return f"private#{account_id}"
