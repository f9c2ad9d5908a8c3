"""CloudFront gives one user's error to the next, unless the template forbids it (its guide, "HTTP status codes")."""

import asyncio
import copy
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from infra import yaml_file
from infra.local.engine.template import RESOURCES, Template
from infra.local.gateway.kept_errors import KeptErrors

OURS = Template.read(RESOURCES, stream_arn=lambda table: table)
STATUSES = (400, 401, 403, 404, 405, 409, 414, 422, 429, 500, 501, 502, 503, 504)


def careless() -> Template:
    """Our template, but nothing said of errors."""
    resources = copy.deepcopy(yaml_file.read(RESOURCES)["Resources"])
    [name] = [name for name, each in resources.items() if each.get("Type") == "AWS::CloudFront::Distribution"]
    del resources[name]["Properties"]["DistributionConfig"]["CustomErrorResponses"]
    return Template({"Resources": resources}, stream_arn=lambda table: table)


class Origin:
    """Answers each caller with their own name, and counts."""

    def __init__(self, status: int, cache_control: str) -> None:
        self.status = status
        self.cache_control = cache_control
        self.asked = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        caller = dict(scope["headers"]).get(b"authorization", b"nobody")
        await Response(caller, self.status, {"Cache-Control": self.cache_control})(scope, receive, send)


def asked(app: ASGIApp, who: str, path: str = "/api/tickets/1", method: str = "GET") -> httpx.Response:
    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk") as client:
            return await client.request(method, path, headers={"Authorization": who})

    return asyncio.run(ask())


def kept(
    template: Template, status: int, cache_control: str = "no-store"
) -> tuple[KeptErrors, Origin, Callable[[float], Any]]:
    origin, now = Origin(status, cache_control), [0.0]
    return KeptErrors(origin, template, lambda: now[0]), origin, lambda seconds: now.__setitem__(0, seconds)


@pytest.mark.parametrize("cache_control", ["no-store", "max-age=60", ""])
@pytest.mark.parametrize("status", STATUSES)
def test_by_our_template_everybody_gets_their_own_error(status: int, cache_control: str) -> None:
    app, origin, _ = kept(OURS, status, cache_control)
    assert [asked(app, who).text for who in ("ann", "bob")] == ["ann", "bob"]
    assert origin.asked == 2


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_without_a_word_of_it_an_error_is_kept_for_ten_seconds_whatever_no_store_says(status: int) -> None:
    app, origin, at = kept(careless(), status)
    assert [asked(app, who).text for who in ("ann", "bob")] == ["ann", "ann"]
    assert asked(app, "bob").headers["x-cache"] == "Error from cloudfront"
    at(10.1)
    assert (asked(app, "bob").text, origin.asked) == ("bob", 2)


@pytest.mark.parametrize(
    ("status", "cache_control", "asked_twice"),
    [
        (404, "", False),
        (404, "private, max-age=5", True),
        (404, "no-store", True),
        (403, "no-store", True),
        (403, "max-age=5", False),
        (405, "", True),
        (429, "max-age=5", True),
        (200, "max-age=5", True),
    ],
)
def test_which_errors_are_kept(status: int, cache_control: str, asked_twice: bool) -> None:
    app, origin, _ = kept(careless(), status, cache_control)
    for who in ("ann", "bob"):
        asked(app, who)
    assert origin.asked == 1 + asked_twice


def test_another_query_is_the_same_thing_another_path_is_not() -> None:
    """The cache policy's key has the path alone."""
    app, origin, _ = kept(careless(), 503)
    asked(app, "ann", "/api/tickets?q=1")
    assert asked(app, "bob", "/api/tickets?q=2").text == "ann"
    assert asked(app, "bob", "/api/teams").text == "bob"
    assert origin.asked == 2


def test_what_changes_something_always_arrives() -> None:
    app, origin, _ = kept(careless(), 503)
    asked(app, "ann")
    assert [asked(app, who, method="POST").text for who in ("ann", "bob")] == ["ann", "bob"]
    assert origin.asked == 3
