"""What making reports takes (`python -m bench reports`). Each in a process of its own, which begins as the function
does; `on_report_request` has 1,536 MB and 120 seconds (infra/resources.yaml).

Peak memory is the process's, Python and all imports included; CPU time is that of drawing or writing alone, beside what
importing boto3 and making a client takes here, so that it says something on another machine.
"""

import json
import resource
import subprocess
import sys
import time
from tempfile import TemporaryFile

CASES = {
    "nothing but the imports": ("none", 0, 0),
    "PDF, a month, 22 agents": ("pdf", 30, 22),
    "PDF, three years, 300 agents, every script": ("pdf", 1096, 300),
    "PDF, three years, 1,000 agents, every script": ("pdf", 1096, 1000),
    "CSV, 1,000 agents": ("csv", 30, 1000),
    "CSV, 100,000 agents": ("csv", 30, 100_000),
}


def measured(form: str, days: int, agents: int) -> dict[str, float]:
    """In this process: peak memory and size in MB, CPU seconds, and those of what it is compared with."""
    begun = time.process_time()
    import boto3

    boto3.client("dynamodb", region_name="eu-central-1")
    yardstick = time.process_time() - begun
    from bench.samples import figures
    from chalicelib.reports import csv, pdf

    found = figures(max(1, days), agents)
    begun = time.process_time()
    with TemporaryFile() as file:
        if form == "csv":
            csv.write("agents", found, file)
        elif form == "pdf":
            file.write(pdf.render("overview", found))
        size = file.tell()
    spent = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"peak": peak, "size": size / 1e6, "seconds": spent, "ratio": spent / yardstick}


def run(name: str) -> dict[str, float]:
    """A case, in a process of its own."""
    command = [sys.executable, "-m", "bench.reports", *map(str, CASES[name])]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(ended.stdout)
    return found


if __name__ == "__main__":
    form, days, agents = sys.argv[1:]
    sys.stdout.write(json.dumps(measured(form, int(days), int(agents))))
