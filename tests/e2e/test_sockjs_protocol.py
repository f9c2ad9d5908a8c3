"""SockJS's published tests (sockjs-protocol-0.3.3.py of sockjs/sockjs-protocol), written anew against the services that
the local runner has for them. Named after its own; a minute of theirs is a second here.
"""

import json
import re
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from infra.replay.server import running
from tests.e2e.sockjs import Session, Stream, name, opened

ORIGINS = [(None, "*"), ("test", "test"), ("null", "*")]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
RECEIVING = {
    "xhr": "POST",
    "xhr_streaming": "POST",
    "eventsource": "GET",
    "htmlfile": "GET",
    "jsonp": "GET",
}
SENDING = ("xhr_send", "jsonp_send")
HOLD_SECONDS = 2


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running("moto", DEMO="0", SOCKJS_HOLD_SECONDS=str(HOLD_SECONDS)) as url:
        yield url


@pytest.fixture(autouse=True)
def closed_streams() -> Iterator[None]:
    yield
    while opened:
        opened.pop().close()


@pytest.fixture(scope="module")
def http(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def base(server: str) -> str:
    return f"{server}/_local/sockjs/echo"


@pytest.fixture(scope="module")
def closing(server: str) -> str:
    return f"{server}/_local/sockjs/close"


@pytest.fixture(scope="module")
def cookies(server: str) -> str:
    return f"{server}/_local/sockjs/cookie_needed_echo"


def not_cached(answer: Any) -> None:
    assert answer.headers["Cache-Control"] == "no-store, no-cache, must-revalidate, max-age=0"
    assert not answer.headers.get("Expires")
    assert not answer.headers.get("Last-Modified")


def cors(answer: Any, allowed: str = "*") -> None:
    assert answer.headers["Access-Control-Allow-Origin"] == allowed
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"


def of_type(answer: Any, content_type: str) -> None:
    assert answer.headers["Content-Type"].replace(" ", "") == content_type


# BaseUrlGreeting


def test_greeting(http: httpx.Client, base: str) -> None:
    for url in (base, base + "/"):
        answer = http.get(url)
        assert (answer.status_code, answer.text) == (200, "Welcome to SockJS!\n")
        of_type(answer, "text/plain;charset=UTF-8")
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("suffix", ["/a", "/a.html", "//", "///", "/a/a", "/a/a/", "/a/", "/a/a/xhr_receive"])
def test_not_found(http: httpx.Client, base: str, suffix: str) -> None:
    assert http.get(base + suffix).status_code == 404


# IframePage


@pytest.mark.parametrize(
    "suffix",
    [
        "/iframe.html",
        "/iframe-a.html",
        "/iframe-.html",
        "/iframe-0.1.2.html",
        "/iframe-0.1.2abc-dirty.2144.html",
        "/iframe-a.html?t=1234",
    ],
)
def test_iframe(http: httpx.Client, base: str, suffix: str) -> None:
    answer = http.get(base + suffix)
    assert answer.status_code == 200
    of_type(answer, "text/html;charset=UTF-8")
    assert re.search("public.*max-age=[1-9][0-9]{6}", answer.headers["Cache-Control"])
    assert answer.headers["Expires"]
    assert answer.headers["ETag"]
    assert "Last-Modified" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    [script] = re.findall('<script src="([^"]*)"></script>', answer.text)
    assert answer.text.startswith("<!DOCTYPE html>\n<html>\n<head>\n")
    served = http.get(script)
    assert served.status_code == 200
    assert "sockjs-client v1.6.1" in served.text[:100]
    assert "max-age=31536000" in served.headers["Cache-Control"]


@pytest.mark.parametrize(
    "suffix", ["/iframe.htm", "/iframe", "/IFRAME.HTML", "/IFRAME", "/iframe.HTML", "/iframe.xml", "/iframe-/.html"]
)
def test_no_iframe(http: httpx.Client, base: str, suffix: str) -> None:
    assert http.get(base + suffix).status_code == 404


def test_iframe_cacheability(http: httpx.Client, base: str) -> None:
    tags = {http.get(base + "/iframe.html").headers["ETag"] for _ in range(2)}
    assert len(tags) == 1
    answer = http.get(base + "/iframe.html", headers={"If-None-Match": tags.pop()})
    assert (answer.status_code, answer.text) == (304, "")
    assert "Content-Type" not in answer.headers


# InfoTest


def test_info(http: httpx.Client, base: str) -> None:
    told = []
    for _ in range(2):
        answer = http.get(base + "/info")
        assert answer.status_code == 200
        of_type(answer, "application/json;charset=UTF-8")
        not_cached(answer)
        cors(answer)
        assert "Set-Cookie" not in answer.headers
        told.append(answer.json())
    assert {(each["websocket"], each["cookie_needed"]) for each in told} == {(True, False)}
    assert told[0]["origins"] == ["*:*"]
    assert told[0]["entropy"] != told[1]["entropy"]
    assert all(0 <= each["entropy"] < 2**32 for each in told)


def test_disabled_websocket(http: httpx.Client) -> None:
    disabled = "/_local/sockjs/disabled_websocket_echo"
    assert http.get(disabled + "/info").json()["websocket"] is False
    assert http.get(disabled + "/0/0/websocket").status_code == 404
    assert Session(http, disabled).poll() == "o"


@pytest.mark.parametrize(("origin", "allowed"), ORIGINS)
@pytest.mark.parametrize("path", ["/info", *(f"/abc/abc/{transport}" for transport in (*RECEIVING, *SENDING))])
def test_options(http: httpx.Client, base: str, path: str, origin: str | None, allowed: str) -> None:
    answer = http.options(base + path, headers={"Origin": origin} if origin else {})
    assert (answer.status_code, answer.text) == (204, "")
    assert re.search("public.*max-age=[1-9][0-9]{6}", answer.headers["Cache-Control"])
    assert answer.headers["Expires"]
    assert int(answer.headers["Access-Control-Max-Age"]) > 1_000_000
    method = "GET" if path == "/info" else RECEIVING.get(path.rpartition("/")[2], "POST")
    assert answer.headers["Access-Control-Allow-Methods"] == f"OPTIONS, {method}"
    cors(answer, allowed)


# SessionURLs


@pytest.mark.parametrize("part", ["/a", "/_", "/1", "/abcdefgh_i-j%20"])
def test_any_value(http: httpx.Client, base: str, part: str) -> None:
    answer = http.post(f"{base}{part}{part}{name()}/xhr")
    assert (answer.status_code, answer.text) == (200, "o\n")


@pytest.mark.parametrize("suffix", ["//", "/a./a", "/a/a.", "/./.", "/", "///"])
def test_invalid_paths(server: str, base: str, suffix: str) -> None:
    for method in ("GET", "POST"):  # by hand: a client would tidy the path up
        with asked(method, f"{base}{suffix}/xhr", "1.0") as wire:
            assert wire.makefile("rb").readline().split()[1] == b"404"


def test_ignoring_server_id(http: httpx.Client, base: str) -> None:
    session = name()
    assert http.post(f"{base}/000/{session}/xhr").text == "o\n"
    assert http.post(f"{base}/000/{session}/xhr_send", content='["a"]').status_code == 204
    assert http.post(f"{base}/999/{session}/xhr").text == 'a["a"]\n'


# Protocol


def test_simple_session(http: httpx.Client, base: str) -> None:
    session = Session(http, base)
    assert session.poll() == "o"
    sent = session.send("a")
    assert (sent.status_code, sent.text) == (204, "")
    assert session.poll() == 'a["a"]'
    assert Session(http, base).send("a").status_code == 404


def test_one_receiver_at_a_time(http: httpx.Client, base: str) -> None:
    session = Session(http, base)
    assert session.poll() == "o"
    with ThreadPoolExecutor(2) as threads:
        for _ in range(10):
            polls = [threads.submit(session.poll) for _ in range(2)]
            [first] = wait(polls, return_when=FIRST_COMPLETED).done or [None]
            if first and first.result() != "h":  # else the machine was too busy for both at once
                break
        assert first
        assert first.result() == 'c[2010,"Another connection still open"]'
        session.send("for the other")
        [other] = [each for each in polls if each is not first]
        assert other.result() == 'a["for the other"]'


def test_heart_beat(http: httpx.Client, base: str) -> None:
    session = Session(http, base)
    assert [session.poll() for _ in range(3)] == ["o", "h", "h"]
    stream = Stream(f"{base}/000/{name()}/xhr_streaming")
    assert [stream.read() for _ in range(4)] == ["h" * 2048 + "\n", "o\n", "h\n", "h\n"]
    stream.close()


def test_without_a_receiver_it_ends(http: httpx.Client, base: str) -> None:
    session = Session(http, base)
    assert session.poll() == "o"
    session.send("lost")
    http.post("/_local/clock", json={"advance_seconds": 3}).raise_for_status()
    assert session.poll() == 'a["lost"]'
    http.post("/_local/clock", json={"advance_seconds": 5}).raise_for_status()
    assert session.send("x").status_code == 404
    assert session.poll() == "o", "a session of its own again"


def test_close_session(http: httpx.Client, closing: str) -> None:
    session = Session(http, closing)
    assert [session.poll() for _ in range(3)] == ["o", 'c[3000,"Go away!"]', 'c[3000,"Go away!"]']
    assert session.send("x").status_code == 404


# WebsocketHttpErrors, WebsocketHybi10, RawWebsocket


def test_websocket_http_errors(http: httpx.Client, base: str) -> None:
    plain = http.get(base + "/0/0/websocket")
    assert (plain.status_code, plain.text) == (400, 'Can "Upgrade" only to "WebSocket".')
    kept = http.get(base + "/0/0/websocket", headers={"Upgrade": "WebSocket", "Connection": "close"})
    assert (kept.status_code, kept.text) == (400, '"Connection" must be "Upgrade".')
    for headers in ({"Upgrade": "WebSocket", "Connection": "Upgrade"}, {}):
        posted = http.post(base + "/0/0/websocket", headers=headers)
        assert (posted.status_code, posted.headers["Allow"], posted.text) == (405, "GET", "")
        assert "Content-Type" not in posted.headers


def websocket(service: str, path: str) -> ClientConnection:
    return connect(service.replace("http:", "ws:") + path)


def test_websocket_transport(base: str) -> None:
    with websocket(base, f"/000/{name()}/websocket") as line:
        assert line.recv() == "o"
        line.send("")
        line.send('["a","b"]')
        assert [line.recv(), line.recv()] == ['a["a"]', 'a["b"]']
        assert line.recv() == "h"


def test_websocket_close(closing: str) -> None:
    with websocket(closing, f"/000/{name()}/websocket") as line:
        assert [line.recv(), line.recv()] == ["o", 'c[3000,"Go away!"]']
        with pytest.raises(ConnectionClosed):
            line.recv()
    with websocket(closing, "/websocket") as line, pytest.raises(ConnectionClosed):
        line.recv()


def test_websocket_reuse_of_a_session_id(base: str) -> None:
    path = f"/000/{name()}/websocket"
    with websocket(base, path) as one, websocket(base, path) as other:
        assert [one.recv(), other.recv()] == ["o", "o"]
        one.send('["a"]')
        other.send('["b"]')
        assert [one.recv(), other.recv()] == ['a["a"]', 'a["b"]']


def test_websocket_broken_json(base: str) -> None:
    with websocket(base, f"/000/{name()}/websocket") as line:
        assert line.recv() == "o"
        line.send('["a')
        with pytest.raises(ConnectionClosed):
            line.recv()


def test_raw_websocket(base: str) -> None:
    with websocket(base, "/websocket") as line:
        line.send("Hello world!\uffff")
        assert line.recv() == "Hello world!\uffff"


# XhrPolling


def test_xhr_transport(http: httpx.Client, base: str) -> None:
    session = Session(http, base)
    opened = http.post(session.url + "/xhr")
    assert opened.text == "o\n"
    of_type(opened, "application/javascript;charset=UTF-8")
    cors(opened)
    not_cached(opened)
    sent = session.send("x")
    of_type(sent, "text/plain;charset=UTF-8")
    cors(sent)
    not_cached(sent)


def test_invalid_json(http: httpx.Client, base: str) -> None:
    session = Session(http, base)
    session.poll()
    for body, said in (('["x', "Broken JSON encoding."), ("", "Payload expected."), ('{"a":1}', "Payload expected.")):
        answer = http.post(session.url + "/xhr_send", content=body)
        assert (answer.status_code, said in answer.text) == (500, True)
    assert session.send("a").status_code == 204
    assert session.poll() == 'a["a"]'


def test_content_types(http: httpx.Client, base: str) -> None:
    session = Session(http, base)
    session.poll()
    types = [
        "text/plain",
        "T",
        "application/json",
        "application/xml",
        "",
        "application/json; charset=utf-8",
        "text/xml",
    ]
    for each in types:
        sent = http.post(session.url + "/xhr_send", content='["a"]', headers={"Content-Type": each})
        assert (sent.status_code, sent.text) == (204, "")
    assert session.received() == ["a"] * len(types)


@pytest.mark.parametrize(("asked", "answered"), [("a, b, c", "a, b, c"), ("", None), (None, None)])
def test_request_headers_cors(http: httpx.Client, base: str, asked: str | None, answered: str | None) -> None:
    headers = {} if asked is None else {"Access-Control-Request-Headers": asked}
    answer = http.post(f"{base}/000/{name()}/xhr", headers=headers)
    cors(answer)
    assert answer.headers.get("Access-Control-Allow-Headers") == answered


# XhrStreaming, EventSource, HtmlFile

STREAMS = {
    "xhr_streaming": ("application/javascript", "{}\n"),
    "eventsource": ("text/event-stream", "data: {}\r\n\r\n"),
    "htmlfile": ("text/html", '<script>\np("{}");\n</script>\r\n'),
}


def a_stream(url: str, transport: str) -> Stream:
    callback = "?c=%63allback" if transport == "htmlfile" else ""
    return Stream(f"{url}/{transport}{callback}", RECEIVING[transport])


@pytest.mark.parametrize("transport", STREAMS)
def test_streaming_transport(http: httpx.Client, base: str, transport: str) -> None:
    content_type, frame = STREAMS[transport]
    session = Session(http, base)
    stream = a_stream(session.url, transport)
    assert stream.status == 200
    of_type(stream, f"{content_type};charset=UTF-8")
    cors(stream)
    not_cached(stream)
    prelude = stream.read()
    if transport == "xhr_streaming":
        assert prelude == "h" * 2048 + "\n"
    elif transport == "eventsource":
        assert prelude == "\r\n"
    else:
        assert len(prelude) > 1024
        assert "var c = parent.callback;\n" in prelude
        assert prelude.strip().endswith("window.onload = function() {c.stop();};\n  </script>")
    assert stream.read() == frame.format("o")
    for text in ("x", "  \0\n\r ", "ü€😀"):
        assert session.send(text).status_code == 204
        array = f"a[{json.dumps(text, ensure_ascii=False)}]"
        array = json.dumps(array, ensure_ascii=False)[1:-1] if transport == "htmlfile" else array
        assert stream.read() == frame.format(array)
    stream.close()


@pytest.mark.parametrize("transport", STREAMS)
def test_response_limit(http: httpx.Client, base: str, transport: str) -> None:
    session = Session(http, base)
    stream = a_stream(session.url, transport)
    stream.read()
    stream.read()
    for _ in range(31 if transport == "xhr_streaming" else 1):
        session.send("x" * (128 if transport == "xhr_streaming" else 4096))
        assert "xxx" in stream.read()
    assert stream.read() == "", "ends after 4,096 characters"
    session.send("goes on")
    assert session.received() == ["goes on"]


@pytest.mark.parametrize("transport", ["htmlfile", "jsonp"])
def test_callback(http: httpx.Client, base: str, transport: str) -> None:
    answer = http.get(f"{base}/a/a/{transport}")
    assert (answer.status_code, answer.text) == (500, '"callback" parameter required')
    for bad in ("alert(1)", "a;b", "<b>", "x" * 33):
        answer = http.get(f"{base}/a/a/{transport}", params={"c": bad})
        assert (answer.status_code, answer.text) == (500, 'invalid "callback" parameter')


# JsonPolling


def test_jsonp_transport(http: httpx.Client, base: str) -> None:
    url = f"{base}/000/{name()}"
    opened = http.get(url + "/jsonp?c=%63allback")
    assert opened.text == 'callback("o");\r\n'
    of_type(opened, "application/javascript;charset=UTF-8")
    not_cached(opened)
    sent = http.post(url + "/jsonp_send", content="d=%5B%22x%22%5D", headers=FORM)
    assert (sent.status_code, sent.text) == (200, "ok")
    of_type(sent, "text/plain;charset=UTF-8")
    not_cached(sent)
    assert http.get(url + "/jsonp?c=%63allback").text == 'callback("a[\\"x\\"]");\r\n'


def test_jsonp_content_types_and_invalid_json(http: httpx.Client, base: str) -> None:
    url = f"{base}/000/{name()}"
    assert http.get(url + "/jsonp?c=x").text == 'x("o");\r\n'
    for body, said in (("d=%5B%22x", "Broken JSON encoding."), ("", "Payload"), ("d=", "Payload"), ("p=p", "Payload")):
        answer = http.post(url + "/jsonp_send", content=body, headers=FORM)
        assert (answer.status_code, said in answer.text) == (500, True)
    assert http.post(url + "/jsonp_send", content="d=%5B%22abc%22%5D", headers=FORM).text == "ok"
    plain = {"Content-Type": "text/plain"}
    assert http.post(url + "/jsonp_send", content='["%61bc"]', headers=plain).text == "ok"
    assert http.get(url + "/jsonp?c=x").text == 'x("a[\\"abc\\",\\"%61bc\\"]");\r\n'


def test_jsonp_close(http: httpx.Client, closing: str) -> None:
    url = f"{closing}/000/{name()}/jsonp?c=x"
    gone = 'x("c[3000,\\"Go away!\\"]");\r\n'
    assert [http.get(url).text for _ in range(3)] == ['x("o");\r\n', gone, gone]


# JsessionidCookie


@pytest.mark.parametrize(("sent", "kept"), [(None, "dummy"), ("JSESSIONID=abcdef", "abcdef")])
def test_cookies(http: httpx.Client, cookies: str, sent: str | None, kept: str) -> None:
    info = http.get(cookies + "/info")
    assert info.json()["cookie_needed"] is True
    assert "Set-Cookie" not in info.headers
    headers = {"Cookie": sent} if sent else {}
    for transport, method in RECEIVING.items():
        url = f"{cookies}/000/{name()}/{transport}?c=callback"
        stream = Stream(url, method, timeout=60, **headers)
        assert stream.headers["Set-Cookie"] == f"JSESSIONID={kept}; path=/"
        stream.close()
        http.cookies.clear()


# JSONEncoding


def test_json_encoding(http: httpx.Client, base: str) -> None:
    escapable = re.compile("[\x00-\x1f\u200c-\u200f\u2028-\u202f\u2060-\u206f\ufff0-\uffff]")
    killer = "".join(chr(code) for code in range(255, 65536) if escapable.match(chr(code)))
    session = Session(http, base)
    session.poll()
    http.post(session.url + "/xhr_send", content=json.dumps([killer], ensure_ascii=False).encode())
    assert session.poll() == 'a["' + "".join(f"\\u{ord(each):04x}" for each in killer) + '"]'
    everything = "".join(chr(code) for code in range(0xD800))
    assert session.send(everything[:8000]).status_code == 204
    assert session.received() == [everything[:8000]]


# HandlingClose


def test_close_frame(closing: str) -> None:
    url = f"{closing}/000/{name()}/xhr_streaming"
    first = Stream(url)
    assert [first.read()[:2] for _ in range(2)] == ["hh", "o\n"]
    assert [first.read(), first.read()] == ['c[3000,"Go away!"]\n', ""]
    second = Stream(url)
    second.read()
    assert [second.read(), second.read()] == ['c[3000,"Go away!"]\n', ""]


def test_abort_xhr_streaming(base: str) -> None:
    url = f"{base}/000/{name()}/xhr_streaming"
    first = Stream(url)
    first.read()
    assert first.read() == "o\n"
    second = Stream(url)
    second.read()
    assert [second.read(), second.read()] == ['c[2010,"Another connection still open"]\n', ""]
    first.close()
    assert eventually(lambda: third_of(url)) in ("o\n", 'c[1002,"Connection interrupted"]\n')


def test_abort_xhr_polling(http: httpx.Client, base: str) -> None:
    session = Session(http, base)
    assert session.poll() == "o"

    def aborted() -> str | None:
        first = begun_poll(session)
        frame = session.poll()
        first.close()
        return frame if frame.startswith("c[2010") else None

    def next_one() -> str | None:
        frame = session.poll()
        return None if frame.startswith("c[2010") else frame

    eventually(aborted)
    assert eventually(next_one) in ("o", 'c[1002,"Connection interrupted"]')


# Http10, Http11


def test_http_1_0(closing: str) -> None:
    with asked("POST", f"{closing}/000/{name()}/xhr_streaming", "1.0") as wire:
        head, _, body = wire.makefile("rb").read().decode().partition("\r\n\r\n")
    assert "transfer-encoding" not in head.lower()
    assert "content-length" not in head.lower()
    assert body == "h" * 2048 + '\no\nc[3000,"Go away!"]\n'


def test_http_1_1(http: httpx.Client, base: str, closing: str) -> None:
    answer = http.get(base)
    assert answer.headers["Content-Length"] == "19"
    stream = Stream(f"{closing}/000/{name()}/xhr_streaming")
    assert stream.headers["Transfer-Encoding"] == "chunked"
    assert "Content-Length" not in stream.headers


# How the tests wait


def begun_poll(session: Session) -> socket.socket:
    """A poll under way whose connection can be broken."""
    return asked("POST", f"{session.url}/xhr", "1.1")


def asked(method: str, url: str, version: str) -> socket.socket:
    """A connection on which this was asked, as it stands, and nothing was read yet."""
    parts = urlsplit(url)
    wire = socket.create_connection((str(parts.hostname), parts.port))
    head = f"{method} {parts.path} HTTP/{version}\r\nHost: {parts.netloc}\r\nContent-Length: 0\r\n\r\n"
    wire.sendall(head.encode())
    return wire


def third_of(url: str) -> str | None:
    stream = Stream(url)
    stream.read()
    frame = stream.read()
    stream.close()
    return None if frame.startswith("c[2010") else frame


def eventually(look: Callable[[], str | None]) -> str:
    for _ in range(20):
        if (seen := look()) is not None:
            return seen
    raise AssertionError("it never came")
