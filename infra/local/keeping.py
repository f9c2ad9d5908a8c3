"""What has to outlive the process besides the tables, for an engine that keeps those: how far each stream was read,
and the messages that are still in queues (which moto holds in memory)."""

import json
import logging
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from infra.local.calls import Call
from infra.local.queues import QueueMapping
from infra.local.streams import StreamReader

_EVERY = 2.0

log = logging.getLogger("infra.local")


class Keeper:
    """Writes it down beside the tables. After a crash some of it may be done twice, and nothing is lost."""

    def __init__(self, folder: Path) -> None:
        self._positions = folder / "stream-positions.json"
        self._messages = folder / "queued-messages.jsonl"
        self._readers: Mapping[str, StreamReader] = {}
        self._queues: list[QueueMapping] = []
        self._written: dict[str, dict[str, str]] = {}
        self._writing = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    def positions(self) -> dict[str, dict[str, str]]:
        """Where each table's stream is to be read on from."""
        if not self._positions.exists():
            return {}
        kept: dict[str, dict[str, str]] = json.loads(self._positions.read_text())
        return kept

    def start(self, sqs: Any, readers: Mapping[str, StreamReader], queues: Iterable[QueueMapping]) -> None:
        """Puts back into their queues the messages that were in them; from now on keeps what comes."""
        self._readers = readers
        self._queues = list(queues)
        if self._messages.exists():
            for line in self._messages.read_text().splitlines():
                try:
                    kept = json.loads(line)
                except ValueError:
                    # The last line of a process that was killed while it wrote: its call was never answered.
                    continue
                getattr(sqs, kept["method"])(**kept["params"])
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(timeout=10)
        self._save()

    def notice(self, call: Call) -> None:
        """Told of every call that may have sent messages, before its sender is answered."""
        methods = {"SendMessage": "send_message", "SendMessageBatch": "send_message_batch"}
        if call.service == "sqs" and call.operation in methods:
            line = json.dumps({"method": methods[call.operation], "params": call.params})
            with self._writing, self._messages.open("a") as file:
                file.write(line + "\n")

    def _run(self) -> None:
        while not self._stopping.wait(_EVERY):
            try:
                self._save()
            except Exception:
                log.exception("What has to be kept can't be written")

    def _save(self) -> None:
        positions = {name: reader.position for name, reader in self._readers.items()}
        if positions != self._written:
            fresh = self._positions.with_suffix(".new")
            fresh.write_text(json.dumps(positions))
            fresh.replace(self._positions)
            self._written = positions
        with self._writing:
            # Written before their send is done, so an empty queue with no send under way has all of them done.
            if self._messages.exists() and not any(queue.pending for queue in self._queues):
                self._messages.unlink()
