"""Every setting, typed, read once from the environment. `docs/settings.md` lists them for operators."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

PRIORITIES = ("urgent", "high", "medium", "low")
"""The priorities, the most urgent first. The queue is served in this order."""

DEFAULT_TEAM = "support"

PAPERS = ("a4", "letter")

ADMIN_TOTP = ("optional", "required")

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]+)?|https?://\[[0-9a-f:]+\](:[0-9]+)?")
"""The form of an origin in a browser's header. Not `*`, and not `null`, which every local file and sandboxed frame
sends."""


@dataclass(frozen=True)
class Settings:
    """Field `accounts_table` is read from `ACCOUNTS_TABLE`, and so on. Durations are seconds unless the name says."""

    accounts_table: str = "lambdesk-accounts"
    roster_table: str = "lambdesk-roster"
    tickets_table: str = "lambdesk-tickets"
    operations_table: str = "lambdesk-operations"
    audit_table: str = "lambdesk-audit"
    metrics_table: str = "lambdesk-metrics"
    reports_table: str = "lambdesk-reports"
    reports_bucket: str = "lambdesk-reports"
    search_table: str = "lambdesk-search"
    search_queue_url: str = ""
    attachments_bucket: str = "lambdesk-attachments"
    chat_table: str = "lambdesk-chat"
    connections_table: str = "lambdesk-connections"
    notifications_table: str = "lambdesk-notifications"
    kept_mail_table: str = "lambdesk-kept-mail"
    readers_table: str = "lambdesk-readers"
    live_queue_url: str = ""
    requeue_queue_url: str = ""
    metrics_queue_url: str = ""
    mail_queue_url: str = ""
    mail_in_bucket: str = "lambdesk-mail-in"
    signing_keys_parameter: str = "/lambdesk/signing-keys"

    desk_name: str = "Lambdesk"
    sign_up: bool = True
    admin_totp: str = "optional"
    mail_from: str = "Lambdesk <help@lambdesk.test>"
    mail_configuration_set: str = ""
    mail_in_domain: str = ""
    mail_in_accounts: bool = True
    mails_in_per_hour: int = 60
    public_url: str = "http://127.0.0.1:8000"
    storage_url: str = ""
    websocket_url: str = ""
    allowed_origins: tuple[str, ...] = ()
    time_zone: str = "UTC"
    auto_close_days: int = 7
    auto_close_warning_days: int = 1
    notification_days: int = 90
    metrics_shards: int = 1
    paper: str = "a4"
    tracing: bool = False

    weight_low: int = 1
    weight_medium: int = 2
    weight_high: int = 4
    weight_urgent: int = 8

    access_token_seconds: int = 900
    refresh_token_days: int = 30
    refresh_family_days: int = 90
    session_cache_seconds: int = 30
    login_failures_per_address: int = 10
    login_failures_per_account: int = 100
    totp_failures_per_day: int = 50
    sign_ups_per_hour: int = 20
    client_errors_per_hour: int = 20
    forgotten_passwords_per_hour: int = 20
    resets_per_hour: int = 20
    reset_mails_per_hour: int = 5
    verifications_per_hour: int = 3
    confirming_mails_per_day: int = 5
    tickets_per_day_unconfirmed: int = 10
    tickets_per_hour: int = 200
    chat_tokens_per_minute: int = 60
    sockjs_openings_per_minute: int = 30
    sockjs_hold_seconds: int = 25
    sockjs_concurrency: int = 100
    sockjs_websocket: bool = False
    secure_cookies: bool = True

    weights: dict[str, int] = field(init=False)
    """How much an active ticket adds to its agent's workload, by priority."""

    def __post_init__(self) -> None:
        weights = {priority: getattr(self, f"weight_{priority}") for priority in PRIORITIES}
        if light := [name for name, weight in weights.items() if weight < 1]:
            raise ValueError(f"WEIGHT_{light[0].upper()} must be an integer of at least 1.")
        if not 1 <= self.metrics_shards <= 64:
            raise ValueError("METRICS_SHARDS must be an integer from 1 to 64.")
        if self.paper not in PAPERS:
            raise ValueError(f"PAPER must be one of {', '.join(PAPERS)}.")
        if self.admin_totp not in ADMIN_TOTP:
            raise ValueError(f"ADMIN_TOTP must be one of {', '.join(ADMIN_TOTP)}.")
        if bad := [each for each in self.allowed_origins if not _ORIGIN.fullmatch(each)]:
            raise ValueError(f"ALLOWED_ORIGINS: {bad[0]!r} is no origin, like https://desk.example.com.")
        object.__setattr__(self, "weights", weights)

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Settings":
        """Reads the settings from environment variables. Raises ValueError, which names the variable that is wrong."""
        given: dict[str, Any] = {}
        for setting in fields(cls):
            text = environment.get(setting.name.upper())
            if setting.init and text is not None:
                try:
                    given[setting.name] = _parse(setting.type, text)
                except ValueError as error:
                    raise ValueError(f"{setting.name.upper()}={text!r}: {error}") from None
        return cls(**given)


def _parse(kind: object, text: str) -> object:
    if kind is int:
        return int(text)
    if kind is bool:
        return text.strip().lower() in ("1", "true", "yes")
    if kind is str:
        return text
    return tuple(part.strip() for part in text.split(",") if part.strip())


settings = Settings.read(os.environ)
