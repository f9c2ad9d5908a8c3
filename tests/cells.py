"""Contract §4 as tables, written from the contract, not from the code: walked over HTTP and on the pure rules."""

from collections.abc import Iterator

STATUSES = ("open", "in_progress", "resolved", "closed")
PEOPLE = ("client", "other client", "assignee", "other agent", "agent elsewhere", "admin")

# Of a ticket that has an assignee.
# A move that nobody may make is 409, one that somebody else may make 403, the same status again 200 and no change.
# Strangers see no ticket, whatever they ask: 404 (not written down here).
MOVES = """
from         to           client  assignee  other agent  admin
open         open            200       200          200    200
open         in_progress     403       200          409    200
open         resolved        409       409          409    409
open         closed          409       409          409    409
in_progress  open            403       200          403    200
in_progress  in_progress     200       200          409    200
in_progress  resolved        403       200          403    200
in_progress  closed          409       409          409    409
resolved     open            409       409          409    409
resolved     in_progress     200       200          403    200
resolved     resolved        200       200          200    200
resolved     closed          200       200          403    200
closed       open            409       409          409    409
closed       in_progress     409       409          409    409
closed       resolved        409       409          409    409
closed       closed          200       200          200    200
"""

EDITS = """
field          status       client  assignee  other agent  admin
priority       open            200       200          200    200
priority       in_progress     403       200          200    200
priority       resolved        403       200          200    200
priority       closed          409       409          409    409
tags           open            403       200          200    200
tags           in_progress     403       200          200    200
tags           resolved        403       200          200    200
tags           closed          409       409          409    409
custom_fields  open            403       200          200    200
custom_fields  in_progress     403       200          200    200
custom_fields  resolved        403       200          200    200
custom_fields  closed          409       409          409    409
title          open            200       403          403    200
title          in_progress     409       409          409    409
title          resolved        409       409          409    409
title          closed          409       409          409    409
description    open            200       403          403    200
description    in_progress     409       409          409    409
description    resolved        409       409          409    409
description    closed          409       409          409    409
team           open            403       200          200    200
team           in_progress     403       200          200    200
team           resolved        403       200          200    200
team           closed          409       409          409    409
to_colleague   open            403       200          403    200
to_colleague   in_progress     403       200          403    200
to_colleague   resolved        403       200          403    200
to_colleague   closed          409       409          409    409
to_self        open            422       200          409    422
to_self        in_progress     422       200          409    422
to_self        resolved        422       200          409    422
to_self        closed          422       200          409    422
to_nobody      open            403       200          403    200
to_nobody      in_progress     403       200          403    200
to_nobody      resolved        409       409          409    409
to_nobody      closed          409       409          409    409
"""

MOVES_OF_NOBODYS = """
from         to           client  other agent  admin
open         in_progress     403          200    200
in_progress  open            403          403    200
in_progress  resolved        403          403    200
resolved     in_progress     200          403    200
resolved     closed          200          403    200
"""
"""Of a ticket that nobody has: where that makes a difference, or might."""

EDITS_OF_NOBODYS = """
field          status       client  other agent  admin
to_colleague   open            403          403    200
to_colleague   in_progress     403          403    200
to_colleague   resolved        403          403    200
to_colleague   closed          409          409    409
to_self        open            422          200    422
to_self        in_progress     422          200    422
to_self        resolved        422          200    422
to_self        closed          422          409    422
to_nobody      open            200          200    200
to_nobody      in_progress     200          200    200
to_nobody      resolved        200          200    200
to_nobody      closed          200          200    200
"""


def cells(table: str) -> Iterator[tuple[str, str, str, int]]:
    """(first column, second column, who, status of the answer), the strangers' 404 included."""
    head, *lines = table.strip().splitlines()
    who = head.replace("other agent", "other_agent").split()[2:]
    for line in lines:
        one, other, *answers = line.split()
        for name, answer in zip(who, answers, strict=True):
            yield one, other, name.replace("_", " "), int(answer)
        for stranger in ("other client", "agent elsewhere"):
            yield one, other, stranger, 404
