"""deployment.zip: what runs in Lambda, made the same wherever it is made.

The wheels are those of Lambda's platform, fetched by uv with the hashes of requirements.txt; nothing is compiled here,
and nothing of this machine gets in. The same sources give the same bytes.
"""

import inspect
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import chalice
import chalice.app
from elftools.elf.dynamic import DynamicSection
from elftools.elf.elffile import ELFFile
from elftools.elf.gnuversions import GNUVerNeedSection

ROOT = Path(__file__).parents[1]
PYTHON = "3.13"
"""Lambda's python3.13 runs on Amazon Linux 2023."""
PLATFORM = "x86_64-manylinux_2_34"
GLIBC = (2, 34)
"""Amazon Linux 2023's."""
SERVICES = frozenset({"apigatewaymanagementapi", "dynamodb", "s3", "sesv2", "sqs", "ssm", "sts", "xray"})
"""What functions call; botocore describes 400 other services in 20 MB."""
LEFT_OUT = frozenset({"PIL", "pillow.libs"})
"""Pillow: fpdf2 needs it for pictures alone, and reports hold none."""
FONTS = frozenset({"__init__.py", "FiraGO_Regular.py", "FiraGO_Bold.py"})
"""Of pymupdf_fonts: what reports are set in, a ninth of the package. It imports each font when it is asked for."""

_SYSTEM = re.compile(r"(ld-linux-x86-64|lib(c|m|dl|rt|pthread|gcc_s|stdc\+\+|z))\.so(\.\d+)*")
"""Libraries that Lambda's image has."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Foreign(Exception):
    """A library was fetched that Lambda could not load. The message names each, and what it lacks."""


def make(zipped: Path, python: str = PYTHON) -> None:
    """Writes the zip for a Python `3.x` of Lambda's.

    Raises CalledProcessError where a wheel is not to be had, Foreign where one would not load there.
    """
    packages = zipped.with_suffix(".packages")
    shutil.rmtree(packages, ignore_errors=True)
    try:
        _fetch(packages, python)
        if found := foreign(packages):
            raise Foreign("; ".join(found))
        _write(zipped, sorted([*_of_packages(packages), *_of_app()]))
    finally:
        shutil.rmtree(packages, ignore_errors=True)


def foreign(folder: Path) -> list[str]:
    """What Lambda could not load of the libraries below `folder`: a sentence each."""
    own = {path.name for path in folder.rglob("*.so*")}
    found = []
    for path in sorted(folder.rglob("*.so*")):
        with path.open("rb") as opened:
            elf = ELFFile(opened)
            if elf.get_machine_arch() != "x64":
                found.append(f"{path.name} is made for {elf.get_machine_arch()}")
                continue
            found += [f"{path.name} {each}" for each in _misses(elf, own)]
    return found


def _misses(elf: ELFFile, own: set[str]) -> Iterator[str]:
    for section in elf.iter_sections():
        if isinstance(section, DynamicSection):
            for tag in section.iter_tags("DT_NEEDED"):
                needed = str(tag.needed)  # type: ignore[attr-defined]
                if needed not in own and not _SYSTEM.fullmatch(needed):
                    yield f"needs {needed}"
        if isinstance(section, GNUVerNeedSection):
            for _, versions in section.iter_versions():
                for version in versions:
                    asked = re.fullmatch(r"GLIBC_(\d+)\.(\d+)(?:\.\d+)?", version.name)
                    if asked and (int(asked[1]), int(asked[2])) > GLIBC:
                        yield f"needs {version.name}"


def _fetch(folder: Path, python: str) -> None:
    uv = Path(sys.executable).with_name("uv")
    choice = ["--python-version", python, "--python-platform", PLATFORM, "--only-binary", ":all:"]
    how = ["--quiet", "--no-deps", "--require-hashes", "--no-compile-bytecode", "--link-mode", "copy"]
    wanted = ROOT / "requirements.txt"
    subprocess.run([uv, "pip", "install", *how, *choice, "--target", folder, "-r", wanted], check=True)


def _of_packages(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder)
        if path.is_file() and _is_used(name):
            yield name.as_posix(), path


def _is_used(name: Path) -> bool:
    if name.parts[0] in LEFT_OUT or name.parts[0] == "bin" or "__pycache__" in name.parts:
        return False
    if name.suffix == ".c":  # sources of what Cython compiled
        return False
    if name.parts[0] == "pymupdf_fonts":
        return name.name in FONTS
    if name.parts[:2] == ("botocore", "data") and len(name.parts) > 3:
        return name.parts[2] in SERVICES
    return not (name.parts[0].endswith(".dist-info") and name.name in ("RECORD", "INSTALLER", "REQUESTED"))


def _of_app() -> Iterator[tuple[str, Path]]:
    """Our own code, and the two files of Chalice that run in Lambda."""
    yield "app.py", ROOT / "app.py"
    yield "chalice/__init__.py", Path(inspect.getfile(chalice))
    yield "chalice/app.py", Path(inspect.getfile(chalice.app))
    for path in (ROOT / "chalicelib").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(ROOT).as_posix(), path


def _write(zipped: Path, members: list[tuple[str, Path]]) -> None:
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, path in members:
            member = zipfile.ZipInfo(name, _EPOCH)
            member.external_attr = 0o644 << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(member, path.read_bytes())
