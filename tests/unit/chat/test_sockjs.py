"""SockJS's frames: what of sockjs-protocol-0.3.3.py can be said without a server. Tests are named after its own."""

import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from chalicelib.chat.sockjs import codec, pages
from chalicelib.chat.sockjs.codec import (
    EVENTSOURCE,
    HTMLFILE,
    JSONP,
    XHR,
    XHR_STREAMING,
    InvalidRequest,
    Response,
    messages,
)

NOW = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)
ANY_TEXT = st.text(st.characters())  # halves of characters too


def refused(body: str | bytes, content_type: str | None = None) -> str:
    with pytest.raises(InvalidRequest) as caught:
        _ = codec.received(body) if content_type is None else codec.received_jsonp(body, content_type)
    assert caught.value.status == 500
    return str(caught.value)


def units(text: str) -> bytes:
    """As JavaScript has it: two halves side by side are a character."""
    return text.encode("utf-16-le", "surrogatepass")


# Protocol: frames


def test_frames() -> None:
    assert messages(["a"]) == 'a["a"]'
    assert messages(["a", 'b"\\']) == 'a["a","b\\"\\\\"]'
    assert messages([]) == "a[]"
    assert codec.GO_AWAY == 'c[3000,"Go away!"]'
    assert codec.STILL_OPEN == 'c[2010,"Another connection still open"]'
    assert codec.INTERRUPTED == 'c[1002,"Connection interrupted"]'


# JSONEncoding


def test_xhr_server_encodes() -> None:
    escapable = re.compile("[\x00-\x1f\u200c-\u200f\u2028-\u202f\u2060-\u206f\ufff0-\uffff]")
    killer = [code for code in range(255, 65536) if escapable.match(chr(code))]
    assert codec.quote("".join(map(chr, killer))) == '"' + "".join(f"\\u{code:04x}" for code in killer) + '"'


def test_xhr_server_decodes() -> None:
    everything = "".join(chr(code) for code in range(65536))
    escaped = "".join(f"\\u{code:04x}" for code in range(65536))
    assert units(*codec.received(f'["{escaped}"]')) == units(everything)
    assert units(json.loads(codec.quote(everything))) == units(everything)
    codec.quote(everything).encode()


@given(st.lists(ANY_TEXT))
def test_whatever_is_sent_arrives(texts: list[str]) -> None:
    frame = messages(texts)
    assert list(map(units, codec.received(frame[1:]))) == list(map(units, texts))
    assert "\n" not in frame
    frame.encode()


# XhrPolling


def test_xhr_polling_transport() -> None:
    response = Response(XHR)
    assert response.prelude == ""
    assert not response.full
    assert response.write("o") == "o\n"
    assert response.full
    assert XHR.content_type == "application/javascript; charset=UTF-8"


def test_invalid_json() -> None:
    for body in ('["x', b'["x', "{", b"\xff", "[" * 30_000):
        assert refused(body) == "Broken JSON encoding."
    for body in ("", b"", "{}", '"x"', "null", "1", '["x",1]', "[null]"):
        assert refused(body) == "Payload expected."
    assert codec.received('["a"]') == ["a"]
    assert codec.received("[]") == []


# XhrStreaming


def test_xhr_streaming_transport() -> None:
    response = Response(XHR_STREAMING)
    assert response.prelude == "h" * 2048 + "\n"
    assert response.write("o") == "o\n"
    assert response.write(messages(["x"])) == 'a["x"]\n'
    assert not response.full


def test_xhr_streaming_response_limit() -> None:
    response = Response(XHR_STREAMING, limit=4096)
    response.write("o")
    for _ in range(31):
        assert not response.full
        response.write(messages(["x" * 128]))
    assert response.full


@pytest.mark.parametrize("transport", [EVENTSOURCE, HTMLFILE])
def test_response_limit(transport: codec.ReceivingTransport) -> None:
    response = Response(transport, "callback", limit=4096)
    response.write("o")
    assert not response.full
    response.write(messages(["x" * 4096]))
    assert response.full


@pytest.mark.parametrize("transport", list(codec.TRANSPORTS.values()))
def test_nothing_comes_after_the_close_frame(transport: codec.ReceivingTransport) -> None:
    response = Response(transport, "callback")
    response.write(codec.GO_AWAY)
    assert response.full


# EventSource


