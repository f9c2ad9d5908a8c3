"""A ticket's timeline: the history, with what was said in it; each side's its own (contract §3)."""

from typing import Any

from tests.integration.people.conftest import Clock, Http, Session


def test_the_timeline_is_the_history_with_what_was_said(
    http: Http, client: Session, agent: Session, clock: Clock
) -> None:
    path = f"/tickets/{http('POST', '/tickets', {'title': 'T', 'description': 'D'}, as_=client).body['id']}"
    http("PATCH", path, {"status": "in_progress"}, as_=agent)
    clock.advance(1)
    comment = http("POST", f"{path}/comments", {"body": "Hello"}, as_=client).body
    clock.advance(1)
    note = http("POST", f"{path}/notes", {"body": "Among us"}, as_=agent).body
    clock.advance(1)
    own = http("POST", f"{path}/notes", {"body": "For me"}, as_=client).body
    for reader, seen, unseen in ((agent, note, own), (client, own, note)):
        history = http.all(f"{path}/history", reader)
        timeline = http.all(f"{path}/timeline", reader, limit=2)
        assert [_without_said(event) for event in timeline] == history
        said = [event["said"] for event in timeline if event["said"]]
        assert said == [comment, seen]
        assert unseen not in said


def test_an_assignment_names_who_got_it_as_they_are_called_now(
    http: Http, client: Session, agent: Session, admin: Session
) -> None:
    path = f"/tickets/{http('POST', '/tickets', {'title': 'T', 'description': 'D'}, as_=client).body['id']}"
    http("PATCH", path, {"status": "in_progress"}, as_=agent)
    http("PATCH", "/auth/me", {"name": "Renamed since"}, as_=agent)
    for reader in (client, agent, admin):
        for kind in ("history", "timeline"):
            [assigned] = [each for each in http.all(f"{path}/{kind}", reader) if each["kind"] == "assigned"]
            assert (assigned["to"], assigned["assignee_name"]) == (agent.id, "Renamed since")


def _without_said(event: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in event.items() if name != "said"}
