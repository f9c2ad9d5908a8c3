"""`python -m infra.search`: makes every ticket findable by what it says now, on a live system.

For tickets that were there before searching was, and after events were lost (the alarm WordsNotFound). What is
findable already stays so meanwhile. Needs AWS credentials that may read the stack's tickets and write its postings;
`--local URL` takes the local runner's instead.
"""

import argparse
import sys

from tqdm import tqdm

from infra import deployment


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.search", description="Makes every ticket findable.")
    deployment.add_arguments(parser)
    given = parser.parse_args()
    deployment.choose(given)
    # Settings are read on import: the tables' names must be known by now.
    from chalicelib.search import indexing
    from chalicelib.tickets import service as tickets

    count = 0
    with tqdm(unit=" tickets", disable=None) as bar:  # where it isn't shown it doesn't count
        for ticket_id in tickets.all_ids():
            indexing.anew(ticket_id)
            count += 1
            bar.update()
    print(f"{count} tickets can be found.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