def test_event_source_transport() -> None:
    response = Response(EVENTSOURCE)
    assert response.prelude == "\r\n"
    assert response.write("o") == "data: o\r\n\r\n"
    assert response.write(messages(["x"])) == 'data: a["x"]\r\n\r\n'
    assert response.write(messages(["  \0\n\r "])) == 'data: a["  \\u0000\\n\\r "]\r\n\r\n'
    assert response.write(messages(["100 %41"])) == 'data: a["100 %2541"]\r\n\r\n', "the client decodes it as a URI"
    assert EVENTSOURCE.content_type == "text/event-stream; charset=UTF-8"


# HtmlFile


def test_html_file_transport() -> None:
    response = Response(HTMLFILE, "callback")
    assert len(response.prelude) > 1024
    head = response.prelude.strip()
    assert head.startswith("<!doctype html>\n<html><head>\n")
    assert "\n    var c = parent.callback;\n" in head
    assert head.endswith("\n    window.onload = function() {c.stop();};\n  </script>")
    assert response.write("o") == '<script>\np("o");\n</script>\r\n'
    assert response.write(messages(["x"])) == '<script>\np("a[\\"x\\"]");\n</script>\r\n'


@given(ANY_TEXT)
def test_no_message_ends_the_script(text: str) -> None:
    for message in (text, f"</script><script>alert(1)</script>{text}", f"<!--{text}"):
        written = Response(HTMLFILE, "callback").write(messages([message]))
        inside = written.removeprefix("<script>\np(").removesuffix(");\n</script>\r\n")
        assert not {"<", ">", "\u2028", "\u2029"} & set(inside)
        assert units(*json.loads(json.loads(inside)[1:])) == units(message)


# JsonPolling


def test_jsonp_transport() -> None:
    assert Response(JSONP, "callback").write("o") == 'callback("o");\r\n'
    response = Response(JSONP, "callback")
    assert response.write(messages(["x"])) == 'callback("a[\\"x\\"]");\r\n'
    assert response.full
    assert Response(JSONP, "x").write(codec.GO_AWAY) == 'x("c[3000,\\"Go away!\\"]");\r\n'
    assert codec.received_jsonp("d=%5B%22x%22%5D", "application/x-www-form-urlencoded") == ["x"]


def test_jsonp_content_types() -> None:
    assert codec.received_jsonp(b"d=%5B%22abc%22%5D", "Application/X-WWW-form-urlencoded; charset=UTF-8") == ["abc"]
    assert codec.received_jsonp('["%61bc"]', "text/plain") == ["%61bc"]
    assert codec.received_jsonp('["a"]', None) == ["a"]


def test_jsonp_invalid_json() -> None:
    form = "application/x-www-form-urlencoded"
    assert refused("d=%5B%22x", form) == "Broken JSON encoding."
    for body in ("", "d=", "p=p", "&".join("abcdefghijkl")):
        assert refused(body, form) == "Payload expected."


def test_the_callback_is_a_name() -> None:
    assert codec.callback_of({"c": "_jp.a1b2c3"}) == "_jp.a1b2c3"
    assert codec.callback_of({"callback": "x"}) == "x"
    for query in ({}, {"c": ""}, {"d": "x"}):
        with pytest.raises(InvalidRequest, match='"callback" parameter required'):
            codec.callback_of(query)
    for name in ("alert(1)", "a b", "a;b", "<b>", "a\n", "ü", "x" * 33):
        with pytest.raises(InvalidRequest, match='invalid "callback" parameter'):
            codec.callback_of({"c": name})


# Websocket


def test_websocket_messages() -> None:
    assert codec.received_websocket('["a","b"]') == ["a", "b"]
    assert codec.received_websocket('"a"') == ["a"]
    assert codec.received_websocket("") == []
    for text in ('["a', "{}", "5", "[5]"):
        with pytest.raises(InvalidRequest):
            codec.received_websocket(text)


# SessionURLs, BaseUrlGreeting


@pytest.mark.parametrize("part", ["/a/a", "/_/_", "/1/1", "/abcdefgh_i-j%20/abcdefg_i-j%20"])
def test_any_value(part: str) -> None:
    assert pages.session_of(part + "/xhr") == (part.split("/")[2], "xhr")


@pytest.mark.parametrize("part", ["//", "/a./a", "/a/a.", "/./.", "", "/", "///", "/a", "/a/a/a"])
def test_invalid_paths(part: str) -> None:
    assert pages.session_of(part + "/xhr") is None


def test_greeting() -> None:
    assert pages.GREETING == "Welcome to SockJS!\n"


# IframePage


@pytest.mark.parametrize(
    "path",
    ["/iframe.html", "/iframe-a.html", "/iframe-.html", "/iframe-0.1.2.html", "/iframe-0.1.2abc-dirty.2144.html"],
)
def test_iframe_urls(path: str) -> None:
    assert pages.is_iframe(path)


