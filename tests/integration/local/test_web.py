"""`/`: which path gives what, and with which headers (contract §10)."""

import asyncio
from pathlib import Path

import httpx
import pytest

from infra.local.engine.template import RESOURCES, Template
from infra.local.lambdesk.web import Site


class _Client:
    """A site's answers, as they are on the wire."""

    def __init__(self, site: Site) -> None:
        self._transport = httpx.ASGITransport(site)

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.request("GET", path, **headers)

    def request(self, method: str, path: str, **headers: str) -> httpx.Response:
        async def ask() -> httpx.Response:
            async with (
                httpx.AsyncClient(transport=self._transport, base_url="http://127.0.0.1") as client,
                client.stream(method, path, headers=headers) as answer,
            ):
                content = b"".join([chunk async for chunk in answer.aiter_raw()])
                answer.headers["X-Encoding"] = answer.headers.pop("Content-Encoding", "none")
                return httpx.Response(answer.status_code, headers=answer.headers, content=content)

        return asyncio.run(ask())


TEMPLATE = Template.read(RESOURCES, stream_arn=lambda table: table)


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<title>Lambdesk</title>")
    (tmp_path / "icon.svg").write_text("<svg/>")
    (tmp_path / ".built").write_text("of these sources")
    script = tmp_path / "assets" / "index-1a2b.js"
    script.write_text("plain")
    script.with_name("index-1a2b.js.br").write_text("brotli")
    script.with_name("index-1a2b.js.gz").write_text("gzip")
    return tmp_path


@pytest.fixture
def site(dist: Path) -> _Client:
    return _Client(Site(TEMPLATE, dist))


@pytest.mark.parametrize(
    "path",
    ["/", "/tickets", "/tickets/01ARZ3NDEKTSV4RRFFQ69G5FAV", "/login?next=/a.b", "/index.html", "/apis", "/a.b/c"],
)
def test_every_path_of_the_client_is_its_page(site: _Client, path: str) -> None:
    answer = site.get(path)
    assert (answer.status_code, answer.text) == (200, "<title>Lambdesk</title>")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["/assets/index-old.js", "/assets/x", "/favicon.ico", "/.built", "/assets/../index.htm", "/ws-chatter"]
)
def test_a_missing_file_is_not_the_page(site: _Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("accepted", "encoding", "content"),
    [
        ("gzip, br", "br", "brotli"),
        ("gzip", "gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip", "gzip"),
        ("identity", "none", "plain"),
    ],
)
def test_an_asset_comes_as_it_was_compressed_and_stays(
    site: _Client, accepted: str, encoding: str, content: str
) -> None:
    answer = site.request("GET", "/assets/index-1a2b.js", **{"Accept-Encoding": accepted})
    assert answer.text == content
    assert answer.headers["X-Encoding"] == encoding
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_nothing_but_our_own_files_runs_on_a_page(site: _Client) -> None:
    policy = site.get("/").headers["Content-Security-Policy"]
    directives = {name: values for name, *values in (each.split() for each in policy.split(";"))}
    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == ["'self'"]
    assert directives["require-trusted-types-for"] == ["'script'"]
    assert directives["trusted-types"] == ["default"]
    assert "unsafe" not in policy
    assert "arn:" not in policy


def test_only_reading_is_served(site: _Client) -> None:
    answer = site.request("POST", "/tickets")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_without_a_client_the_page_says_why_and_leads_on(dist: Path) -> None:
    client = _Client(Site(TEMPLATE, dist, missing="There is no Node <here>."))
    answer = client.get("/tickets")
    assert "There is no Node &lt;here&gt;." in answer.text
    assert "/api/docs" in answer.text
    assert "/_local/" in answer.text
    assert client.get("/assets/index-1a2b.js").status_code == 404


def test_vite_serves_it_elsewhere_while_it_is_worked_on(dist: Path) -> None:
    client = _Client(Site(TEMPLATE, dist, elsewhere="http://127.0.0.1:8001"))
    assert client.get("/tickets?q=a").headers["Location"] == "http://127.0.0.1:8001/tickets?q=a"
