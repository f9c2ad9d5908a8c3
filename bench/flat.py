"""Whether what a request costs depends on how much there is: every operation among few and among many."""

from bench import figures
from bench.desk import Costs, desk
from bench.operations import play

FEW = (1_000, 3)
MANY = (20_000, 300)
"""Tickets and agents that are there already."""

_NAMES_EVERY_AGENT = "on_report_request"


def compared() -> tuple[int, dict[str, str]]:
    """How many cases there are, and those whose calls or units differ, with both."""
    few, many = (_costs(*size) for size in (FEW, MANY))
    differing = {
        f"{row} {case}".strip(): f"{cost} -> {many[row][case]}"
        for row, cases in few.items()
        for case, cost in cases.items()
        if row != _NAMES_EVERY_AGENT and many[row][case] != cost
    }
    return sum(map(len, few.values())), differing


def _costs(tickets: int, agents: int) -> Costs:
    with desk() as playing:
        play(playing, tickets=tickets, agents=agents)
        figures.among_many(playing)
        return playing.costs
