"""Reports as PDF: A4 or Letter, drawn as vectors, the same bytes for the same figures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from chalicelib import ambient
from chalicelib.metrics import counters
from chalicelib.metrics.reading import AgentCounts, Durations, Figures
from chalicelib.reports import charts
from chalicelib.reports.paper import MARGIN, MUTED, Paper
from chalicelib.reports.words import TITLES, duration_text, number_text, period_text, seconds_text

DEFINITIONS = (
    ("Created, closed, reopened", "Tickets filed, and moves to closed and back from resolved, on these days."),
    (
        "Resolved",
        "Tickets whose last resolution lies in these days and still stands. One that is reopened is taken out until it "
        "is resolved again.",
    ),
    ("Resolution time", "From filing to that resolution. It belongs to whoever had the ticket then."),
    ("First response", "From filing to the first public comment by somebody else than the client, on its day."),
    (
        "Average, median, p90",
        "Averages are exact. Half of the times are up to the median, nine of ten up to p90; both are within 1.5 %.",
    ),
    ("Assigned", "How often an agent was given a ticket on these days, by a person or by the system."),
    (
        "As of now",
        "Tickets per status, the queue, active tickets and workload are as of the time on the first page. Workload is "
        "the sum of the weights of somebody's active tickets.",
    ),
    ("Days", "Are cut at midnight in the time zone on the first page."),
)


_BY_EMAIL = "Names in a script that this report has no font for are given by their e-mail address."


def render(about: str, found: Figures, size: str = "a4", emails: Mapping[str, str] | None = None) -> bytes:
    """The file. `about`: overview begins with volume, agents with the agents. `size`: a4 or letter. `emails`: of
    agents, by id, whose names no font has; they are called by these, and the page says so."""
    found = replace(
        found, agents=[replace(agent, name=(emails or {}).get(agent.id, agent.name)) for agent in found.agents]
    )
    names = [agent.name for agent in found.agents]
    period = period_text(found.span.first, found.span.last)
    paper = Paper(TITLES[about], period, ambient.moment(found.as_of), size, names)
    _head(paper, about, found)
    parts: list[Callable[[Paper, Figures], None]] = [_volume, _status, _times, _agents]
    for part in parts if about == "overview" else [_agents, _volume, _status, _times]:
        part(paper, found)
        if part is _agents and emails:
            paper.write_line(_BY_EMAIL, size=8, color=MUTED, height=5)
    _days(paper, found)
    _definitions(paper)
    return bytes(paper.output())


def _head(paper: Paper, about: str, found: Figures) -> None:
    paper.add_page()
    paper.write_line(TITLES[about], size=22, bold=True, height=11)
    days = (found.span.last - found.span.first).days + 1
    paper.write_line(
        period_text(found.span.first, found.span.last) + (f" ({number_text(days)} days)" if days > 1 else ""),
        size=12,
        height=7,
    )
    lag = f", {seconds_text(found.lag)} behind" if found.lag else ""
    as_of = found.as_of[:16].replace("T", " ")
    paper.write_line(f"Time zone {found.time_zone}. As of {as_of} UTC{lag}.", size=9, color=MUTED, height=5)
    paper.ln(3)
    volumes = found.volumes()
    paper.tiles(
        [(name.capitalize(), number_text(volumes[name])) for name in ("created", "resolved", "closed", "reopened")]
    )
    wait = duration_text(found.oldest_wait * 1000) if found.oldest_wait is not None else "–"
    paper.tiles(
        [
            ("Median resolution", duration_text(found.resolution.quantile(0.5))),
            ("Median first response", duration_text(found.first_response.quantile(0.5))),
            ("Waiting now", number_text(found.now["waiting"])),
            ("Longest wait now", wait),
        ]
    )


def _volume(paper: Paper, found: Figures) -> None:
    paper.section("Volume per day", needs=78)
    days = [charts.Day(day, max(0, each["created"]), max(0, each["resolved"])) for day, each in found.volume.items()]
    charts.volume(paper, days)


def _status(paper: Paper, found: Figures) -> None:
    paper.section("Tickets per status and priority, now", needs=62)
    statuses = [(name.replace("_", " "), found.now[name]) for name in ("open", "in_progress", "resolved", "closed")]
    top = paper.get_y()
    charts.bars(paper, MARGIN, top, paper.epw / 2 - 6, statuses, charts.STATUS_COLORS, "Tickets per status")
    priorities = [(name, found.now[name]) for name in ("urgent", "high", "medium", "low")]
    left = MARGIN + paper.epw / 2 + 6
    charts.bars(paper, left, top, paper.epw / 2 - 6, priorities, charts.PRIORITY_COLORS, "Active tickets per priority")
    paper.set_y(top + 7 + 4 * charts.BAR + 4)


def _times(paper: Paper, found: Figures) -> None:
    paper.section("Resolution and first response times", needs=88)
    head = ("", "Tickets", "Average", "Median", "p90")
    widths = (42, 22, 39, 39, 38)
    rows = [_times_row("Resolution", found.resolution), _times_row("First response", found.first_response)]
    paper.rows(head, rows, widths, "LRRRR")
    paper.ln(3)
    charts.distribution(paper, found.resolution)


def _times_row(name: str, times: Durations) -> Sequence[str]:
    average = times.total / times.count if times.count else None
    values = [average, times.quantile(0.5), times.quantile(0.9)]
    return (name, number_text(times.count), *map(_with_seconds, values))


def _with_seconds(milliseconds: float | None) -> str:
    if milliseconds is None:
        return "–"
    return f"{duration_text(milliseconds)} ({seconds_text(milliseconds / 1000)})"


def _agents(paper: Paper, found: Figures) -> None:
    most = sorted(found.agents, key=lambda agent: (-agent.resolved, -agent.workload, agent.name, agent.id))
    shown = [agent for agent in most if agent.resolved or agent.workload][: charts.MOST_AGENTS]
    paper.section("Agents", needs=26 + len(shown) * charts.AGENT_BAR)
    if not found.agents:
        paper.write_line("There are no agents.", color=MUTED)
        return
    if shown:
        charts.agents(paper, shown)
        if len(found.agents) > len(shown):
            text = f"The {len(shown)} with the most resolutions of {number_text(len(found.agents))}; all below."
            paper.write_line(text, size=8, color=MUTED, height=5)
        paper.ln(2)
    head = ("Name", "Assigned", "Resolved", "Average resolution", "in seconds", "Active", "Workload")
    paper.rows(head, [_agent_row(agent) for agent in found.agents], (59, 18, 18, 32, 23, 14, 18), "LRRRrRR")


def _agent_row(agent: AgentCounts) -> Sequence[str]:
    average = agent.total / agent.resolved if agent.resolved else None
    numbers = [number_text(value) for value in (agent.assigned, agent.resolved, agent.active, agent.workload)]
    in_seconds = seconds_text(average / 1000) if average is not None else ""
    return (agent.name, *numbers[:2], duration_text(average), in_seconds, *numbers[2:])


def _days(paper: Paper, found: Figures) -> None:
    """The numbers behind the volume chart, as a table."""
    paper.section("Volume per day, in figures", needs=36)
    rows = [
        (f"{day.day} {day:%b %Y}", *(number_text(each[name]) for name in counters.VOLUME))
        for day, each in found.volume.items()
    ]
    head = ("Day", *(name.capitalize() for name in counters.VOLUME))
    paper.columns(head, rows, (17, 10.5, 11, 9, 11.5), "LRRRR")


def _definitions(paper: Paper) -> None:
    paper.section("How the figures are defined", needs=70)
    for name, text in DEFINITIONS:
        paper.define(name, text)
