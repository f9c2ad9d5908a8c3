"""Which web pages may use the API (the Fetch standard's CORS protocol): those of the configured origins."""

from collections.abc import Iterable, Mapping

from chalicelib.settings import settings

_ALLOWED_HEADERS = "Authorization, Content-Type, Idempotency-Key, If-Match, X-Session"
_EXPOSED_HEADERS = "ETag, Location, Retry-After, Idempotent-Replayed, X-Request-Id, WWW-Authenticate"
_PREFLIGHT_SECONDS = "600"


def headers(request_headers: Mapping[str, str]) -> dict[str, str]:
    """Headers for every answer: names the origin only if it is allowed, and tells caches that the answer depends on
    it."""
    origin = request_headers.get("Origin")
    if origin is None or origin not in settings.allowed_origins:
        return {"Vary": "Origin"}
    return {
        "Vary": "Origin",
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Expose-Headers": _EXPOSED_HEADERS,
    }


def preflight(request_headers: Mapping[str, str], methods: Iterable[str]) -> dict[str, str]:
    """Headers of an answer to OPTIONS, in addition to those of `headers`."""
    if "Access-Control-Allow-Origin" not in headers(request_headers):
        return {}
    return {
        "Access-Control-Allow-Methods": ", ".join(methods),
        "Access-Control-Allow-Headers": _ALLOWED_HEADERS,
        "Access-Control-Max-Age": _PREFLIGHT_SECONDS,
    }
