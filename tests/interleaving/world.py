"""A small help desk on moto for the interleaving scheduler: the tables as deployed, the functions as Lambda calls them,
streams delivered by hand.
"""

import copy
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from moto.dynamodb.models import dynamodb_backends
from moto.sqs.models import sqs_backends

from chalicelib import ambient
from chalicelib.assignment import handlers
from chalicelib.caller import Caller
from chalicelib.errors import Conflict
from chalicelib.people import agents, service as people, teams
from chalicelib.permissions import Role
from chalicelib.tickets import conversation, service as tickets
from infra.local.engine import moto_tables
from infra.local.engine.account import ACCOUNT, REGION
from infra.local.engine.calls import Call, Calls
from infra.local.engine.engines import Engine
from infra.local.engine.faults import Faults
from infra.local.engine.invocations import Invocation, current as invocation
from infra.local.engine.resources import Resources
from infra.local.engine.template import RESOURCES
from infra.local.lambdesk.host import keys
from tests.interleaving import scheduler
from tests.interleaving.at_rest import mismatches
from tests.interleaving.scheduler import Crash, Run
from tests.interleaving.touches import touched

Record = dict[str, Any]


class World:
    """State that each run starts from, and what actors do in it."""

    def __init__(self, crew: Sequence[dict[str, Any]]) -> None:
        self.delivered: dict[str, int] = {"tickets": 0, "roster": 0}
        self.again: list[tuple[str, Record]] = []
        """Records whose consumer died: delivered once more at the end."""
        self.unfinished: list[Callable[[], object]] = []
        """What died and is called again: a queue's message comes until it is done."""
        people.ensure_first_team()
        teams.ensure("other", "Other")
        self.admin = self.person("admin", "admin")
        self.client = self.person("client", "client")
        self.agents: dict[str, Caller] = {}
        for each in crew:
            self.hire(each)
        self.deliver()

    # --- people and tickets ---

    def person(self, name: str, role: Role, **more: Any) -> Caller:
        account = people.create_account(email=f"{name}@example.com", name=name, role=role, email_verified=True, **more)
        return Caller(account.id, role, account.team, name, account.email, session_id="session", via="bearer")

    def hire(self, agent: dict[str, Any]) -> None:
        """Makes an agent: `name`, and if it matters `available`, `capacity`, `team`."""
        wanted = {"team": "support", "capacity": None, "available": True} | agent
        hired = self.person(wanted["name"], "agent", team=wanted["team"], capacity=wanted["capacity"])
        if wanted["available"]:
            agents.set_availability(hired.id, "available")
        self.agents[wanted["name"]] = hired

    def file(self, priority: str = "medium", ticket_id: str | None = None) -> str:
        filing = {"title": "t", "description": "d", "priority": priority, "tags": [], "custom_fields": {}}
        made = tickets.create(
            self.client, {**filing, "client_id": None, "team": None}, ticket_id or ambient.new_id(), "api"
        )
        return str(made.id)

    def set_capacity(self, name: str, capacity: int | None) -> None:
        people.change_account(self.agents[name].id, {"capacity": capacity})

    def deactivate(self, name: str) -> None:
        people.change_account(self.agents[name].id, {"active": False})

    def activate(self, name: str) -> None:
        people.change_account(self.agents[name].id, {"active": True})

    def assignee(self, ticket_id: str) -> Caller:
        ticket = tickets.read(ticket_id)
        assert ticket is not None
        return next(agent for agent in self.agents.values() if agent.id == ticket.assignee_id)

    def change(self, who: Caller, ticket_id: str, **wanted: Any) -> None:
        tickets.change(who, tickets.visible(who, ticket_id, whole=True), wanted, None)

    def comment(self, who: Caller, ticket_id: str) -> None:
        """Says something, unless the ticket was closed first."""
        with suppress(Conflict):
            conversation.add_comment(who, tickets.visible(who, ticket_id), "Not yet.", ambient.new_id())

    def close(self, who: Caller, ticket_id: str) -> None:
        """Closes a resolved ticket, unless it was reopened first."""
        with suppress(Conflict):
            self.change(who, ticket_id, status="closed")

    # --- streams ---

    def take(self) -> list[tuple[str, Record]]:
        """Records not yet delivered that pass the functions' filters."""
        taken = []
        for name, wanted in (("tickets", "unsettled"), ("roster", "knock")):
            table = dynamodb_backends[ACCOUNT][REGION].tables[f"lambdesk-{name}"]
            assert table.stream_shard is not None
            records = [item.to_json() for item in table.stream_shard.items[self.delivered[name] :]]
            self.delivered[name] += len(records)
            taken += [(name, each) for each in records if wanted in each["dynamodb"].get("NewImage", {})]
        return taken

    def consume(self, records: Sequence[tuple[str, Record]]) -> None:
        """Hands records to their functions; those of a function that dies or fails are delivered again later."""
        for name, function in (("tickets", handlers.ticket_changes), ("roster", handlers.roster_changes)):
            batch = [record for stream, record in records if stream == name]
            if not batch:
                continue
            try:
                failures = function({"Records": batch})["batchItemFailures"]
            except scheduler.Killed:
                self.again += [(name, record) for record in batch]
                raise
            if failures:
                self.again += [(name, record) for record in batch]

    def deliver(self) -> None:
        """Everything, until nothing is left: records, redeliveries, the requeueing job."""
        for _ in range(50):
            records, self.again = [*self.again, *self.take()], []
            messages = list(self._messages())
            unfinished, self.unfinished = self.unfinished, []
            if not records and not messages and not unfinished:
                return
            for call in unfinished:
                call()
            self.consume(records)
            for body in messages:
                answer = handlers.requeue_requests({"Records": [{"messageId": "m", "body": body}]})
                assert not answer["batchItemFailures"]
        raise AssertionError("the streams don't come to rest")

    def _messages(self) -> Iterator[str]:
        for queue in sqs_backends[ACCOUNT][REGION].queues.values():
            for message in list(queue._messages):
                yield message.body
            queue._messages.clear()

    # --- actors ---

    def then_deliver(self, act: Callable[[], object]) -> Callable[[], None]:
        """An actor: does something, then the consumers see what came of it."""

        def body() -> None:
            act()
            self.consume(self.take())

        return body

    def until_done(self, act: Callable[[], object]) -> Callable[[], None]:
        """An actor: a message that is handled again when its function dies."""

        def body() -> None:
            try:
                act()
            except scheduler.Killed:
                self.unfinished.append(act)
                raise

        return body

    def snapshot(self) -> "_Snapshot":
        return _Snapshot(self)


