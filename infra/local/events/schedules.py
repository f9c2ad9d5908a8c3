"""Functions that run on a schedule, by the application's clock."""

import logging
import re
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from infra.local.engine.account import ACCOUNT, REGION
from infra.local.engine.clock import Clock
from infra.local.functions.runtime import Function, FunctionError, Functions, Throttled

_UNITS = {"minute": 60, "hour": 3600, "day": 86400}
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")

_RETRY_WAIT = 0.2
"""Seconds, times the number of the try. Lambda waits minutes.
https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html"""

log = logging.getLogger("infra.local")

Next = Callable[[float], float]
"""The first time after this one (epoch seconds) at which it is due."""


def parse(expression: str) -> Next:
    """The meaning of `rate(5 minutes)` or `cron(0 8 ? * MON-FRI *)`. Raises ValueError."""
    if found := re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", expression):
        seconds = int(found[1]) * _UNITS[found[2]]
        return lambda after: after + seconds
    if found := re.fullmatch(r"cron\((.+)\)", expression):
        return _cron(found[1].split())
    raise ValueError(f"{expression!r} is neither rate(…) nor cron(…)")


def _cron(fields: list[str]) -> Next:
    if len(fields) != 6:
        raise ValueError(f"cron needs six fields, not {fields!r}")
    minutes, hours = _numbers(fields[0], 0, 59), _numbers(fields[1], 0, 23)
    days, months = fields[2], _numbers(fields[3], 1, 12, _MONTHS, 1)
    weekdays, years = _numbers(fields[4], 1, 7, _DAYS, 1), _numbers(fields[5], 1970, 2199)

    def on(day: datetime) -> bool:
        in_month = day.day in _numbers(days, 1, 31) or (days == "L" and (day + timedelta(days=1)).day == 1)
        return day.year in years and day.month in months and in_month and (day.isoweekday() % 7 + 1) in weekdays

    def following(after: float) -> float:
        start = datetime.fromtimestamp(after, UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
        day = start.replace(hour=0, minute=0)
        for _ in range(366 * 5):
            if on(day):
                for hour in sorted(hours):
                    for minute in sorted(minutes):
                        moment = day.replace(hour=hour, minute=minute)
                        if moment >= start:
                            return moment.timestamp()
            day += timedelta(days=1)
        return float("inf")

    return following


def _numbers(field: str, lowest: int, highest: int, names: tuple[str, ...] = (), first: int = 0) -> frozenset[int]:
    """The numbers that a field of cron allows."""
    if field == "L":
        return frozenset()
    for at, name in enumerate(names):
        field = field.replace(name, str(at + first))
    allowed: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        if span in ("*", "?"):
            low, high = lowest, highest
        else:
            begin, _, end = span.partition("-")
            low, high = int(begin), int(end or (highest if step else begin))
        allowed.update(range(low, high + 1, int(step or 1)))
    return frozenset(allowed)


@dataclass
class _Schedule:
    function: Function
    following: Next
    due: float
    rule: str

    @property
    def name(self) -> str:
        """Under which it is kept: another expression is another schedule."""
        return f"{self.function.name} {self.function.source.properties['Schedule']}" if self.function.source else ""


class Schedules:
    """Starts what is due; a jump of the clock starts each at most once. `kept`: when they were due, by an earlier
    process."""

    def __init__(self, clock: Clock, functions: Functions, kept: Mapping[str, float]) -> None:
        self._clock = clock
        self._functions = functions
        self._changed = threading.Condition()
        self._stopping = False
        self.under_way = 0
        """Runs that were started and have not ended, waits between two tries included."""
        self._threads = ThreadPoolExecutor(8, thread_name_prefix="schedule")
        self._thread = threading.Thread(target=self._run, name="schedules", daemon=True)
        now = clock.time()
        self._all = []
        for function in functions.by_name.values():
            if function.source and function.source.kind == "schedule":
                following = parse(function.source.properties["Schedule"])
                schedule = _Schedule(function, following, following(now), f"lambdesk-{function.name}")
                schedule.due = min(schedule.due, kept.get(schedule.name, schedule.due))
                self._all.append(schedule)

    @property
    def quiet(self) -> bool:
        """Whether nothing is due and nothing runs."""
        with self._changed:
            now = self._clock.time()
            return not self.under_way and all(schedule.due > now for schedule in self._all)

    @property
    def due(self) -> dict[str, float]:
        """When each is due, epoch seconds of the application's clock."""
        with self._changed:
            return {schedule.name: schedule.due for schedule in self._all}

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._thread.join(timeout=10)
        self._threads.shutdown(wait=True, cancel_futures=True)

    def start_due(self) -> list[str]:
        """Starts each schedule that is due, once; the names of their functions. Called after the clock moved."""
        with self._changed:
            now = self._clock.time()
            due = [schedule for schedule in self._all if schedule.due <= now]
            for schedule in due:
                schedule.due = schedule.following(now)
                self.under_way += 1
                self._threads.submit(self._invoke, schedule, now)
            self._changed.notify_all()
        return [schedule.function.name for schedule in due]

    def _run(self) -> None:
        while not self._stopping:
            self.start_due()
            with self._changed:
                if not self._stopping:
                    soonest = min((schedule.due for schedule in self._all), default=float("inf"))
                    self._changed.wait(min(3600.0, max(0.01, soonest - self._clock.time())))

    def _invoke(self, schedule: _Schedule, now: float) -> None:
        function = schedule.function
        failures = 0
        try:
            while failures <= function.retries and self._clock.time() - now <= function.event_age:
                try:
                    self._functions.invoke(function.name, _event(schedule.rule, now))
                    return
                except Throttled:  # is no failure: only its age ends it
                    pass
                except FunctionError:
                    failures += 1
                time.sleep(_RETRY_WAIT * max(1, failures))
            log.error("%s gives up after %d failures", function.name, failures)
        finally:
            with self._changed:
                self.under_way -= 1


def _event(rule: str, now: float) -> dict[str, Any]:
    return {
        "version": "0",
        "id": str(uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": ACCOUNT,
        "time": datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": REGION,
        "resources": [f"arn:aws:events:{REGION}:{ACCOUNT}:rule/{rule}"],
        "detail": {},
    }
