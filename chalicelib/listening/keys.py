"""What can be listened to, by the key under which those are found who do. Pure."""

REPORTS = "reports"


def events_of(ticket_id: str) -> str:
    return f"events#{ticket_id}"


def team(team_id: str) -> str:
    return f"team#{team_id}"


def tickets_of(account_id: str) -> str:
    return f"tickets#{account_id}"


def notifications_of(account_id: str) -> str:
    return f"notifications#{account_id}"


def is_kept(key: str) -> bool:
    """Whether it is one of these: others (a ticket's chat, private messages) are looked up directly."""
    return key == REPORTS or key.startswith(("events#", "team#", "tickets#", "notifications#"))
