"""The route that tells front ends this desk's settings."""

import hashlib

from chalicelib import VERSION
from chalicelib.attachments import places, service as attachments
from chalicelib.auth import passwords, sessions
from chalicelib.config import schemas
from chalicelib.edge.call import Answer, Call
from chalicelib.edge.endpoint import Routes
from chalicelib.edge.render import to_json
from chalicelib.notifications import addresses
from chalicelib.settings import PRIORITIES, settings
from chalicelib.tickets import schemas as tickets

routes = Routes("Service")

LOCALES = ("en", "ar")
"""Languages of the web client."""
_SECONDS = 60


@routes.get(
    "/config",
    summary="Read how this desk is set",
    answers=schemas.ConfigShown,
    errors={401: "There is an access token, and it isn't good now."},
    answer_headers={"ETag": "Of this answer: with `If-None-Match` an unchanged one is answered 304, without a body."},
)
def read_config(call: Call) -> Answer:
    """For whoever is signed in with `version` and `weights`."""
    signed_in = "Authorization" in call.headers
    if signed_in:
        sessions.authenticate(call.headers, "/auth/")  # an unknown caller gets what anyone may know
    shown = _config(signed_in=signed_in)
    tag = f'"{hashlib.sha256(to_json(shown).encode()).hexdigest()[:16]}"'
    headers = {
        "Cache-Control": f"{'private' if signed_in else 'public'}, max-age={_SECONDS}",
        "ETag": tag,
        "Vary": "Authorization",
    }
    known = [each.strip().removeprefix("W/") for each in call.headers.get("If-None-Match", "").split(",")]
    if tag in known or known == ["*"]:
        return Answer(None, status=304, headers=headers)
    return Answer(shown, headers=headers)


def _config(*, signed_in: bool) -> schemas.ConfigShown:
    return schemas.ConfigShown(
        name=settings.desk_name,
        time_zone=settings.time_zone,
        locales=list(LOCALES),
        sign_up=settings.sign_up,
        password=schemas.PasswordLimits(min=passwords.SHORTEST, max=passwords.LONGEST),
        limits=schemas.Limits(
            title=tickets.LONGEST_TITLE,
            body=tickets.LONGEST_TEXT,
            attachment_bytes=attachments.LARGEST,
            attachments=places.MOST,
        ),
        priorities=list(PRIORITIES),
        auto_close_days=settings.auto_close_days,
        mail_in=addresses.support() if settings.mail_in_domain else None,
        chat=schemas.ChatPaths(sockjs="/ws-chat-sockjs", websocket="/ws-chat"),
        version=VERSION if signed_in else None,
        weights=schemas.Weights(**settings.weights) if signed_in else None,
    )
