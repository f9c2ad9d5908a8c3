"""`python -m bench.budgets` prints what every request and consequence costs, as it stands in tests/budgets.py."""

import sys

from bench import figures
from bench.desk import Costs, desk
from bench.operations import play


def table(costs: Costs) -> str:
    rows = (
        f'    "{row}": {{\n' + "".join(f'        "{case}": "{cost}",\n' for case, cost in cases.items()) + "    },\n"
        for row, cases in costs.items()
    )
    return "".join(rows)


def main() -> None:
    with desk() as playing:
        play(playing)
        figures.among_many(playing)
        sys.stdout.write(table(playing.costs))


if __name__ == "__main__":
    main()
