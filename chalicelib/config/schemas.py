"""What a front end has to know of this desk before anybody signs in (contract §9)."""

from chalicelib.edge.schemas import Shown, left_out


class PasswordLimits(Shown):
    """In characters."""

    min: int
    max: int


class Limits(Shown):
    """Characters of a title and of a description, comment or note; bytes of a file; files of a ticket."""

    title: int
    body: int
    attachment_bytes: int
    attachments: int


class ChatPaths(Shown):
    """Where the chat is, on the API's own host. `websocket`: null where there is SockJS alone."""

    sockjs: str
    websocket: str | None


class Weights(Shown):
    """What one active ticket weighs in its agent's workload, by priority."""

    low: int
    medium: int
    high: int
    urgent: int


class ConfigShown(Shown):
    """`locales`: in which the web client speaks, as language tags. `sign_up`: whether anybody may register. `mail_in`:
    the address at which mail opens a ticket. `auto_close_days`: 0 never. `version` and `weights` are for whoever is
    signed in."""

    name: str
    time_zone: str
    locales: list[str]
    sign_up: bool
    password: PasswordLimits
    limits: Limits
    priorities: list[str]
    auto_close_days: int
    mail_in: str | None
    chat: ChatPaths
    version: str | None = left_out()
    weights: Weights | None = left_out()
