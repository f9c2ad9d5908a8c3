"""The help desk's HTTP interface, with retries for a busy server and tokens renewed in time."""

import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import httpx

PATIENCE = 120.0
"""For how many seconds a request is retried before its refusal counts."""

_LONGEST_WAIT = 10.0


class Refused(Exception):
    """An answer of 4xx or 5xx that retrying doesn't change."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        try:
            problem = response.json()
            told = f"{problem['detail']} (request {problem['request_id']})"
        except (ValueError, KeyError, TypeError):
            told = response.text[:300]
        super().__init__(f"{response.request.method} {response.request.url.path}: {response.status_code} {told}")


class Desk:
    """One server. Threads may share it. `retries` counts what had to be tried again, by reason."""

    def __init__(self, url: str) -> None:
        limits = httpx.Limits(max_connections=None)
        self._http = httpx.Client(base_url=url.rstrip("/"), timeout=60, limits=limits, follow_redirects=False)
        self._lock = threading.Lock()
        self.retries: Counter[str] = Counter()

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def request(
        self,
        method: str,
        path: str,
        *,
        token: str | None = None,
        json: object = None,
        params: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> httpx.Response:
        """The answer, whatever its status; tried again while the server is busy (429, 503, an Idempotency-Key under
        way) or can't be reached. `key` makes repeating a POST safe. Raises httpx.TransportError when it stays away."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if key:
            headers["Idempotency-Key"] = key
        deadline = time.monotonic() + PATIENCE
        wait = 0.1
        while True:
            try:
                response = self._http.request(method, path, headers=headers, json=json, params=params)
            except httpx.TransportError as error:
                if time.monotonic() > deadline:
                    raise
                self._count(type(error).__name__)
            else:
                told = response.headers.get("Retry-After", "")
                busy = response.status_code in (429, 503) or (response.status_code == 409 and told)
                if not busy or time.monotonic() > deadline:
                    return response
                self._count(str(response.status_code))
                wait = float(told) if told.isdigit() else wait
            time.sleep(min(wait, _LONGEST_WAIT))
            wait = min(wait * 2, _LONGEST_WAIT)

    def sign_in(self, email: str, password: str) -> "Account":
        """Raises Refused when the password is wrong."""
        return Account(self, email, password)

    def wait_idle(self, seconds: float) -> bool | None:
        """Until no work is under way: True; False when there still is after `seconds`; None when the server can't
        say (only the local runner can)."""
        deadline = time.monotonic() + seconds
        while True:
            response = self._http.get("/_local/idle", params={"timeout": "20"})
            if response.status_code not in (200, 504):
                return None
            if response.status_code == 200:
                return True
            if time.monotonic() > deadline:
                return False

    def _count(self, reason: str) -> None:
        with self._lock:
            self.retries[reason] += 1


class Account:
    """Somebody who is signed in. Threads may share it. Every call raises Refused on 4xx and 5xx."""

    def __init__(self, desk: Desk, email: str, password: str) -> None:
        self._desk = desk
        self._credentials = {"email": email, "password": password}
        self._lock = threading.Lock()
        self._token = ""
        self.id: str = self._signed_in()["user"]["id"]

    def get(self, path: str, **params: str) -> Any:
        return self._call("GET", path, params=params)

    def post(self, path: str, body: Mapping[str, Any], key: str) -> Any:
        """`key`: the Idempotency-Key, so that a repeat creates nothing twice."""
        return self._call("POST", path, json=body, key=key)

    def patch(self, path: str, body: Mapping[str, Any]) -> Any:
        return self._call("PATCH", path, json=body)

    def put(self, path: str, body: Mapping[str, Any]) -> Any:
        return self._call("PUT", path, json=body)

    def all(self, path: str, **filters: str) -> Iterator[dict[str, Any]]:
        """Every item of a list, page after page."""
        cursor: str | None = None
        while True:
            more = {"cursor": cursor} if cursor else {}
            page = self.get(path, limit="100", **filters, **more)
            yield from page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def _call(self, method: str, path: str, **request: Any) -> Any:
        token = self._token
        response = self._desk.request(method, f"/api{path}", token=token, **request)
        if response.status_code == 401:
            with self._lock:
                if token == self._token:
                    self._signed_in()
            response = self._desk.request(method, f"/api{path}", token=self._token, **request)
        return _answer(response)

    def _signed_in(self) -> Any:
        """Signs in, again when the token has expired: a replay takes longer than tokens last."""
        session = _answer(self._desk.request("POST", "/api/auth/login", json=self._credentials))
        self._token = session["access_token"]
        return session


def _answer(response: httpx.Response) -> Any:
    if response.status_code >= 400:
        raise Refused(response)
    return response.json() if response.content else None
