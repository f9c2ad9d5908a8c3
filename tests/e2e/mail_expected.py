"""Which mails there should be, worked out from the histories that the API shows and from the contract's §8 alone."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

Json = dict[str, Any]

_SAYS = {
    "we have your request": "receipt",
    "filed this request for you": "receipt",
    "is yours now": "assigned",
    "gave this ticket to you": "assigned",
    "wrote:": "comment",
    "answered and so reopened": "comment",
    "resolved your ticket": "resolved",
    "is resolved": "resolved",
    "changed the status from": "status",
    "The status changed from": "status",
}


class Mail(NamedTuple):
    to: str
    number: int
    kind: str
    body: str = ""
    """Of a comment: what is said."""


def sent(messages: Iterable[Json], numbers: Iterable[int]) -> Counter[Mail]:
    """What of the outbox is about these tickets."""
    wanted = set(numbers)
    found: Counter[Mail] = Counter()
    for message in messages:
        head = message["subject"].split("]")[0].removeprefix("[#")
        if not message["subject"].startswith("[#") or int(head) not in wanted:
            continue
        [to] = message["to"]
        text = message["text"]
        kind = next(kind for says, kind in _SAYS.items() if says in text)
        body = next((word for word in text.split() if word.startswith("said-")), "") if kind == "comment" else ""
        found[Mail(to, int(head), kind, body)] += 1
    return found


def expected(
    ticket: Json, history: Iterable[Json], comments: Mapping[str, str], staff: set[str], emails: Mapping[str, str]
) -> Counter[Mail]:
    """`comments`: body by id. `emails`: of those who get mail, by account id. `staff`: ids of agents and admins."""
    found: Counter[Mail] = Counter()
    holder: str | None = None
    client = ticket["client_id"]

    def tell(account_id: str | None, kind: str, event: Json, body: str = "") -> None:
        if account_id in emails and (account_id != event["actor_id"] or kind == "receipt"):
            found[Mail(emails[str(account_id)], ticket["number"], kind, body)] += 1

    events = list(history)
    for place, event in enumerate(events):
        together = [other for other in events[place:] if other["at"] == event["at"]]
        after = next((other["to"] for other in together if other["field"] == "assignee_id"), holder)
        match event["kind"], event["field"]:
            case "created", _:
                tell(client, "receipt", event)
            case "assigned", _:
                holder = event["to"]
                tell(holder, "assigned", event)
            case "comment", _:
                body = comments[event["to"]]
                if event["actor_id"] in staff:
                    tell(client, "comment", event, body)
                else:
                    tell(after, "comment", event, body)
            case "changed", "status" if event["reason"] != "reopen":
                tell(client, "resolved" if event["to"] == "resolved" else "status", event)
                if (after or holder) != client:
                    tell(after or holder, "status", event)
            case "changed", "assignee_id":
                holder = event["to"]
    return found
