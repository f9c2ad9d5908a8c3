"""`python -m infra.search`: makes every ticket findable by what it says now, on a live system.

For tickets that were there before searching was, and after events were lost (the alarm WordsNotFound). What is
findable already stays so meanwhile. Needs AWS credentials that may read the stack's tickets and write its postings;
`--local URL` takes the local runner's instead.
"""

import argparse
import sys
from itertools import product

from tqdm import tqdm

from infra import deployment


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.search", description="Makes every ticket findable.")
    deployment.add_arguments(parser)
    given = parser.parse_args()
    deployment.choose(given)
    # Settings are read on import: the tables' names must be known by now.
    from chalicelib.search import indexing
    from chalicelib.settings import PRIORITIES
    from chalicelib.tickets.models import Ticket
    from chalicelib.tickets.reading import STATUSES

    count = 0
    with tqdm(unit=" tickets", disable=None) as bar:  # where it isn't shown it doesn't count
        for status, priority in product(STATUSES, PRIORITIES):
            for ticket in Ticket.by_status.query(f"{status}#{priority}", page_size=100):
                indexing.anew(ticket.id)
                count += 1
                bar.update()
    print(f"{count} tickets can be found.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
