"""How much script a page loads at first, compressed as it is served (contract §10: held per route)."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from infra import web

MOST = 180_000
"""Bytes, Brotli: the entry, the route's page, what both import, and one catalogue."""

CATALOGUE = "src/i18n/locales/ar.po"
"""The larger one."""

NO_PAGES = {
    "src/keys/help.tsx",
    "src/keys/palette.tsx",
    "src/ui/dialog.tsx",
    "src/ui/popups.tsx",
    "src/chat/chatbox.tsx",
}
"""What opens on a page, and is fetched when it does."""


@cache
def manifest() -> dict[str, Any]:
    try:
        web.build()
    except web.NotBuilt as reason:
        pytest.skip(str(reason))
    read: dict[str, Any] = json.loads((web.DIST / ".vite" / "manifest.json").read_text())
    return read


def loaded_with(chunk: str) -> set[str]:
    """The chunk and what it imports, down to the last; not what it may ask for later."""
    found = {chunk}
    for imported in manifest()[chunk].get("imports", ()):
        if imported not in found:
            found |= loaded_with(imported)
    return found


def size(chunk: str) -> int:
    """Bytes as they are served."""
    path: Path = web.DIST / manifest()[chunk]["file"]
    compressed = path.with_name(path.name + ".br")
    return (compressed if compressed.exists() else path).stat().st_size


def pages() -> set[str]:
    source = (web.WEB / "src" / "app" / "routes.tsx").read_text()
    return {
        name
        for name in manifest()["index.html"]["dynamicImports"]
        if f'"../{name.removeprefix("src/").removesuffix(".tsx")}"' in source
    }


def test_no_first_page_loads_more_script_than_its_budget() -> None:
    routes = (web.WEB / "src" / "app" / "routes.tsx").read_text().count("lazyRouteComponent(")
    assert len(pages()) >= routes - 1, "the entry knows every page of the routes (two routes share a page)"
    sizes = {
        page: sum(map(size, loaded_with("index.html") | loaded_with(page) | loaded_with(CATALOGUE))) for page in pages()
    }
    assert {page: found for page, found in sizes.items() if found > MOST} == {}


def test_what_opens_on_a_page_is_no_part_of_it() -> None:
    assert manifest().keys() >= NO_PAGES
    for page in pages():
        assert not NO_PAGES & (loaded_with("index.html") | loaded_with(page))
