"""A file in which things are kept, each under a kind and a key: SQLite, so that a process killed in the middle of a
write leaves what was there before or what it wrote."""

import sqlite3
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path

FORMAT = 1
"""To be raised when what is written means something else."""


class AnotherFormat(Exception):
    """The file was written by a version that kept things otherwise."""


class Store:
    """Open until `close`. What `write` took is there after the process's death (not after the machine's)."""

    def __init__(self, path: Path) -> None:
        path.touch(mode=0o600)  # keys that sign are among it
        self._lock = threading.Lock()
        self._file = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._file.execute("PRAGMA journal_mode = WAL")
        self._file.execute("PRAGMA synchronous = NORMAL")
        self._file.execute(
            "CREATE TABLE IF NOT EXISTS kept (kind TEXT, key TEXT, value BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID"
        )
        found = self._file.execute("PRAGMA user_version").fetchone()[0]
        if found not in (0, FORMAT):
            raise AnotherFormat(f"{path} has format {found}, this is {FORMAT}")
        self._file.execute(f"PRAGMA user_version = {FORMAT}")

    def close(self) -> None:
        with self._lock:
            self._file.close()

    def read(self, kind: str) -> dict[str, bytes]:
        """Everything of a kind, by key, in the keys' order."""
        with self._lock:
            rows = self._file.execute("SELECT key, value FROM kept WHERE kind = ? ORDER BY key", (kind,))
            return dict(rows.fetchall())

    def write(self, kind: str, values: Mapping[str, bytes], gone: Iterable[str] = ()) -> None:
        """Puts `values`, removes what is `gone`: all of it or nothing."""
        with self._lock:
            self._file.execute("BEGIN")
            try:
                self._file.executemany("DELETE FROM kept WHERE kind = ? AND key = ?", [(kind, key) for key in gone])
                rows = [(kind, key, value) for key, value in values.items()]
                self._file.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
            except BaseException:
                self._file.execute("ROLLBACK")
                raise
            self._file.execute("COMMIT")
