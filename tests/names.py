"""Names that documentation strings and comments mention and that exist nowhere: `python -m tests.names` lists them.

A file (`lifecycle.py`) has to be one of the tree. What stands in backticks and looks like a name has to occur in the
code beside it, or be defined somewhere.
"""

import ast
import builtins
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
FOLDERS = ("chalicelib", "infra", "bench", "tests")
ELSEWHERE = (".yaml", ".json", ".sh")
LIBRARIES = ("stomp.py", "stomper.py")
MADE = ("sam.yaml",)
OUTSIDE = {"LAMBDA_TASK_ROOT", "annotation.request_id", "localtime"}
"""Names of Lambda, of X-Ray's queries, of a machine's files."""
_WORD = re.compile(r"[^\W\d][\w-]*")
_QUOTED = re.compile(r"`([^`\n]+)`")
_NAME = re.compile(r"_{0,2}[A-Za-z]\w+(?:\.[A-Za-z_]\w*)*(?:\(\))?")
_FILE = re.compile(r"(?<![\w/*.-])((?:[\w-]+/)*[\w-]+\.(?:py|yaml|md))\b")


class Mention(NamedTuple):
    path: Path
    line: int
    text: str
    """What was mentioned."""


def sources() -> list[Path]:
    found = [ROOT / "app.py", *(file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py")))]
    return [file for file in found if "node_modules" not in file.parts]


def prose(file: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every comment, and of every text that stands as a statement: docstrings, attributes' ones."""
    text = file.read_text()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.lineno, node.value.value


@cache
def known(folder: Path) -> frozenset[str]:
    """Every word that code in this folder may speak of: of the folder's own code, whatever is defined anywhere, and
    every word of the files that aren't Python."""
    own = (word for file in sources() if file.parent == folder for word in _words_of(file))
    return frozenset(own) | _defined() | _elsewhere() | frozenset(dir(builtins))


def _words_of(file: Path) -> Iterator[str]:
    """The words of a file's code, without comments and texts that stand as statements."""
    text = file.read_text()
    statements = {
        node.value.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NAME or (token.type == tokenize.STRING and token.start[0] not in statements):
            yield from _parts(token.string)


@cache
def _defined() -> frozenset[str]:
    """Modules, classes, functions, and what is assigned in modules and classes."""
    found: set[str] = set()
    for file in sources():
        found.update(file.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                found.add(node.name)
            if isinstance(node, (ast.Module, ast.ClassDef, ast.If, ast.With)):
                found.update(_assigned(node))
    return frozenset(found)


def _assigned(scope: ast.Module | ast.ClassDef | ast.If | ast.With) -> Iterator[str]:
    for node in scope.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            yield from (each.id for each in ast.walk(target) if isinstance(each, ast.Name))


@cache
def _elsewhere() -> frozenset[str]:
    found = set(_parts((ROOT / "Makefile").read_text()))
    for folder in ("infra", ".chalice", "docs"):
        for file in (ROOT / folder).rglob("*"):
            if file.suffix in ELSEWHERE:
                found.update(_parts(file.read_text()))
    return frozenset(found)


def _parts(text: str) -> Iterator[str]:
    for word in _WORD.findall(text):
        yield word
        yield from word.split("-")


@cache
def files() -> frozenset[str]:
    return frozenset(
        "/".join(file.relative_to(ROOT).parts[at:])
        for file in ROOT.rglob("*")
        if file.suffix in (".py", ".yaml", ".md") and not {"node_modules", ".local", ".venv"} & set(file.parts)
        for at in range(len(file.relative_to(ROOT).parts))
    )


def unknown(file: Path) -> Iterator[Mention]:
    """What the file's prose mentions and there isn't."""
    for line, text in prose(file):
        for name in _FILE.findall(text):
            if name not in files() and name.rpartition("/")[2] not in LIBRARIES + MADE:
                yield Mention(file, line, name)
        for quoted in _QUOTED.findall(text):
            if quoted in OUTSIDE or not _NAME.fullmatch(quoted) or _FILE.fullmatch(quoted):
                continue
            if any(part not in known(file.parent) for part in re.split(r"[.()]+", quoted) if part):
                yield Mention(file, line, quoted)


def main() -> str | None:
    found = [each for file in sources() for each in unknown(file)]
    return "\n".join(f"{each.path.relative_to(ROOT)}:{each.line}: there is no {each.text}" for each in found) or None


if __name__ == "__main__":
    sys.exit(main())
