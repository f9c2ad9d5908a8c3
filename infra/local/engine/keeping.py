"""What has to outlive the process besides the tables, for an engine that keeps those: messages in queues, objects,
parameters, sent mail, the clock, when schedules are due, and how far each stream was read.

What moto holds is compared with what was kept after each call that may have changed it, before the caller is answered.
A stream's position may be behind: its records then come twice, as they may in AWS.
"""

import json
import logging
import pickle
import sqlite3
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from moto.s3.models import FakeBucket, s3_backends
from moto.sqs.models import Message, Queue, sqs_backends

from infra.local.engine.account import ACCOUNT, REGION, client
from infra.local.engine.calls import Call
from infra.local.engine.clock import Clock
from infra.local.engine.engines import Engine
from infra.local.engine.mail import Outbox
from infra.local.engine.store import AnotherFormat, Store
from infra.local.errors import CannotStart, afresh

_EVERY = 1.0
_PARAMETER = ("Name", "Value", "Type")

log = logging.getLogger("infra.local")


class Keeper:
    """`restore` once the resources are made, then `watch`; `follow` what moves by itself; `stop`."""

    def __init__(self, store: Store, engine: Engine, clock: Clock, outbox: Outbox) -> None:
        self._store = store
        self._engine = engine
        self._clock = clock
        self._outbox = outbox
        self._messages: dict[str, dict[str, int]] = {}
        """By queue: how often each message was received."""
        self._objects: dict[str, tuple[Any, ...]] = {}
        """By bucket and key: what tells an object's versions from others."""
        self._mails = 0
        self._due: Callable[[], Mapping[str, float]] = dict
        self._positions: Callable[[], Mapping[str, dict[str, str]]] = dict
        self._written: dict[str, dict[str, bytes]] = {"due": {}, "position": {}}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    # --- at the start ---

    def restore(self, ssm: Any, declared: Iterable[str]) -> None:
        """Puts back what was kept. `declared`: parameters whose value is the template's."""
        self._clock.offset = float(self._store.read("clock").get("offset", b"0"))
        with self._engine.lock:
            for queue in _queues():
                self._restore_messages(queue)
            for bucket in _buckets():
                self._restore_objects(bucket)
        kept = {name: json.loads(value) for name, value in self._store.read("parameter").items()}
        for parameter in kept.values():
            ssm.put_parameter(**parameter, Overwrite=True)
        self._keep_parameters({*declared, *kept})
        for value in self._store.read("mail").values():
            self._outbox.restore(json.loads(value))
            self._mails += 1

    def positions(self) -> dict[str, dict[str, str]]:
        """Where each table's stream is to be read on from."""
        return {table: json.loads(value) for table, value in self._store.read("position").items()}

    def due(self) -> dict[str, float]:
        """When each function's schedule was due next."""
        return {function: float(value) for function, value in self._store.read("due").items()}

    def watch(self) -> None:
        self._engine.changed = self.changed
        self._outbox.on_accept = self._keep_mail
        self._clock.on_move.append(self._keep_clock)

    def follow(
        self, positions: Callable[[], Mapping[str, dict[str, str]]], due: Callable[[], Mapping[str, float]]
    ) -> None:
        """Starts to write down, once a second, how far streams are read and when schedules are due."""
        self._positions, self._due = positions, due
        self._thread.start()

    # --- what is under way, and moto doesn't know of ---

    def hold(self, kind: str, key: str, value: dict[str, Any]) -> None:
        """Keeps it until it is let go."""
        self._store.write(kind, {key: json.dumps(value).encode()})

    def let_go(self, kind: str, key: str) -> None:
        self._store.write(kind, {}, [key])

    def held(self, kind: str) -> dict[str, dict[str, Any]]:
        """What an earlier process left undone, by key."""
        return {key: json.loads(value) for key, value in self._store.read(kind).items()}

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)
            self._save()
        self._engine.changed = None
        self._store.close()

    # --- while it runs ---

    def changed(self, call: Call) -> None:
        """Told of every call to moto that succeeded, with the engine's lock held."""
        if call.service == "sqs":
            self.keep_queues()
        elif call.service == "s3" and not call.operation.startswith(("Get", "Head", "List")):
            for bucket in _buckets():
                self._keep_objects(bucket)
        elif call.name == "ssm:PutParameter":
            parameter = {field: call.params[field] for field in _PARAMETER if field in call.params}
            self._store.write("parameter", {parameter["Name"]: json.dumps(parameter).encode()})
        elif call.name == "ssm:DeleteParameter":
            self._store.write("parameter", {}, [call.params["Name"]])

    def keep_queues(self) -> None:
        with self._engine.lock:
            for queue in _queues():
                known = self._messages.setdefault(queue.name, {})
                now = {message.id: message.approximate_receive_count for message in queue._messages}
                if now != known:
                    self._keep_messages(queue, known, now)

    def keep_delays(self) -> None:
        """The clock was moved, and with it when delayed messages are due."""
        with self._engine.lock:
            for queue in _queues():
                delayed = {message.id: -1 for message in queue._messages if message.delayed_until}
                self._messages.setdefault(queue.name, {}).update(delayed)
        self.keep_queues()

    def _keep_messages(self, queue: Queue, known: dict[str, int], now: dict[str, int]) -> None:
        fresh = [message for message in queue._messages if known.get(message.id) != now[message.id]]
        values = {f"{queue.name}/{message.id}": pickle.dumps(message) for message in fresh}
        self._store.write("message", values, [f"{queue.name}/{each}" for each in known.keys() - now.keys()])
        self._messages[queue.name] = now

    def _restore_messages(self, queue: Queue) -> None:
        prefix = f"{queue.name}/"
        for key, value in self._store.read("message").items():
            if key.startswith(prefix):
                message: Message = pickle.loads(value)  # noqa: S301 - written by this module
                # Whoever had it is gone.
                message.visible_at = 0.0
                queue._messages.append(message)
        queue._messages.sort(key=lambda message: message.sent_timestamp or 0)
        self._messages[queue.name] = {message.id: message.approximate_receive_count for message in queue._messages}

    def _keep_objects(self, bucket: FakeBucket) -> None:
        now = {f"{bucket.name}/{key}": versions for key, versions in bucket.keys.lists()}
        known = {key for key in self._objects if key.startswith(f"{bucket.name}/")}
        fresh = {key: versions for key, versions in now.items() if self._objects.get(key) != _told(versions)}
        gone = known - now.keys()
        if fresh or gone:
            self._store.write("object", {key: pickle.dumps(versions) for key, versions in fresh.items()}, gone)
        self._objects |= {key: _told(versions) for key, versions in fresh.items()}
        for key in gone:
            del self._objects[key]

    def _restore_objects(self, bucket: FakeBucket) -> None:
        prefix = f"{bucket.name}/"
        for key, value in self._store.read("object").items():
            if key.startswith(prefix):
                versions = pickle.loads(value)  # noqa: S301 - written by this module
                bucket.keys.setlist(key.removeprefix(prefix), versions)
                self._objects[key] = _told(versions)

    def _keep_parameters(self, known: set[str]) -> None:
        for name, found in self._engine.parameters.by_name.items():
            if name not in known:
                value = {"Name": name, "Value": found.value, "Type": found.type}
                self._store.write("parameter", {name: json.dumps(value).encode()})

    def _keep_mail(self, message: dict[str, Any]) -> None:
        self._mails += 1
        self._store.write("mail", {f"{self._mails:012d}": json.dumps(message).encode()})

    def _keep_clock(self) -> None:
        self._store.write("clock", {"offset": repr(self._clock.offset).encode()})

    def _run(self) -> None:
        while not self._stopping.wait(_EVERY):
            try:
                self._save()
            except Exception:
                log.exception("What has to be kept can't be written")

    def _save(self) -> None:
        positions = {table: json.dumps(position).encode() for table, position in self._positions().items()}
        due = {function: repr(at).encode() for function, at in self._due().items()}
        for kind, values in (("position", positions), ("due", due)):
            if values != self._written[kind]:
                self._store.write(kind, values)
                self._written[kind] = values


def opened(folder: Path, engine: Engine, clock: Clock, outbox: Outbox, declared_parameters: Iterable[str]) -> Keeper:
    """Restores what an earlier run kept in the folder, and returns its keeper. Raises CannotStart."""
    try:
        keeper = Keeper(Store(folder / "kept.sqlite"), engine, clock, outbox)
        keeper.restore(client("ssm"), declared_parameters)
    except (AnotherFormat, sqlite3.Error, pickle.UnpicklingError, AttributeError, ImportError) as error:
        raise CannotStart(f"What is kept can't be read ({error}). Start afresh with: {afresh(folder)}") from error
    return keeper


def _queues() -> list[Queue]:
    return list(sqs_backends[ACCOUNT][REGION].queues.values())


def _buckets() -> list[FakeBucket]:
    return list(s3_backends[ACCOUNT]["aws"].buckets.values())


def _told(versions: list[Any]) -> tuple[Any, ...]:
    return tuple((version.version_id, version.last_modified) for version in versions)
