"""Refusals: what a feature raises when a rule is broken. The HTTP edge turns them into problem details (RFC 9457), the
chat into STOMP ERROR frames or JSON errors, each in one place. Features raise these or derive their own.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple

from chalicelib.codes import Code


class FieldError(NamedTuple):
    """One bad field, and what to do about it. `field`: nested fields have dots, `tags.0`. `params`: values for the
    code's sentence, by name (chalicelib/codes.py)."""

    field: str
    message: str
    code: Code = "invalid"
    params: Mapping[str, Any] = {}


class Refused(Exception):
    """A request that can't be carried out. `detail`: a sentence for the person who asked. `code`: for programs, where
    the status isn't specific enough. `members`: further members of the problem details, by name
    (edge/openapi_answers.py lists them)."""

    status: ClassVar[int] = 400
    title: ClassVar[str] = "Bad request"

    def __init__(
        self,
        detail: str,
        *,
        code: Code | None = None,
        errors: tuple[FieldError, ...] = (),
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code
        self.errors = errors
        self.headers = dict(headers or {})
        self.members = dict(members or {})


class BadRequest(Refused):
    """The request can't be read: malformed JSON, a cursor that isn't ours."""


class Unauthenticated(Refused):
    status = 401
    title = "Not signed in"

    def __init__(
        self, detail: str = "Sign in and send 'Authorization: Bearer <access token>'.", *, code: Code | None = None
    ) -> None:
        super().__init__(detail, code=code, headers={"WWW-Authenticate": "Bearer"})


class Forbidden(Refused):
    status = 403
    title = "Not allowed"


class NotFound(Refused):
    """Not there, or not to be known to the caller."""

    status = 404
    title = "Not found"


class MethodNotAllowed(Refused):
    status = 405
    title = "Method not allowed"


class Conflict(Refused):
    status = 409
    title = "Conflict"


class Stale(Refused):
    """`If-Match` names a version that is no longer the current one."""

    status = 412
    title = "Changed meanwhile"


class TooLarge(Refused):
    status = 413
    title = "Too large"


class UnsupportedMediaType(Refused):
    status = 415
    title = "Unsupported media type"


class Invalid(Refused):
    """The request was understood and some field of it is wrong: `Invalid.field("team", "There is no such team.")`."""

    status = 422
    title = "Invalid"

    @classmethod
    def field(cls, field: str, message: str, code: Code = "invalid", **params: Any) -> "Invalid":
        return cls(f"{field}: {message}", errors=(FieldError(field, message, code, params),))


class TooManyRequests(Refused):
    status = 429
    title = "Too many requests"

    def __init__(self, detail: str, retry_after: int) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)})


class TooManyConnections(TooManyRequests):
    """Of an account."""


class Unavailable(Refused):
    """DynamoDB keeps throttling, or too many races were lost in a row. The caller may try again later."""

    status = 503
    title = "Try again"

    def __init__(self, detail: str = "The service is busy. Try again in a moment.", retry_after: int = 1) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)})