class _Snapshot:
    """The tables as they are, to begin each run from."""

    def __init__(self, world: World) -> None:
        self._tables = _tables()
        self._items = {name: copy.deepcopy(table.items) for name, table in self._tables.items()}
        self._records = {
            name: list(table.stream_shard.items) for name, table in self._tables.items() if table.stream_shard
        }
        self._delivered = dict(world.delivered)

    def restore(self, world: World) -> None:
        for name, table in self._tables.items():
            table.items = copy.deepcopy(self._items[name])
            table.__dict__.pop("_noted", None)
            for partition in table.items.values():
                for item in partition.values() if table.has_range_key else [partition]:
                    moto_tables._note(table, item)
            if table.stream_shard:
                table.stream_shard.items = list(self._records[name])
        world.delivered = dict(self._delivered)
        world.again = []
        world.unfinished = []
        for queue in sqs_backends[ACCOUNT][REGION].queues.values():
            queue._messages.clear()


def _tables() -> dict[str, Any]:
    return dict(dynamodb_backends[ACCOUNT][REGION].tables)


@contextmanager
def desk() -> Iterator[None]:
    """moto in this process, each DynamoDB call of an actor a step of the scheduler, no waiting between attempts."""
    engine = Engine()
    calls = Calls(engine, Faults())
    calls.before_each = _step
    engine.start()
    calls.install()
    sleep, ambient.sleep = ambient.sleep, lambda _: None
    try:
        Resources(engine, RESOURCES, keys()).create()
        yield
    finally:
        ambient.sleep = sleep
        calls.uninstall()
        engine.stop()


def _step(call: Call) -> None:
    actor = scheduler.current.get()
    if actor is not None and call.service in ("dynamodb", "sesv2"):
        actor.before_call(touched(call.operation, call.params))


def invoked(body: Callable[[], None]) -> Callable[[], None]:
    """The actor as an invocation of a function: only their calls are stepped."""

    def run() -> None:
        invocation.set(Invocation("actor"))
        body()

    return run


Actors = Sequence[Callable[[], None]]


class Race:
    """A race: a world, and what happens in it at the same time."""

    def __init__(self, world: World, actors: Actors) -> None:
        self.world = world
        self.actors = actors
        self._start = world.snapshot()

    def run(self, schedule: Sequence[int] = (), crash: Crash | None = None) -> Run:
        """One schedule from the start, and all deliveries that follow it."""
        self._start.restore(self.world)
        made = scheduler.run([invoked(actor) for actor in self.actors], schedule, crash)
        for error in made.errors.values():
            if not isinstance(error, scheduler.Killed):
                raise error
        self.world.deliver()
        return made

    def wrong(self, schedule: Sequence[int] = (), crash: Crash | None = None) -> list[str]:
        """What is not as it should be at rest after this schedule."""
        self.run(schedule, crash)
        return mismatches()

    def check(self, limit: int, crashes: int = 0) -> int:
        """Explores up to `limit` schedules, and a crash before each call in the first `crashes` of them. Answers how
        many were run; a failing one is printed so that it can be run again by itself."""
        count = 0
        for schedule, crash in self.orders(limit, crashes):
            wrong = mismatches()
            assert not wrong, f"{schedule=} {crash=}: {wrong}"
            count += 1
        return count

    def orders(self, limit: int, crashes: int) -> Iterator[tuple[list[int], Crash | None]]:
        """Runs up to `limit` schedules, and each of the first `crashes` again with a crash before each call. Yields
        after each run, so that the caller can look at how things are."""
        for number, made in enumerate(scheduler.explore(self.run, limit)):
            yield made.schedule, None
            for crash in self.crashes(made) if number < crashes else ():
                self.run(made.schedule, crash)
                yield made.schedule, crash

    def crashes(self, made: Run) -> Iterator[Crash]:
        """A death of each actor before each of the calls it made."""
        return (Crash(actor, call) for actor in range(len(self.actors)) for call in range(made.calls_of(actor)))
