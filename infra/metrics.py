"""`python -m infra.metrics verify|rebuild`: are the figures right, and making them right, on a live system.

verify   recounts all tickets and says what differs; ends with 1 if something does.
rebuild  counts everything anew beside what is shown, then shows it. Needed after a change of TIME_ZONE.

Needs AWS credentials that may read the stack and its tables (rebuild: write them); `--local URL` takes the local
runner's instead.
"""

import argparse
import sys
from collections.abc import Callable

from tqdm import tqdm

from infra import deployment


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.metrics", description="Are the figures right?")
    parser.add_argument("command", choices=("verify", "rebuild"))
    parser.add_argument("--segments", type=int, default=4, help="so many parts at the same time, default %(default)s")
    deployment.add_arguments(parser)
    given = parser.parse_args()
    deployment.choose(given)
    # Settings are read on import: the tables' names must be known by now.
    from chalicelib.metrics import recount

    with tqdm(unit=" tickets", disable=None) as bar:
        progress: Callable[[int], object] = bar.update
        if given.command == "rebuild":
            total = recount.rebuild(given.segments, progress)
            bar.close()
            print(f"Counted {total} tickets anew.")
            return 0
        differences = recount.verify(given.segments, progress)
    for difference in differences:
        print(difference)
    print(f"{len(differences) or 'no'} difference{'s' if len(differences) > 1 else ''}")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
