"""`os.environ` as a function sees it: its own variables and those of Lambda's runtime, none of the process's.

One process holds all functions, so this much is not as in Lambda: what modules read while they are imported (the
settings) is read once for all of them, from the variables of all functions together; and C code (`TZ`, `PATH` of child
processes) sees the process's variables.
"""

import os
from collections.abc import Iterator, Mapping, MutableMapping
from unittest.mock import patch

from infra.local.engine.account import ENVIRONMENT
from infra.local.engine.invocations import current
from infra.local.host import Host

RUNTIME = {
    "AWS_EXECUTION_ENV": "AWS_Lambda_python3.11",
    "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
    "LANG": "en_US.UTF-8",
    "PATH": "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
    "TZ": ":UTC",
}
"""What Lambda sets besides credentials, region and the function's own name, as far as it makes sense here: no
`_HANDLER` and no `LAMBDA_TASK_ROOT`, whose mere presence sends traces to a daemon.
https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime"""


def shared(host: Host, declared: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """What every function has besides the variables that the template declares: credentials, what the process's
    environment sets for the application, and what was `given` to the stack."""
    names = (set(host.settings) | ENVIRONMENT.keys()) - declared.keys() | given.keys()
    return {name: os.environ[name] for name in names if name in os.environ}


def of_function(name: str, memory: int, log_group: str, declared: Mapping[str, str]) -> dict[str, str]:
    """A function's variables: the runtime's, and over them those that are declared."""
    own = {
        "AWS_LAMBDA_FUNCTION_NAME": name,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(memory),
        "AWS_LAMBDA_LOG_GROUP_NAME": log_group,
    }
    return {**RUNTIME, **own, **declared}


class Environment(MutableMapping[str, str]):
    """The process's variables, or during an invocation its function's. What a function writes is its own, until its
    invocation ends."""

    def __init__(self, process: MutableMapping[str, str]) -> None:
        self._process = process

    @property
    def _now(self) -> MutableMapping[str, str]:
        run = current.get()
        return self._process if run is None or run.variables is None else run.variables

    def __getitem__(self, name: str) -> str:
        return self._now[name]

    def __setitem__(self, name: str, value: str) -> None:
        self._now[name] = value

    def __delitem__(self, name: str) -> None:
        del self._now[name]

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._now))

    def __len__(self) -> int:
        return len(self._now)

    def __or__(self, other: Mapping[str, str]) -> dict[str, str]:
        return {**self, **other}

    def __ror__(self, other: Mapping[str, str]) -> dict[str, str]:
        return {**other, **self}

    def copy(self) -> dict[str, str]:
        return dict(self)


class Separation:
    """From `start` to `stop` functions see their own environment."""

    def __init__(self) -> None:
        self._patch = patch.object(os, "environ", Environment(os.environ))

    def start(self) -> None:
        self._patch.start()

    def stop(self) -> None:
        self._patch.stop()
