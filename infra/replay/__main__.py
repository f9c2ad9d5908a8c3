"""The replay command. Ends with 0 when the recount agrees with everything, 1 when it doesn't, 2 when it can't play."""

import argparse
import json
import os
import sys
import time
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from uuid import uuid4

import httpx
from tqdm import tqdm

from infra.replay import log, report
from infra.replay.cast import Cast
from infra.replay.desk import Account, Desk, Refused
from infra.replay.play import Player
from infra.replay.recount import Recount, recount
from infra.replay.server import ADMIN_EMAIL, ADMIN_PASSWORD, NotReady, running

DEFAULT_LOG = "../shared/data/helpdesk-italy-2010-2014.csv.gz"
TEAM = "support"
SETTLES_WITHIN = 120.0


def main() -> int:
    options = _options()
    try:
        entries = log.read(options.log, options.limit)
        print(f"{options.log}: {len({entry.case for entry in entries})} cases, {len(entries)} lines")
        with _server(options) as url:
            return _replay(options, entries, url)
    except (log.BadLog, NotReady, Refused, httpx.TransportError) as error:
        print(error, file=sys.stderr)
        return 2


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m infra.replay",
        description="Plays a help desk's log (CSV or csv.gz) through the HTTP interface and recounts what came of it.",
        epilog="Tickets that close by themselves would not be as the log left them: run the server with "
        "AUTO_CLOSE_DAYS=0. The weights are taken to be the default ones.",
    )
    parser.add_argument(
        "log", nargs="?", type=Path, default=Path(os.environ.get("LAMBDESK_LOG", DEFAULT_LOG)), metavar="LOG"
    )
    parser.add_argument("--limit", type=int, metavar="N", help="play the first N tickets (default: all)")
    parser.add_argument("--url", help="the server; without it, one of its own is run for the replay (ENGINE=…)")
    parser.add_argument("--admin-email", default=ADMIN_EMAIL)
    parser.add_argument("--admin-password", default=ADMIN_PASSWORD)
    parser.add_argument("--workers", type=int, default=4, metavar="K", help="requests at the same time (default: 4)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    return parser.parse_args()


def _server(options: argparse.Namespace) -> AbstractContextManager[str]:
    if options.url:
        return nullcontext(options.url)
    admin = {"ADMIN_EMAIL": options.admin_email, "ADMIN_PASSWORD": options.admin_password}
    return running(os.environ.get("ENGINE", "moto"), DEMO="0", AUTO_CLOSE_DAYS="0", **admin)


def _replay(options: argparse.Namespace, entries: list[log.Entry], url: str) -> int:
    run = uuid4().hex
    started = time.monotonic()
    with Desk(url) as desk:
        admin = desk.sign_in(options.admin_email, options.admin_password)
        player = Player(admin, Cast(desk, admin, run), run, options.workers)
        checks = []
        half = len(entries) // 2
        with tqdm(total=len(entries), unit="line", disable=None) as bar:
            # Most logs end with everything closed: half-way there is more to recount.
            for when, part in (("half-way", entries[:half]), ("at the end", entries[half:])):
                player.play(part, bar.update)
                checks.append(report.checked(when, player.played, _at_rest(desk, admin, options.workers)))
        told = report.figures(player.played, checks, desk.retries, time.monotonic() - started)
    print(report.text(told))
    if options.json:
        options.json.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 1 if report.wrong(told) else 0


def _at_rest(desk: Desk, admin: Account, threads: int) -> Recount:
    """The recount once the server is idle, or, where it can't say, once nothing is wrong any more."""
    deadline = time.monotonic() + SETTLES_WITHIN
    idle = desk.wait_idle(SETTLES_WITHIN)
    counted = recount(admin, [TEAM], threads=threads)
    while idle is None and counted.mismatches and time.monotonic() < deadline:
        time.sleep(1)
        counted = recount(admin, [TEAM], threads=threads)
    if idle is False:
        counted.mismatches.append(f"the server had still work under way after {SETTLES_WITHIN:.0f} seconds")
    return counted


if __name__ == "__main__":
    sys.exit(main())
