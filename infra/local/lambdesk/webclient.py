"""What `WEB=…` says becomes of the web client: built and served, served as it is, or by Vite beside the runner."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from starlette.types import ASGIApp

from infra import web
from infra.local.engine.template import Template
from infra.local.errors import CannotStart
from infra.local.lambdesk.web import Site

Make = Callable[[Template], ASGIApp]


@contextmanager
def prepared(mode: str, port: int) -> Iterator[Make]:
    """What makes the site, as long as the context lasts: `1` builds it first where sources changed, `0` serves what is
    there, `dev` runs Vite on the next port. Raises CannotStart."""
    if mode == "0":
        yield Site
    elif mode == "1":
        yield _built()
    elif mode == "dev":
        with _vite(port) as url:
            yield partial(Site, elsewhere=url)
    else:
        raise CannotStart(f"WEB={mode!r} is not known: 1 builds the web client, 0 doesn't, dev runs Vite.")


def _built() -> Make:
    try:
        web.build()
    except web.NotBuilt as reason:
        print(reason, file=sys.stderr, flush=True)
        return partial(Site, missing=str(reason))
    return Site


@contextmanager
def _vite(port: int) -> Iterator[str]:
    try:
        node = web.find_node()
        web.install(node, web.WEB)
    except web.NotBuilt as reason:
        raise CannotStart(str(reason)) from None
    vite = [str(node), str(web.WEB / "node_modules" / "vite" / "bin" / "vite.js")]
    child = subprocess.Popen(
        [*vite, "--host", "127.0.0.1", "--port", str(port + 1)],
        cwd=web.WEB,
        env={**web.environment(node), "LAMBDESK_URL": f"http://127.0.0.1:{port}"},
    )
    try:
        yield f"http://127.0.0.1:{port + 1}"
    finally:
        child.terminate()
        child.wait()
