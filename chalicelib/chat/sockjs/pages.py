"""What SockJS serves besides sessions: greeting, info, iframe page, the headers of it all (sockjs-protocol-0.3.3.py,
whose class names are cited). Pure.
"""

import hashlib
import json
import re
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape

GREETING = "Welcome to SockJS!\n"
TEXT = "text/plain; charset=UTF-8"

YEAR = 365 * 24 * 3600

UNCACHED = {"Cache-Control": "no-store, no-cache, must-revalidate, max-age=0"}
"""Of everything that belongs to a session, POST included: iOS 6 caches those too (verify_not_cached)."""

_SESSION = re.compile(r"/(?P<server>[^/.]+)/(?P<session>[^/.]+)/(?P<transport>[a-z_]+)")
_IFRAME = re.compile(r"/iframe[0-9-.a-z_]*\.html")


def session_of(path: str) -> tuple[str, str] | None:
    """The session id and the transport of a path below the service's base; the server's name means nothing
    (SessionURLs). None: it is no session's path, 404."""
    found = _SESSION.fullmatch(path)
    return (found["session"], found["transport"]) if found else None


def is_iframe(path: str) -> bool:
    """Whether the path is one of the iframe page's (IframePage)."""
    return _IFRAME.fullmatch(path) is not None


def info(entropy: int, *, websocket: bool, cookie_needed: bool = False) -> str:
    """The info document; `entropy` is a fresh random number below 2^32 (InfoTest)."""
    return json.dumps(
        {"websocket": websocket, "origins": ["*:*"], "cookie_needed": cookie_needed, "entropy": entropy % 2**32}
    )


def iframe(sockjs_url: str) -> str:
    """The page that loads sockjs-client from `sockjs_url` inside another site's page."""
    return _PAGE.replace("{sockjs_url}", escape(sockjs_url))


def etag(page: str) -> str:
    return f'"{hashlib.sha256(page.encode()).hexdigest()[:32]}"'


def unchanged(page: str, if_none_match: str | None) -> bool:
    """Whether 304 without body and content type is the answer."""
    known = [tag.strip().removeprefix("W/") for tag in (if_none_match or "").split(",")]
    return "*" in known or etag(page) in known


def cached(now: datetime) -> dict[str, str]:
    """The headers of what doesn't change for a year: the iframe page and the answers to OPTIONS."""
    return {
        "Cache-Control": f"public, max-age={YEAR}",
        "Expires": format_datetime(now + timedelta(seconds=YEAR), usegmt=True),
    }


def cors(origin: str | None, requested_headers: str | None = None) -> dict[str, str]:
    """Every origin may call, with cookies: a session's token is its secret. A page from a file says 'null', which a
    browser doesn't take for an answer (InfoTest)."""
    headers = {
        "Access-Control-Allow-Origin": origin if origin and origin != "null" else "*",
        "Access-Control-Allow-Credentials": "true",
        "Vary": "Origin",
    }
    if requested_headers:
        headers["Access-Control-Allow-Headers"] = requested_headers
    return headers


def options(
    now: datetime, origin: str | None, requested_headers: str | None, methods: tuple[str, ...]
) -> dict[str, str]:
    """The headers of a preflight's 204 (verify_options)."""
    return {
        **cors(origin, requested_headers),
        **cached(now),
        "Access-Control-Allow-Methods": ", ".join(("OPTIONS", *methods)),
        "Access-Control-Max-Age": str(YEAR),
    }


def cookie(sent: str | None) -> str:
    """`Set-Cookie` for load balancers that look for JSESSIONID; one that is there already stays (JsessionidCookie)."""
    found = re.search(r"(?:^|;)\s*JSESSIONID=([!-+\--:<-\[\]-~]*)", sent or "")
    return f"JSESSIONID={found[1] if found and found[1] else 'dummy'}; path=/"


_PAGE = """<!DOCTYPE html>
<html>
<head>
  <meta http-equiv="X-UA-Compatible" content="IE=edge" />
  <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
  <script>
    document.domain = document.domain;
    _sockjs_onload = function(){SockJS.bootstrap_iframe();};
  </script>
  <script src="{sockjs_url}"></script>
</head>
<body>
  <h2>Don't panic!</h2>
  <p>This is a SockJS hidden iframe. It's used for cross domain magic.</p>
</body>
</html>"""