@pytest.mark.parametrize(
    "path",
    [
        "/iframe.htm",
        "/iframe",
        "/IFRAME.HTML",
        "/IFRAME",
        "/iframe.HTML",
        "/iframe.xml",
        "/iframe-/.html",
        "/iframe.html\n",
    ],
)
def test_invalid_iframe_urls(path: str) -> None:
    assert not pages.is_iframe(path)


def test_iframe_page() -> None:
    page = pages.iframe('/static/sockjs.js?"a"&b')
    assert page.startswith("<!DOCTYPE html>\n<html>\n<head>\n")
    assert "\n    _sockjs_onload = function(){SockJS.bootstrap_iframe();};\n" in page
    assert '  <script src="/static/sockjs.js?&quot;a&quot;&amp;b"></script>\n' in page
    assert page.endswith("  <p>This is a SockJS hidden iframe. It's used for cross domain magic.</p>\n</body>\n</html>")


def test_iframe_cacheability() -> None:
    page = pages.iframe("/s.js")
    tag = pages.etag(page)
    assert re.fullmatch('"[0-9a-f]+"', tag)
    for known in (tag, f'"x", {tag}', f"W/{tag}", "*"):
        assert pages.unchanged(page, known)
    for other in (None, "", '"x"', pages.etag(page + " ")):
        assert not pages.unchanged(page, other)
    headers = pages.cached(NOW)
    assert headers == {"Cache-Control": "public, max-age=31536000", "Expires": "Fri, 02 Jan 2026 03:04:05 GMT"}


# A guarded service


@pytest.mark.parametrize(
    ("origin", "allowed"), [("https://a.example", True), ("https://b.example", False), ("null", False), (None, False)]
)
def test_only_allowed_origins_are_named(origin: str | None, allowed: bool) -> None:
    headers = pages.cors_for(origin, {"https://a.example", "null"}, "a")
    assert headers.get("Access-Control-Allow-Origin") == (origin if allowed else None)
    assert ("Access-Control-Allow-Credentials" in headers) is allowed
    assert ("Access-Control-Allow-Methods" in pages.options(NOW, headers, ("POST",))) is allowed


def test_a_cookie_of_its_own() -> None:
    made = pages.own_cookie("/ws-chat-sockjs/000/abc", "secret_-1", secure=True)
    assert made == "sockjs=secret_-1; Path=/ws-chat-sockjs/000/abc; HttpOnly; SameSite=Strict; Secure"
    assert pages.own_cookie("/ws-chat-sockjs/000/a;b", "s", secure=True) is None
    assert pages.own_cookie_of("a=b; sockjs=secret_-1; c=d") == "secret_-1"
    assert pages.own_cookie_of("notsockjs=1; sockjs=a b") is None


# InfoTest


def test_info() -> None:
    told = json.loads(pages.info(2**32 + 5, websocket=False))
    assert told == {"websocket": False, "origins": ["*:*"], "cookie_needed": False, "entropy": 5}
    assert json.loads(pages.info(5, websocket=True, cookie_needed=True))["cookie_needed"] is True


@pytest.mark.parametrize(("origin", "allowed"), [(None, "*"), ("test", "test"), ("null", "*")])
def test_options(origin: str | None, allowed: str) -> None:
    headers = pages.options(NOW, pages.cors(origin, "a, b, c"), ("POST",))
    assert headers["Access-Control-Allow-Origin"] == allowed
    assert headers["Access-Control-Allow-Credentials"] == "true"
    assert headers["Access-Control-Allow-Methods"] == "OPTIONS, POST"
    assert headers["Access-Control-Allow-Headers"] == "a, b, c"
    assert int(headers["Access-Control-Max-Age"]) > 1_000_000
    assert re.search("max-age=[1-9][0-9]{6}", headers["Cache-Control"])


def test_request_headers_cors() -> None:
    for asked in (None, ""):
        assert "Access-Control-Allow-Headers" not in pages.cors("test", asked)


def test_session_answers_are_never_cached() -> None:
    assert pages.UNCACHED["Cache-Control"] == "no-store, no-cache, must-revalidate, max-age=0"


# JsessionidCookie


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (None, "dummy"),
        ("", "dummy"),
        ("JSESSIONID=abcdef", "abcdef"),
        ("a=b; JSESSIONID=abcdef;c=d", "abcdef"),
        ("XJSESSIONID=abcdef", "dummy"),
        ("JSESSIONID=", "dummy"),
    ],
)
def test_jsessionid_cookie(sent: str | None, kept: str) -> None:
    assert pages.cookie(sent) == f"JSESSIONID={kept}; path=/"
