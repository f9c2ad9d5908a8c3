"""What a deployment costs a month while nobody uses it, computed from the template.

Prices are AWS's list prices for us-east-1 in November 2026, in dollars, without the free tier (which covers most of it
in an account that uses nothing else): aws.amazon.com, the pricing pages of CloudWatch, Lambda, SQS and DynamoDB.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

ALARM_METRIC = 0.10
"""A month, for each metric that an alarm watches."""
INVOCATION = 0.20 / 1e6
GB_SECOND = 0.0000166667
SQS_REQUEST = 0.40 / 1e6
READ_UNIT = 0.125 / 1e6

MINUTES = 30 * 24 * 60
POLLS_A_MINUTE = 15
"""Lambda polls each queue with five long polls of 20 s at a time (its guide: "Using Lambda with Amazon SQS")."""
SECONDS_A_LOOK = 0.05
"""A scheduled function that finds nothing: measured locally, and generous."""
UNITS_A_LOOK = 5.0
"""Read units of one, as tests/budgets.py has them for the sweep."""


class Line(NamedTuple):
    what: str
    amount: float
    dollars: float


def monthly(resources: Mapping[str, Any]) -> list[Line]:
    """`resources`: a template's, as CloudFormation sees them (`infra.package.transformed`)."""
    return [line for line in (_alarms(resources), *_schedules(resources), _polls(resources)) if line.amount]


def _alarms(resources: Mapping[str, Any]) -> Line:
    metrics = 0
    for alarm in _of(resources, "AWS::CloudWatch::Alarm"):
        metrics += sum("MetricStat" in each for each in alarm.get("Metrics", [])) or 1
    return Line("metrics that alarms watch (none without AlarmEmail)", metrics, metrics * ALARM_METRIC)


def _schedules(resources: Mapping[str, Any]) -> Iterator[Line]:
    runs = looks = 0.0
    for rule in _of(resources, "AWS::Events::Rule"):
        every = re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", rule["ScheduleExpression"])
        if every is None:
            raise ValueError(rule["ScheduleExpression"])
        times = MINUTES / (int(every[1]) * {"minute": 1, "hour": 60, "day": 24 * 60}[every[2]])
        name = rule["Targets"][0]["Arn"]["Fn::GetAtt"][0]
        memory = resources[name]["Properties"]["MemorySize"]
        runs += times
        looks += times * (INVOCATION + memory / 1024 * SECONDS_A_LOOK * GB_SECOND)
    yield Line("invocations by schedule", runs, looks)
    yield Line("read units of these", runs * UNITS_A_LOOK, runs * UNITS_A_LOOK * READ_UNIT)


def _polls(resources: Mapping[str, Any]) -> Line:
    queues = sum("Queue" in str(each["EventSourceArn"]) for each in _of(resources, "AWS::Lambda::EventSourceMapping"))
    polls = queues * POLLS_A_MINUTE * MINUTES
    return Line(f"polls of {queues} queues", polls, polls * SQS_REQUEST)


def _of(resources: Mapping[str, Any], kind: str) -> Iterator[Mapping[str, Any]]:
    return (each["Properties"] for each in resources.values() if each["Type"] == kind)


def total(resources: Mapping[str, Any]) -> float:
    return sum(line.dollars for line in monthly(resources))


def main() -> None:
    from infra import package

    resources = package.transformed(package.template())["Resources"]
    for line in monthly(resources):
        print(f"{line.amount:>12,.0f}  {line.what:<60} {line.dollars:6.2f} $")
    print(f"{'':>12}  {'a month, while nobody uses it':<60} {total(resources):6.2f} $")


if __name__ == "__main__":
    main()
