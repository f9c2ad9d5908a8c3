"""A browser's report of a crash: where in our code, and nothing that anybody typed."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.edge.schemas import Body

Place = Annotated[str, Field(pattern=r"^/assets/[A-Za-z0-9_.-]{1,100}:[0-9]{1,7}:[0-9]{1,7}$")]
"""File, line and column in the built scripts."""


class ClientError(Body):
    """`name`: the error's class. Its message isn't taken: it may hold what somebody wrote. `page`: the route's pattern,
    as `/tickets/$ticketId`. `places`: where it happened, innermost first. `version`: of the API that the page knew."""

    kind: Literal["error", "rejection", "render"]
    name: Annotated[str, Field(pattern=r"^[A-Za-z]{1,60}$")]
    page: Annotated[str, Field(pattern=r"^/[A-Za-z/$-]{0,100}$")]
    places: Annotated[list[Place], Field(max_length=5)] = []
    version: Annotated[str, Field(pattern=r"^[0-9.]{1,20}$")] | None = None
