"""Keys under which listeners are found: one for each thing that can be listened to. Pure."""

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
    """Whether listeners of this key are counted here; others (a ticket's chat, private messages) are looked up
    directly."""
    return key == REPORTS or key.startswith(("events#", "team#", "tickets#", "notifications#"))
