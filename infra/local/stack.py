"""The whole local runner as one object: `with Stack() as stack:` serves everything at `stack.url` in this process."""

import asyncio
import contextlib
import importlib
import os
import socket
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from aws_lambda_powertools.utilities import parameters
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.types import ASGIApp

from infra.local.control.aws import Door
from infra.local.control.guard import Guard
from infra.local.control.idle import Idle
from infra.local.control.rest import RestDoor
from infra.local.control.routes import Control
from infra.local.engine import keeping
from infra.local.engine.account import ENVIRONMENT
from infra.local.engine.calls import Calls
from infra.local.engine.clock import Clock
from infra.local.engine.dynamodb_local import DynamoDBLocal
from infra.local.engine.engines import ENGINES, DynamoDBLocalEngine, Engine
from infra.local.engine.faults import Faults
from infra.local.engine.mail import Outbox
from infra.local.engine.permissions import Permissions
from infra.local.engine.resources import Resources
from infra.local.engine.template import RESOURCES, Template
from infra.local.errors import CannotStart
from infra.local.events.pumps import Pumps
from infra.local.events.receiving import Receiving
from infra.local.functions import environment
from infra.local.functions.logs import Logs
from infra.local.functions.runtime import Functions
from infra.local.gateway import connections, serving
from infra.local.gateway.http import Gateway
from infra.local.gateway.kept_errors import KeptErrors
from infra.local.gateway.websocket import Sockets
from infra.local.lambdesk import demo as demo_accounts, host, sockjs, sockjs_services, web
from infra.local.lambdesk.desk.playing import BACK, Desk
from infra.local.lambdesk.host import LAMBDESK

HOME = Path(os.environ.get("LOCAL_DIR") or Path(__file__).parents[2] / ".local")
"""Where an engine that keeps its data keeps it."""
HOST = "127.0.0.1"

_running: "Stack | None" = None


