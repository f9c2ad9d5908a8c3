"""What a ticket says that its reader can do, and what a refused move tells (contract §2 and §9)."""

from tests.integration.people.conftest import Http, Session

FILING = {"title": "T", "description": "D"}


def test_a_single_ticket_says_what_its_reader_can_do(http: Http, client: Session, agent: Session) -> None:
    filed = http("POST", "/tickets", FILING, as_=client).body
    spoken = {"comment": True, "note": True, "attach": True, "chat": True}
    assert filed["can"] == {
        "status": [],
        "assign": [],
        "priority": True,
        "title": True,
        "description": True,
        "team": False,
        "tags": False,
        "custom_fields": False,
        **spoken,
    }
    path = f"/tickets/{filed['id']}"
    seen = http("GET", path, as_=agent).body["can"]
    assert (seen["status"], seen["assign"], seen["title"], seen["tags"]) == (["in_progress"], ["self"], False, True)
    taken = http("PATCH", path, {"status": "in_progress"}, as_=agent).body["can"]
    assert (taken["status"], taken["assign"]) == (["resolved", "open"], ["others", "none"])


def test_nothing_can_be_done_with_a_closed_ticket(http: Http, client: Session, admin: Session) -> None:
    path = f"/tickets/{http('POST', '/tickets', FILING, as_=client).body['id']}"
    for status in ("in_progress", "resolved", "closed"):
        can = http("PATCH", path, {"status": status}, as_=admin).body["can"]
    assert (can.pop("status"), can.pop("assign")) == ([], [])
    assert set(can.values()) == {False}


def test_an_agent_who_moves_a_ticket_to_another_team_can_do_nothing_more(
    http: Http, client: Session, admin: Session, agent: Session
) -> None:
    http("POST", "/teams", {"id": "sales", "name": "Sales"}, as_=admin)
    path = f"/tickets/{http('POST', '/tickets', FILING, as_=client).body['id']}"
    moved = http("PATCH", path, {"team": "sales"}, as_=agent)
    assert (moved.status, moved.body["can"]["status"], moved.body["can"]["comment"]) == (200, [], False)


def test_a_refused_move_tells_which_are_allowed_and_who_has_the_ticket(
    http: Http, client: Session, admin: Session, agent: Session
) -> None:
    path = f"/tickets/{http('POST', '/tickets', FILING, as_=client).body['id']}"
    http("PATCH", path, {"assignee_id": agent.id}, as_=admin)
    name = http("GET", "/auth/me", as_=agent).body["name"]
    has = {"assignee_id": agent.id, "assignee_name": name}
    for who, wanted, status, allowed in (
        (client, {"status": "in_progress"}, 403, []),
        (admin, {"status": "closed"}, 409, ["in_progress"]),
    ):
        refused = http("PATCH", path, wanted, as_=who)
        assert refused.status == status
        assert {key: refused.body.get(key) for key in has} == has
        assert refused.body["allowed"] == allowed
    own = http("PATCH", path, {"status": "closed"}, as_=agent)
    assert (own.body["allowed"], "assignee_id" in own.body) == (["in_progress"], False)
