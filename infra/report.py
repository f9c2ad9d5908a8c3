"""`python -m infra.report --from DAY --to DAY --format pdf|csv -o FILE`: a report without asking the API for it.

Needs AWS credentials that may read the stack and its tables; `--local URL` takes the local runner's instead.
"""

import argparse
import sys
from datetime import date
from pathlib import Path

from infra import deployment


def main() -> str | None:
    parser = argparse.ArgumentParser(prog="python -m infra.report", description="A report as a file.")
    parser.add_argument("--from", dest="first", type=date.fromisoformat, required=True, metavar="DAY")
    parser.add_argument("--to", dest="last", type=date.fromisoformat, required=True, metavar="DAY")
    parser.add_argument("--kind", choices=("overview", "agents"), default="overview", help="default %(default)s")
    parser.add_argument("--format", choices=("pdf", "csv"), default="pdf", help="default %(default)s")
    parser.add_argument("--paper", choices=("a4", "letter"), default="a4", help="for PDF, default %(default)s")
    parser.add_argument("-o", dest="file", type=Path, required=True, metavar="FILE")
    deployment.add_arguments(parser)
    given = parser.parse_args()
    deployment.choose(given)
    # Settings are read on import: the tables' names must be known by now.
    from chalicelib.errors import Invalid
    from chalicelib.metrics.api import span
    from chalicelib.reports import service

    try:
        days = span(given.first, given.last)
    except Invalid as refusal:
        return refusal.detail
    with given.file.open("wb") as file:
        service.write(given.kind, days, given.format, given.paper, file)
    print(f"{given.file}: {given.file.stat().st_size:,} bytes")
    return None


if __name__ == "__main__":
    sys.exit(main())
