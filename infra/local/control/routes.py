"""`/_local/…`: what only the local runner has."""

import json
from collections.abc import Callable
from typing import Annotated, Any, Literal
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from infra.local.control import page
from infra.local.control.idle import Idle
from infra.local.engine.clock import Clock
from infra.local.engine.faults import Faults, Refusal
from infra.local.engine.mail import Outbox
from infra.local.events.pumps import Pumps
from infra.local.events.receiving import CHECKS, LARGEST, VERDICTS, Receiving
from infra.local.functions.logs import Logs

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


class _Advance(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    advance_seconds: Annotated[float, Field(ge=0, le=10 * 366 * 86400)]


class _MailEvent(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    kind: Literal["bounce", "complaint"]
    recipient: Annotated[str, Field(min_length=1)]
    permanent: bool = True


def problem(status: int, title: str, detail: str, errors: list[tuple[str, str]] | None = None) -> Response:
    """An RFC 9457 problem, as the REST API gives them."""
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    body["request_id"] = str(uuid4())
    if errors:
        body["errors"] = [{"field": field, "message": message} for field, message in errors]
    return Response(json.dumps(body), status, media_type="application/problem+json")


def invalid(errors: list[tuple[str, str]]) -> Response:
    return problem(422, "Invalid", "; ".join(f"{field}: {text}" if field else text for field, text in errors), errors)


class Control:
    """The routes under `/_local`."""

    def __init__(
        self,
        faults: Faults,
        pumps: Pumps,
        idle: Idle,
        outbox: Outbox,
        receiving: Receiving,
        logs: Logs,
        clock: Clock,
        accounts: Callable[[], list[str]],
    ) -> None:
        self._faults = faults
        self._pumps = pumps
        self._idle = idle
        self._outbox = outbox
        self._receiving = receiving
        self._logs = logs
        self._clock = clock
        self._accounts = accounts

    @property
    def routes(self) -> list[Route]:
        table: list[tuple[str, dict[str, Callable[[Request], Any]]]] = [
            ("/", {"GET": self.page}),
            ("/mail", {"GET": self.mail}),
            ("/mail/inbound", {"POST": self.receive_mail}),
            ("/mail/events", {"POST": self.tell_of_mail}),
            ("/logs", {"GET": self.logs}),
            ("/figures", {"GET": self.figures}),
            ("/idle", {"GET": self.idle}),
            ("/faults", {"GET": self.faults, "POST": self.add_fault, "DELETE": self.clear_faults}),
            ("/clock", {"GET": self.clock, "POST": self.advance}),
            ("/{path:path}", {}),
        ]
        return [Route(path, _dispatch(handlers), methods=METHODS) for path, handlers in table]

    async def page(self, request: Request) -> Response:
        if unknown := _unknown(request, "before"):
            return unknown
        before = request.query_params.get("before")
        if before is not None and not (before.isascii() and before.isdecimal()):
            return invalid([("before", "The number of a mail, counted from 0.")])
        last = int(before) if before else None
        now, in_force = self._clock.timestamp(), self._faults.in_force
        shown = page.render(self._outbox.messages, self._accounts(), in_force, now, last)
        return HTMLResponse(shown)

    async def mail(self, _: Request) -> Response:
        return JSONResponse({"messages": self._outbox.messages})

    async def logs(self, request: Request) -> Response:
        if unknown := _unknown(request, "request_id"):
            return unknown
        return JSONResponse({"lines": self._logs.about(request.query_params.get("request_id"))})

    async def figures(self, _: Request) -> Response:
        return JSONResponse({"figures": dict(self._logs.figures)})

    async def receive_mail(self, request: Request) -> Response:
        """As SES receiving would take it: `from` and `to` are the envelope's, the verdicts SES's own."""
        if unknown := _unknown(request, "from", "to", *CHECKS):
            return unknown
        query = request.query_params
        recipients = [each.strip() for value in query.getlist("to") for each in value.split(",") if each.strip()]
        verdicts = {check: query[check].upper() for check in CHECKS if check in query}
        errors = [] if recipients else [("to", "To whom the mail goes.")]
        errors += [] if "from" in query else [("from", "Whom the mail comes from; empty for a bounce.")]
        known = ", ".join(VERDICTS).lower()
        errors += [(check, f"One of {known}.") for check, said in verdicts.items() if said not in VERDICTS]
        if errors:
            return invalid(errors)
        raw = await request.body()
        if len(raw) > LARGEST:
            return problem(413, "Too large", f"SES takes mails of {LARGEST:,} bytes.")
        id_ = await run_in_threadpool(self._receiving.receive, raw, query["from"].strip(), recipients, verdicts)
        return JSONResponse({"message_id": id_}, 202)

    async def tell_of_mail(self, request: Request) -> Response:
        """As SES tells of a mail that it had taken."""
        body = await _json(request)
        if isinstance(body, Response):
            return body
        try:
            said = _MailEvent.model_validate(body)
        except ValidationError as error:
            return invalid([(".".join(map(str, each["loc"])), each["msg"] + ".") for each in error.errors()])
        await run_in_threadpool(self._receiving.tell, said.kind, said.recipient, said.permanent)
        return JSONResponse({}, 202)

    async def idle(self, request: Request) -> Response:
        if unknown := _unknown(request, "timeout"):
            return unknown
        try:
            timeout = float(request.query_params.get("timeout", "30"))
        except ValueError:
            timeout = -1
        if not 0 <= timeout <= 600:
            return invalid([("timeout", "A number of seconds from 0 to 600.")])
        if await self._idle.wait(timeout):
            return JSONResponse({"idle": True})
        return problem(504, "Not idle", f"Work is still under way after {timeout:g} seconds.")

    async def faults(self, _: Request) -> Response:
        return JSONResponse({"faults": self._faults.in_force})

    async def add_fault(self, request: Request) -> Response:
        body = await _json(request)
        if isinstance(body, Response):
            return body
        try:
            await run_in_threadpool(self._faults.add, body)
        except Refusal as refusal:
            return invalid(refusal.errors)
        return JSONResponse({"faults": self._faults.in_force}, 201)

    async def clear_faults(self, _: Request) -> Response:
        await run_in_threadpool(self._faults.clear)
        return Response(status_code=204)

    async def clock(self, _: Request) -> Response:
        return JSONResponse({"now": self._clock.timestamp()})

    async def advance(self, request: Request) -> Response:
        body = await _json(request)
        if isinstance(body, Response):
            return body
        try:
            asked = _Advance.model_validate(body)
        except ValidationError as error:
            return invalid([(".".join(map(str, each["loc"])), each["msg"] + ".") for each in error.errors()])
        started = await run_in_threadpool(self._pumps.advance, asked.advance_seconds)
        return JSONResponse({"now": self._clock.timestamp(), "started": started})


def _unknown(request: Request, *known: str) -> Response | None:
    """The answer that refuses parameters which aren't known."""
    unknown = [(name, "There is no such parameter.") for name in request.query_params if name not in known]
    return invalid(unknown) if unknown else None


def _dispatch(handlers: dict[str, Callable[[Request], Any]]) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        handler = handlers.get("GET" if request.method == "HEAD" else request.method)
        if not handlers:
            return problem(404, "Not found", "The local runner has nothing here.")
        if handler is None:
            answer = problem(405, "Method not allowed", f"Allowed here: {', '.join(handlers)}.")
            answer.headers["Allow"] = ", ".join(handlers)
            return answer
        response: Response = await handler(request)
        return response

    return endpoint


async def _json(request: Request) -> Any:
    """The body, or the answer that refuses it."""
    try:
        return json.loads(await request.body())
    except ValueError:
        return problem(400, "Bad request", "The body isn't JSON.")
