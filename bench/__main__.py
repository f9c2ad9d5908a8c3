"""`make bench`: every figure a ratio or a count within one run. Prints the table of bench/README.md, part by part
(`python -m bench cold` for one): each part is a process of its own, so that none warms another."""

import subprocess
import sys
from pathlib import Path

PARTS = ("flat", "speed", "handlers", "cold", "reports", "listeners", "size")


def flat() -> None:
    from bench.flat import FEW, MANY, compared

    cases, differing = compared()
    row("cases that cost the same", f"{cases - len(differing)} of {cases}", f"tickets, agents: {FEW}, {MANY}")
    for case, costs in differing.items():
        row(f"not the same: {case}", costs, "")


def speed() -> None:
    from bench.speed import measured

    found = measured()
    row("POST to assigned", f"{found.wait:.1f} put_items", "wall clock, median")
    row("an assignment in a batch of 16", f"{found.assignment:.2f} put_items", f"CPU; {found.put_milliseconds:.2f} ms")


def handlers() -> None:
    from bench.handlers import MOST, OWN_LIST, TEAM_LIST, ratios

    found = ratios()
    for name, each in found.items():
        row(name, f"{each.ratio:.2f} ×", f"at most {MOST}; by hand {each.milliseconds:.2f} ms; calls: {each.calls}")
    team, own = (found[name].ratio * found[name].milliseconds for name in (TEAM_LIST, OWN_LIST))
    row("a team's list ÷ a client's", f"{team / own:.2f}", "at most 1.5")


def cold() -> None:
    from bench.cold import MOST, handlers, imports, ratios

    for handler, ratio in ratios().items():
        row(f"cold start of {handler}", f"{ratio:.2f} ×", f"at most {MOST}")
    for handler in handlers()[:1]:
        for package, milliseconds in imports(handler).items():
            row(f"{handler} imports {package}", f"{milliseconds:.0f} ms", "")


def reports() -> None:
    from bench.reports import CASES, run

    for name in CASES:
        found = run(name)
        took = f"{found['peak']:.0f} MB peak, {found['ratio']:.1f} × a client of boto3's"
        row(name, took, f"CPU {found['seconds']:.2f} s, file {found['size']:.2f} MB")


def listeners() -> None:
    from bench.listeners import measured

    found = measured()
    row("a message to 200", f"{found.message:.1f} messages to 2", f"wall clock, median; {found.milliseconds:.0f} ms")
    row("the last 50 of 200 subscriptions", f"{found.subscribing:.2f} first 50", "wall clock")


def size() -> None:
    zipped = Path(__file__).parents[1] / "out" / "deployment.zip"
    if zipped.exists():
        row("deployment.zip", f"{zipped.stat().st_size / 2**20:.1f} MiB", "make package")


def row(what: str, figure: str, more: str) -> None:
    sys.stderr.write(f"| {what} | {figure} | {more} |\n")


if __name__ == "__main__":
    wanted = sys.argv[1:]
    if len(wanted) == 1:
        globals()[wanted[0]]()
    else:
        for part in wanted or PARTS:
            told = subprocess.run(
                [sys.executable, "-m", "bench", part],
                check=True,
                text=True,
                stderr=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
            )
            sys.stdout.write("".join(line + "\n" for line in told.stderr.splitlines() if line.startswith("| ")))
            sys.stdout.flush()
