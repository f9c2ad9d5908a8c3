"""SockJS 0.3.3: frames, and how each transport wraps them (sockjs-protocol-0.3.3.py of sockjs/sockjs-protocol, whose
class names are cited). Pure; knows nothing of sessions.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs

OPEN = "o"
HEARTBEAT = "h"

RESPONSE_LIMIT = 128 * 1024
"""Characters after which a streaming response ends, so that the browser can forget it (XhrStreaming)."""

_ESCAPABLE = re.compile("[\x00-\x1f\u200c-\u200f\u2028-\u202f\u2060-\u206f\ufff0-\uffff\ud800-\udfff]")
"""Characters that browsers or proxies mangle, and lone surrogates, which UTF-8 can't encode (JSONEncoding)."""

_CALLBACK = re.compile(r"[a-zA-Z0-9_.-]{1,32}")
"""So short that it can't be a Flash file (CVE-2014-4671), and nothing that could end a statement."""


class InvalidRequest(Exception):
    """The client's text can't be read. It is answered with 500 and this text; a WebSocket is closed without a
    reason."""

    status: Final = 500


def quote(text: str) -> str:
    """The text as a JSON string that reaches every browser unchanged."""
    return _ESCAPABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def messages(texts: Iterable[str]) -> str:
    """The frame `a[...]`."""
    return f"a[{','.join(map(quote, texts))}]"


def close(code: int, reason: str) -> str:
    """The frame `c[code,"reason"]`."""
    return f"c[{code},{quote(reason)}]"


GO_AWAY = close(3000, "Go away!")
STILL_OPEN = close(2010, "Another connection still open")
INTERRUPTED = close(1002, "Connection interrupted")


# What clients send


def received(body: str | bytes) -> list[str]:
    """The messages in the body of `xhr_send`, whatever its content type (XhrPolling). Raises InvalidRequest."""
    return _texts(_loaded(body))


def received_jsonp(body: str | bytes, content_type: str | None) -> list[str]:
    """The same for `jsonp_send`: a form's field `d`, or the body itself (JsonPolling)."""
    if (content_type or "").partition(";")[0].strip().lower() == "application/x-www-form-urlencoded":
        if isinstance(body, bytes):
            body = body.decode(errors="replace")
        try:
            body = parse_qs(body, max_num_fields=10).get("d", [""])[0]
        except ValueError:
            raise InvalidRequest("Payload expected.") from None
    return received(body)


def received_websocket(text: str) -> list[str]:
    """The same for a WebSocket message: an array or a single string; nothing at all is ignored (WebsocketHybi10)."""
    if not text:
        return []
    loaded = _loaded(text)
    return [loaded] if isinstance(loaded, str) else _texts(loaded)


def _loaded(body: str | bytes) -> Any:
    if not body:
        raise InvalidRequest("Payload expected.")
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise InvalidRequest("Broken JSON encoding.") from None


def _texts(loaded: Any) -> list[str]:
    if not isinstance(loaded, list) or not all(isinstance(text, str) for text in loaded):
        raise InvalidRequest("Payload expected.")
    return loaded


# What the server answers


@dataclass(frozen=True)
class ReceivingTransport:
    """How one of the receiving transports is requested and written. `callback` is "" where none is needed."""

    name: str
    method: str
    content_type: str
    frame: Callable[[str, str], str]
    """Called with the frame and the callback; returns the text to write."""
    prelude: Callable[[str], str] = lambda _: ""
    """Called with the callback; returns the text to write before any frame."""
    streaming: bool = False
    needs_callback: bool = False


def callback_of(query: Mapping[str, str]) -> str:
    """The name of the callback, from the query's `c` (or `callback`). Raises InvalidRequest."""
    name = query.get("c") or query.get("callback")
    if not name:
        raise InvalidRequest('"callback" parameter required')
    if not _CALLBACK.fullmatch(name):
        raise InvalidRequest('invalid "callback" parameter')
    return name


def _script(frame: str) -> str:
    """The frame as a JavaScript string that can't end the script element around it."""
    return json.dumps(frame, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e")


def _event(frame: str) -> str:
    """sockjs-client reads it with decodeURI, so a per cent sign is written as one; there is no line end in JSON."""
    return f"data: {frame.replace('%', '%25')}\r\n\r\n"


def _html(callback: str) -> str:
    """Safari reads nothing before it has 1,024 octets (HtmlFile)."""
    return _HTML.replace("{callback}", callback).ljust(1024) + "\r\n\r\n"


_HTML = """<!doctype html>
<html><head>
  <meta http-equiv="X-UA-Compatible" content="IE=edge" />
  <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
</head><body><h2>Don't panic!</h2>
  <script>
    document.domain = document.domain;
    var c = parent.{callback};
    c.start();
    function p(d) {c.message(d);};
    window.onload = function() {c.stop();};
  </script>"""

_JAVASCRIPT = "application/javascript; charset=UTF-8"

XHR = ReceivingTransport("xhr", "POST", _JAVASCRIPT, lambda frame, _: frame + "\n")
XHR_STREAMING = ReceivingTransport(
    "xhr_streaming", "POST", _JAVASCRIPT, XHR.frame, prelude=lambda _: "h" * 2048 + "\n", streaming=True
)
EVENTSOURCE = ReceivingTransport(
    "eventsource",
    "GET",
    "text/event-stream; charset=UTF-8",
    lambda frame, _: _event(frame),
    prelude=lambda _: "\r\n",
    streaming=True,
)
HTMLFILE = ReceivingTransport(
    "htmlfile",
    "GET",
    "text/html; charset=UTF-8",
    lambda frame, _: f"<script>\np({_script(frame)});\n</script>\r\n",
    prelude=_html,
    streaming=True,
    needs_callback=True,
)
JSONP = ReceivingTransport(
    "jsonp",
    "GET",
    _JAVASCRIPT,
    lambda frame, callback: f"{callback}({_script(frame)});\r\n",
    needs_callback=True,
)

TRANSPORTS = {transport.name: transport for transport in (XHR, XHR_STREAMING, EVENTSOURCE, HTMLFILE, JSONP)}


class Response:
    """One response of a receiving transport. Send `prelude`, then the result of `write` for each frame until it is
    `full`: polling is full after the first frame, streaming after `limit` characters."""

    def __init__(self, transport: ReceivingTransport, callback: str = "", limit: int = RESPONSE_LIMIT) -> None:
        self.transport = transport
        self.prelude = transport.prelude(callback)
        self._callback = callback
        self._left = limit if transport.streaming else 1

    def write(self, frame: str) -> str:
        written = self.transport.frame(frame, self._callback)
        self._left -= len(written)
        if frame.startswith("c"):  # nothing comes after it (HandlingClose)
            self._left = 0
        return written

    @property
    def full(self) -> bool:
        return self._left <= 0
