"""The edge's own routes: health, the OpenAPI document, and the page that shows it."""

from typing import Any, Literal

from chalicelib.edge.call import Answer, Call
from chalicelib.edge.endpoint import Routes
from chalicelib.edge.schemas import Shown

routes = Routes("Service")

_CACHED = {"Cache-Control": "public, max-age=300"}


class Health(Shown):
    status: Literal["ok"] = "ok"


@routes.get("/health", summary="Ask whether the service is there", answers=Health)
def read_health(_call: Call) -> Health:
    """200 once it can answer anything else."""
    return Health()


@routes.get("/openapi.json", summary="Read this description", answers=dict[str, Any])
def read_openapi(_call: Call) -> Answer:
    """OpenAPI 3.1."""
    from chalicelib.edge import openapi  # costs every cold start, is used seldom

    return Answer(openapi.text(), headers={"Content-Type": "application/json", **_CACHED})


@routes.get("/docs", summary="Read this description in a browser", answers=str, produces="text/html")
def read_docs(_call: Call) -> Answer:
    """Swagger UI over `openapi.json`, with "try it out" and sign-in."""
    from chalicelib.edge import docs

    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": docs.POLICY, **_CACHED}
    return Answer(docs.page(), headers=headers)
