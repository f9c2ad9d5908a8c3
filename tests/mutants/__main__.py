"""`make mutate`: changes the rules one place at a time and runs their tests; a change that no test notices is shown.

What survives and makes no difference stands in `judged.txt` with the reason. ARGS: parts of file names, for some only;
JOBS: how many changes are tried at the same time (2).
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
WORK = ROOT / ".local" / "mutants"
TOOL = ROOT / ".local" / "mutate" / "bin" / "cosmic-ray"
JUDGED = Path(__file__).with_name("judged.txt")

TESTS = {
    "assignment/plan.py": "assignment",
    "attachments/filenames.py": "attachments",
    "auth/families.py": "auth/test_families.py",
    "chat/protocols.py": "chat",
    "chat/session.py": "chat",
    "chat/sockjs/codec.py": "chat/test_sockjs.py",
    "chat/sockjs/pages.py": "chat/test_sockjs.py",
    "chat/stomp/decoder.py": "chat",
    "mail_in/judgement.py": "mail_in",
    "metrics/figures.py": "metrics replay/test_recount.py",
    "metrics/periods.py": "metrics",
    "metrics/sketch.py": "metrics",
    "notifications/policy.py": "notifications",
    "permissions.py": "test_contract_routes.py",
    "search/words.py": "search",
    "tickets/abilities.py": "tickets",
    "tickets/filters.py": "tickets",
    "tickets/kinds.py": "tickets",
    "tickets/lifecycle.py": "tickets",
    "tickets/marks.py": "tickets assignment",
    "tickets/policy.py": "tickets",
}
"""A file of rules below chalicelib/ -> the tests below tests/unit that have to notice a change of it."""

OPERATORS = (
    r"core/(AddNot|Replace(AndWithOr|OrWithAnd|TrueWithFalse|FalseWithTrue|ContinueWithBreak|BreakWithContinue)"
    r"|NumberReplacer|ZeroIterationForLoop|ReplaceUnaryOperator_Delete_Not"
    r"|ReplaceComparisonOperator_(Eq_NotEq|NotEq_Eq|Is_IsNot|IsNot_Is|In_NotIn|NotIn_In|Lt_LtE|LtE_Lt|Gt_GtE|GtE_Gt"
    r"|Lt_Gt|Gt_Lt|LtE_GtE|GtE_LtE)|ReplaceBinaryOperator_(Add_Sub|Sub_Add|Mul_Div|Div_Mul|FloorDiv_Div))"
    r"|lambdesk/RemoveEntry"
)
"""Conditions, comparisons, numbers and tables' cells. Not texts, not `|` (in types it is no operation)."""

SECONDS = 60
"""A test run that takes longer has noticed: the change made it go on for ever."""


class Survivor(NamedTuple):
    path: str
    operator: str
    line: str
    """The changed line as it is in the file, so that a judgement outlives a change of line numbers."""
    number: int
    diff: str

    def key(self) -> str:
        return f"{self.path} | {self.operator} | {self.line}"


def copy(folder: Path) -> None:
    """The tree as git knows it, with uncommitted changes: Cosmic Ray changes files in place."""
    shutil.rmtree(folder, ignore_errors=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if name.startswith(("web/", "bench/")) or not (ROOT / name).is_file():
            continue
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    # How Cosmic Ray finds our operator.
    plugin = folder / "lambdesk_mutants-0.dist-info"
    plugin.mkdir()
    (plugin / "METADATA").write_text("Metadata-Version: 2.1\nName: lambdesk-mutants\nVersion: 0\n")
    (plugin / "entry_points.txt").write_text(
        "[cosmic_ray.operator_providers]\nlambdesk = tests.mutants.cells:Provider\n"
    )


def survivors(folder: Path, path: str, tests: str) -> tuple[int, list[Survivor]]:
    """How many changes of one file were tried in this copy, and which nobody noticed."""
    command = f"{sys.executable} -m pytest -x -q -n 0 -p no:cacheprovider --no-header -W ignore " + " ".join(
        f"tests/unit/{each}" for each in tests.split()
    )
    config, session = folder / "cosmic.toml", folder / "session.sqlite"
    config.write_text(
        f'[cosmic-ray]\nmodule-path = "chalicelib/{path}"\ntimeout = {SECONDS}.0\nexcluded-modules = []\n'
        f'test-command = "{command}"\n[cosmic-ray.distributor]\nname = "local"\n'
        f"[cosmic-ray.filters.operators-filter]\nexclude-operators = ['(?!({OPERATORS})$)']\n"
    )
    _run(folder, "sh", "-c", command)  # the tests pass before anything is changed
    _run(folder, str(TOOL), "init", "--force", config.name, session.name)
    _run(folder, str(TOOL.with_name("cr-filter-operators")), session.name, config.name)
    _run(folder, str(TOOL), "exec", config.name, session.name)
    return _read(session, (ROOT / "chalicelib" / path).read_text().splitlines(), path)


def _read(session: Path, lines: list[str], path: str) -> tuple[int, list[Survivor]]:
    with sqlite3.connect(session) as database:
        rows = database.execute(
            "SELECT operator_name, start_pos_row, test_outcome, diff FROM mutation_specs JOIN work_results "
            "USING (job_id) WHERE worker_outcome != 'SKIPPED' ORDER BY start_pos_row, operator_name"
        ).fetchall()
    left = [
        Survivor(path, operator, lines[row - 1].strip(), row, diff)
        for operator, row, outcome, diff in rows
        if outcome == "SURVIVED" and not _is_idle(operator, lines[row - 1].lstrip())
    ]
    return len(rows), left


def _is_idle(operator: str, line: str) -> bool:
    """Whether the change of the line changes nothing that runs: a dataclass's options, the `*` of a signature."""
    return line.startswith("@dataclass") or (operator.endswith("Mul_Div") and line.startswith(("def ", "*,")))


def _run(folder: Path, *command: str) -> None:
    done = subprocess.run(
        command, cwd=folder, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(folder)}, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def main() -> str | None:
    wanted = {path: tests for path, tests in TESTS.items() if not sys.argv[1:] or any(a in path for a in sys.argv[1:])}
    judged = {line for line in JUDGED.read_text().splitlines() if " | " in line and not line.startswith("#")}
    folders = [WORK / str(number) for number in range(int(os.environ.get("JOBS", "2")))]
    for folder in folders:
        copy(folder)
    free = list(folders)

    def one(path: str) -> tuple[int, list[Survivor]]:
        folder = free.pop()
        try:
            return survivors(folder, path, wanted[path])
        finally:
            free.append(folder)

    began, tried, new, seen = time.monotonic(), 0, list[Survivor](), set[str]()
    with ThreadPoolExecutor(len(folders)) as workers:
        for path, (count, left) in zip(wanted, workers.map(one, wanted), strict=True):
            tried += count
            seen |= {each.key() for each in left}
            fresh = [each for each in left if each.key() not in judged]
            new += fresh
            for each in fresh:
                print(f"\n{each.key()}\nchalicelib/{each.path}:{each.number}\n{each.diff}")
            print(f"{path}: {count} changes, {len(left)} not noticed, {len(fresh)} of them not judged", flush=True)
    for key in sorted(judged - seen):
        if key.split(" | ")[0] in wanted:
            print(f"Judged, but noticed by now or not there: {key}")
    print(f"{tried} changes in {(time.monotonic() - began) / 60:.0f} minutes.")
    return f"{len(new)} changes that no test notices." if new else None


if __name__ == "__main__":
    sys.exit(main())