class Stack:
    """AWS and the app, in this process, from `start` to `stop`; one at a time, for the process's environment, botocore
    and the app are its own.

    `port` 0 takes a free one. `settings` are environment variables. `app` names the Chalice app as `module:attribute`.
    `demo`: what is made at an empty start, one of `demo.DEMOS`; None: nothing.
    `site` makes what serves the web client.
    With `pumps=False` nothing is consumed and nothing is served: for tests that step functions themselves.
    """

    def __init__(
        self,
        engine: str = "moto",
        port: int = 0,
        settings: Mapping[str, str] | None = None,
        *,
        demo: str | None = "small",
        app: str = "app:app",
        resources: Path = RESOURCES,
        home: Path = HOME,
        pumps: bool = True,
        site: Callable[[Template], ASGIApp] = web.Site,
    ) -> None:
        if engine not in ENGINES:
            raise CannotStart(f"ENGINE={engine!r} is not known: choose one of {', '.join(ENGINES)}.")
        self.engine: Engine = DynamoDBLocalEngine(DynamoDBLocal(home)) if engine == "dynamodb-local" else Engine()
        self.faults = Faults()
        self.calls = Calls(self.engine, self.faults)
        self.clock = Clock(LAMBDESK)
        self.outbox = Outbox(self.clock)
        self.logs = Logs(LAMBDESK)
        self.accounts: list[str] = []
        self.port = port
        self.functions: Functions
        self.permissions: Permissions
        self.pumps: Pumps
        self.receiving: Receiving
        self.sockets: Sockets
        self.resources: Resources
        self._demo = demo
        self._app = app
        self._settings = dict(settings or {})
        self._template_path = resources
        self._pumping = pumps
        self._site = site
        self._undo = contextlib.ExitStack()
        self._idle: Idle
        self._desk: Desk

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def making_desk(self) -> bool:
        """Whether the demo desk is still being made."""
        return self._desk.making

    def __enter__(self) -> "Stack":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Returns once everything is there, the demo accounts included. Raises CannotStart."""
        global _running
        if _running is not None:
            raise RuntimeError("One Stack at a time.")
        _running = self
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        global _running
        try:
            self._undo.close()
        finally:
            if _running is self:
                _running = None

    def wait_idle(self, timeout: float = 30) -> None:
        """Returns once nothing is under way. Raises TimeoutError."""
        if not asyncio.run(self._idle.wait(timeout)):
            raise TimeoutError(f"Not idle after {timeout} seconds.")

    def _start(self) -> None:
        listening = None
        if self._pumping:
            # Nobody is answered before everything is there.
            listening = serving.bound(HOST, self.port)
            self._undo.callback(listening.close)
            self.port = listening.getsockname()[1]
        self._environment()
        self._undo.enter_context(host.settings_read())
        self._begin(self.engine.start, self.engine.stop)
        self._begin(self.calls.install, self.calls.uninstall)
        self._begin(self.clock.start, self.clock.stop)
        self._begin(self.logs.start, self.logs.stop)
        self.calls.post = self.outbox
        self.resources = Resources(self.engine, self._template_path, host.keys())
        self.resources.create()
        keeper = None
        if listening and self.engine.keeps:
            declared_parameters = self.resources.declared_parameters
            keeper = keeping.opened(self.engine.keeps, self.engine, self.clock, self.outbox, declared_parameters)
            self._begin(keeper.watch, keeper.stop)
        makes_desk = self._demo == "1" and demo_accounts.is_new(self.engine.keeps)
        # Before schedules take their times from it. What an earlier process didn't catch up with is left out.
        self.clock.offset = -BACK if makes_desk else max(0.0, self.clock.offset)
        declared = self.resources.template.environment()
        self._set(declared)
        app = self._imported()
        variables = environment.shared(LAMBDESK, declared, self._settings)
        self.functions = Functions(app, self.resources.template, variables, LAMBDESK.behind_http)
        separation = environment.Separation()
        self._begin(separation.start, separation.stop)
        self._begin(self.functions.deadlines.start, self.functions.deadlines.stop)
        self._permit()
        self.faults.functions = frozenset(self.functions.by_name)
        self.faults.consumers = self.functions.consumers
        if listening is None:
            return
        self.pumps = Pumps(self.resources, self.functions, self.calls, self.faults, self.clock, keeper)
        self._begin(self.pumps.start, self.pumps.stop)
        self.receiving = Receiving(self.resources.template, self.functions, self.faults, self.clock, keeper)
        self._undo.callback(self.receiving.stop)
        gateway = Gateway(self.functions, self.resources.template, self.clock.time)
        polls = sockjs.chat(self.functions, self.resources.template, self.clock.time)
        services = sockjs_services.Services()
        self.sockets = Sockets(self.functions, self.clock, self.faults)
        for server in (gateway, polls, services, self.sockets):
            self._undo.callback(server.close)
        self.clock.on_move.append(self.sockets.expire)
        self.engine.connections = partial(connections.answer, self.sockets)
        held = sockjs.Held(self.calls)
        self._begin(held.start, held.stop)
        self._desk = Desk(self.pumps.glide, self.pumps.schedules.start_due, lambda seconds: self._idle.settle(seconds))
        self._idle = Idle(
            self.calls,
            self.functions,
            self.pumps.readers.values(),
            [*self.pumps.streams, *self.pumps.queues, self.receiving],
            self.pumps.schedules,
            lambda: gateway.under_way + polls.under_way + self.sockets.pending,
            self.pumps.end_windows,
            lambda: held.count,
            lambda: self._desk.making,
        )
        if self._demo is not None:
            self.accounts = demo_accounts.prepare(self.engine.keeps, self._demo)
            self.wait_idle()
        routes = [
            Mount("/api", app=KeptErrors(gateway, self.resources.template, self.clock.time)),
            WebSocketRoute("/ws-chat", endpoint=self.sockets),
            *sockjs.routes(polls, self.sockets),
            Mount(sockjs_services.BASE, app=services),
        ]
        self._serve(listening, routes)
        if makes_desk:
            self._begin(self._desk.start, self._desk.stop)

    def _permit(self) -> None:
        """The functions get the rights that infra/policies gives them."""
        if self._template_path != RESOURCES:
            return  # other apps have no policies
        template = self.resources.template.given(host.parameters())
        self.permissions = Permissions.read(template, self.functions.by_name)
        self.calls.permissions = self.permissions

    def _begin(self, start: Callable[[], object], stop: Callable[[], object]) -> None:
        start()
        self._undo.callback(stop)

    def _environment(self) -> None:
        before = dict(os.environ)

        def restore() -> None:
            os.environ.clear()
            os.environ.update(before)

        self._undo.callback(restore)
        local = host.defaults(self.url)
        os.environ.update({name: value for name, value in local.items() if name not in os.environ})
        os.environ.update(ENVIRONMENT)
        os.environ.update(self._settings)

    def _set(self, variables: Mapping[str, str]) -> None:
        os.environ.update({name: value for name, value in variables.items() if name not in self._settings})

    def _imported(self) -> Any:
        """The app, imported now that the environment is complete."""
        self._undo.enter_context(host.settings_read())
        # What an earlier Stack of this process left there is no longer so.
        parameters.clear_caches()  # type: ignore[no-untyped-call]
        module, _, attribute = self._app.partition(":")
        app = getattr(importlib.import_module(module), attribute)
        host.complete_models()
        return app

    def _serve(self, listening: socket.socket, served: list[BaseRoute]) -> None:
        control = Control(
            self.faults,
            self.pumps,
            self._idle,
            self.outbox,
            self.receiving,
            self.logs,
            self.clock,
            lambda: self.accounts,
        )
        doors = [*Door(self.calls, self.clock, LAMBDESK).routes, *RestDoor(self.calls, self.functions).routes]
        routes = [
            *served,
            Mount("/_local", routes=[*doors, *control.routes]),
            Route("/{path:path}", self._site(self.resources.template)),
        ]
        server = serving.Server(Guard(Starlette(routes=routes), LAMBDESK, [sockjs_services.BASE]), listening)
        self._begin(server.start, server.stop)
