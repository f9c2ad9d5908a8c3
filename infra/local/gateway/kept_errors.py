"""CloudFront keeps an origin's error for some seconds and gives it to whoever asks for the same path next, whatever
headers they send. Locally the same happens, unless the template forbids it.

Source: CloudFront's guide, "How CloudFront processes HTTP 4xx and 5xx status codes from your origin" and "Control how
long CloudFront caches errors".
"""

import re
from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from infra.local.engine.template import Template

DEFAULT = 10.0
"""Seconds that an error is kept where the distribution says nothing of its status."""
_ALWAYS = frozenset({404, 410, 414, 500, 501, 502, 503, 504})
_WITH_MAX_AGE = frozenset({400, 403, 405, 412, 415})
"""Kept only where the origin's Cache-Control has max-age or s-maxage."""
_HEEDED = frozenset({404, 410, 414, 501})
"""For the others CloudFront takes no notice of no-store, no-cache and private."""


def seconds(template: Template) -> Callable[[int, str], float]:
    """(status, Cache-Control) -> for how long the template's distribution keeps such an answer; 0: not at all."""
    distributions = template.of_type("AWS::CloudFront::Distribution").values()
    declared: dict[int, float] = {
        int(each["ErrorCode"]): float(each["ErrorCachingMinTTL"])
        for distribution in distributions
        for each in distribution["DistributionConfig"].get("CustomErrorResponses", [])
        if "ErrorCachingMinTTL" in each
    }

    def kept(status: int, cache_control: str) -> float:
        if not distributions or status not in _ALWAYS | _WITH_MAX_AGE:
            return 0
        if status in _WITH_MAX_AGE and not re.search(r"(?:max-age|s-maxage)=", cache_control):
            return 0
        if status in _HEEDED and re.search(r"no-store|no-cache|private", cache_control):
            return 0
        # The behaviours' policy is CachingDisabled: its longest TTL is 0, so max-age makes nothing longer.
        return declared.get(status, DEFAULT)

    return kept


class KeptErrors:
    """An ASGI app before `app`, an origin of the template's distribution. `now`: the clock, in seconds."""

    def __init__(self, app: ASGIApp, template: Template, now: Callable[[], float]) -> None:
        self._app = app
        self._seconds = seconds(template)
        self._now = now
        self._kept: dict[str, tuple[float, list[Message]]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        # The policy's cache key has no query, header or cookie.
        path = scope.get("raw_path", scope["path"].encode()).decode("latin-1")
        until, messages = self._kept.get(path, (0.0, []))
        if until > self._now():
            for message in messages:
                await send(message)
            return
        answer: list[Message] = []
        lifetime = 0.0

        async def note(message: Message) -> None:
            nonlocal lifetime
            if message["type"] == "http.response.start":
                lifetime = self._seconds(message["status"], _cache_control(message["headers"]))
            if lifetime:
                answer.append(message)
            await send(message)

        await self._app(scope, receive, note)
        if lifetime:
            headers = [*answer[0]["headers"], (b"x-cache", b"Error from cloudfront")]
            self._kept[path] = self._now() + lifetime, [{**answer[0], "headers": headers}, *answer[1:]]


def _cache_control(headers: Any) -> str:
    return ",".join(value.decode("latin-1") for name, value in headers if name.lower() == b"cache-control").lower()
