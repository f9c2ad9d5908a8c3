"""Whatever strangers send to what parses it: refused as declared, and soon. Tokens, cursors, JSON, forms, STOMP.

Each example has a time of its own, so that nothing quadratic passes. The parsers of mail have a fuzz of their own.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings as budget, strategies as st

from chalicelib import keys
from chalicelib.auth import families, one_time, tokens
from chalicelib.chat.sockjs import codec
from chalicelib.chat.stomp.decoder import Decoder
from chalicelib.chat.stomp.frames import Fault
from chalicelib.edge import body, cursors
from chalicelib.errors import Refused
from chalicelib.notifications import addresses
from tests.integration.people.conftest import Http, Session

pytestmark = pytest.mark.long

SECONDS = 0.5
"""That one example may take, on a busy machine; the largest inputs below are 256 KiB."""

many = budget(max_examples=2000, suppress_health_check=list(HealthCheck))
some = budget(max_examples=300, suppress_health_check=list(HealthCheck))

TEXTS = st.text(max_size=300) | st.binary(max_size=300).map(lambda raw: raw.decode("latin-1"))
DOTTED = st.lists(st.text("aZ0_-.=é\ud800\x00", max_size=60), max_size=6).map(".".join)
PIECES = [b"{", b"}", b"[", b"]", b'"', b":", b",", b"\\u", b"\\", b"1e9", b"-", b"null", b"\xff", b"\x00", b" ", b"d="]
BYTES = st.binary(max_size=500) | st.lists(st.sampled_from(PIECES), max_size=300).map(b"".join)
LONG = st.tuples(st.sampled_from(PIECES), st.integers(1, 30_000)).map(lambda each: each[0] * each[1])


@contextmanager
def soon() -> Iterator[None]:
    began = time.process_time()
    yield
    assert time.process_time() - began < SECONDS


def tried(parse: Callable[..., Any], *given_: Any, declared: tuple[type[Exception], ...] = (Refused,)) -> Any:
    """What it answers, None when it refuses in a way that it declares."""
    with soon():
        try:
            return parse(*given_)
        except declared:
            return None


@pytest.fixture(autouse=True)
def with_keys(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "http" not in request.fixturenames:
        stored = json.dumps({"current": "a", "keys": {"a": "A" * 43 + "="}})
        monkeypatch.setattr(keys, "_text", lambda purpose, fresh: stored)


@many
@given(TEXTS | DOTTED)
def test_tokens(text: str) -> None:
    assert tried(tokens.read, text) is None
    assert tried(one_time.account_id_of, text) is None or text.count(".") == 2
    assert tried(families.read, text) is None or text.count(".") == 3
    assert tried(addresses.unsubscribed, text) is None
    assert tried(addresses.ticket_of, f"reply+{text}@x") is None


@many
@given(TEXTS | DOTTED)
def test_cursors(text: str) -> None:
    assert tried(cursors.read, text, ["list"], []) is None


@many
@given(st.integers(0, 400), st.integers(0, 255))
def test_a_good_cursor_with_a_byte_changed(place: int, byte: int) -> None:
    cursor = cursors.seal({"at": 1}, ["list"], [])
    changed = cursor[: place % len(cursor)] + chr(byte) + cursor[place % len(cursor) + 1 :]
    read = tried(cursors.read, changed, ["list"], [])
    assert read is None or changed == cursor


@many
@given(BYTES | LONG)
def test_json(raw: bytes) -> None:
    found = tried(body.parse, raw)
    assert found is None or isinstance(found, dict)


@many
@given(BYTES | LONG, st.sampled_from([None, "text/plain", "application/x-www-form-urlencoded", "é;;="]))
def test_what_sockjs_takes(raw: bytes, content_type: str | None) -> None:
    declared = (codec.InvalidRequest,)
    tried(codec.received, raw, declared=declared)
    tried(codec.received_jsonp, raw, content_type, declared=declared)
    tried(codec.received_websocket, raw.decode("latin-1"), declared=declared)
    tried(codec.callback_of, {"c": raw.decode("latin-1")}, declared=declared)


@many
@given(
    st.lists(
        st.sampled_from(["SEND", "CONNECT", "\n", "\r\n", ":", "a", "\x00", "content-length:", "9", "\\", "é"]),
        max_size=200,
    )
    | st.lists(TEXTS, max_size=5)
)
def test_stomp(chunks: list[str]) -> None:
    decoder = Decoder()

    def feed() -> None:
        for chunk in chunks:
            decoder.feed(chunk)
            for _ in decoder.frames():
                pass

    tried(feed, declared=(Fault,))


@some
@given(raw=BYTES | LONG, data=st.data())
def test_every_route_that_strangers_reach(http: Http, raw: bytes, data: st.DataObject) -> None:
    path = data.draw(
        st.sampled_from(
            ["/auth/register", "/auth/login", "/auth/refresh", "/auth/password/forgot", "/auth/password/reset",
             "/auth/email/verify", "/mail/unsubscribe"]
        )
    )  # fmt: skip
    with soon():
        answer = http("POST", path, raw=raw, headers=data.draw(HEADERS))
    assert answer.status < 500, answer.body


HEADERS = st.dictionaries(
    st.sampled_from(["Authorization", "Cookie", "Origin", "X-Session", "User-Agent", "Accept"]),
    st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=200)
    | st.sampled_from(["Bearer ", "Bearer a.b.c", "__Secure-refresh=a.b.c.d; __Secure-refresh=", "cookie", "null"]),
    max_size=4,
)


@some
@given(
    query=st.dictionaries(st.sampled_from(["limit", "cursor", "q", "status", "created_from", "x"]), TEXTS, max_size=4)
)
def test_every_parameter_of_a_list(http: Http, client: Session, query: dict[str, str]) -> None:
    from urllib.parse import urlencode

    with soon():
        answer = http("GET", f"/tickets?{urlencode(query, errors='replace')}", as_=client)
    assert answer.status < 500, answer.body
