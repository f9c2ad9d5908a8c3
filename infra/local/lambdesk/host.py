"""Lambdesk as the local AWS knows it. Its modules are imported where they are used: they read the settings, so the
environment has to be complete before.
"""

import logging
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import fields
from email.utils import parseaddr
from typing import TextIO

from pydantic import BaseModel

from infra.local.errors import CannotStart

SOCKJS = "sockjs"
"""The function behind the paths below /ws-chat-sockjs."""


class Lambdesk:
    """The `Host` of the local runner."""

    behind_http = frozenset({SOCKJS})

    @property
    def settings(self) -> Collection[str]:
        from chalicelib.settings import Settings

        return {setting.name.upper() for setting in fields(Settings) if setting.init} | defaults("").keys()

    @property
    def origins(self) -> Collection[str]:
        from chalicelib.settings import settings

        return {settings.public_url, *settings.allowed_origins}

    @property
    def log(self) -> logging.Logger:
        from chalicelib.log import log

        return logging.getLogger(log.name)

    def log_to(self, stream: TextIO) -> None:
        from chalicelib.log import log

        handler = log.registered_handler
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(stream)

    def keep_time_by(self, clock: Callable[[], float]) -> None:
        from chalicelib import ambient

        ambient.clock = clock


LAMBDESK = Lambdesk()


def defaults(url: str) -> dict[str, str]:
    """What is otherwise here than in a deployment, unless the process's environment says something else."""
    return {
        "PUBLIC_URL": url,
        "STORAGE_URL": f"{url}/_local/s3",
        "ALLOWED_ORIGINS": f"{url},{url.replace('127.0.0.1', 'localhost')}",
        "MAIL_IN_DOMAIN": "lambdesk.test",
        "SECURE_COOKIES": "false",
        "SOCKJS_WEBSOCKET": "true",
        "SIGN_UPS_PER_HOUR": "10000",
        "FORGOTTEN_PASSWORDS_PER_HOUR": "10000",
        "RESETS_PER_HOUR": "10000",
        "RESET_MAILS_PER_HOUR": "10000",
        "TICKETS_PER_DAY_UNCONFIRMED": "10000",
        "TICKETS_PER_HOUR": "100000",
        "MAILS_IN_PER_HOUR": "10000",
        "POWERTOOLS_TRACE_DISABLED": "true",
        "POWERTOOLS_METRICS_NAMESPACE": "lambdesk",
        "POWERTOOLS_SERVICE_NAME": "lambdesk",
    }


@contextmanager
def settings_read() -> Iterator[None]:
    """The settings as the environment has them now; afterwards those of before. When the app's settings were read
    already, they are read again into the same object. Raises CannotStart for one that can't be."""
    try:
        from chalicelib.settings import Settings, settings

        fresh = Settings.read(os.environ)
    except ValueError as error:
        raise CannotStart(str(error)) from None
    before = dict(vars(settings))
    vars(settings).update(vars(fresh))
    try:
        yield
    finally:
        vars(settings).update(before)


def keys() -> list[str]:
    """Names of the SSM parameters that hold keys."""
    from chalicelib.keys import PURPOSES
    from chalicelib.settings import settings

    return [f"{settings.signing_keys_parameter}/{purpose}" for purpose in PURPOSES]


def parameters() -> dict[str, str]:
    """What the template's parameters are here, as far as policies name them."""
    from chalicelib.settings import settings

    domain = parseaddr(settings.mail_from)[1].rpartition("@")[2]
    return {"MailDomain": domain, "SigningKeys": settings.signing_keys_parameter}


def complete_models() -> None:
    """Builds the validators that pydantic would build at the first use. In Lambda a process has one invocation at a
    time; here two threads could both be the first, and one would see its model's parent's."""
    models: list[type[BaseModel]] = [BaseModel]
    for model in models:
        models += [each for each in model.__subclasses__() if each not in models]
    for model in models:
        if model.__module__.startswith("chalicelib."):
            model.model_rebuild()
