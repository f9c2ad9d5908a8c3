"""deployment.zip: what Lambda's Python can load, the same wherever it is made."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from infra import artefact

MOST_PACKED = 40 * 10**6
"""Bytes that we take: a cold start fetches them."""


@pytest.fixture(scope="module")
def zipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("zip") / "deployment.zip"
    artefact.make(path)
    return path


def test_it_is_small_enough_to_start_quickly(zipped: Path) -> None:
    assert zipped.stat().st_size < MOST_PACKED


@pytest.mark.long
def test_the_same_sources_make_the_same_zip(zipped: Path, tmp_path: Path) -> None:
    artefact.make(tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == zipped.read_bytes()


def test_lambda_can_load_every_library_of_it(zipped: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(zipped) as packed:
        packed.extractall(tmp_path)
    libraries = [path.name for path in tmp_path.rglob("*.so")]
    assert libraries
    assert not [name for name in libraries if "cpython" in name and "-313-" not in name]
    assert artefact.foreign(tmp_path) == []


def test_the_fonts_of_reports_are_in_it(zipped: Path) -> None:
    asked = f"import sys; sys.path[:0] = [{str(zipped)!r}]; from chalicelib.reports import fonts; print(fonts.__file__)"
    printed = f"{asked}; [print(style, file.read_bytes()[:4]) for style, file in fonts.files().items()]"
    found = subprocess.run([sys.executable, "-ISc", printed], capture_output=True, text=True, check=True).stdout
    where, *fonts = found.splitlines()
    assert where.startswith(str(zipped))
    assert fonts == [" b'\\x00\\x01\\x00\\x00'", "B b'\\x00\\x01\\x00\\x00'"]


def test_a_library_that_was_compiled_here_is_found(tmp_path: Path) -> None:
    subprocess.run(
        ["gcc", "-shared", "-o", tmp_path / "local.so", "-xc", "-", "-Wl,--no-as-needed", "-lcrypt"],
        input="int one(void) { return 1; }",
        text=True,
        check=True,
    )
    assert artefact.foreign(tmp_path) == ["local.so needs libcrypt.so.1"]
