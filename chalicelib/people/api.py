"""Routes of users, teams and agents."""

from collections.abc import Mapping
from typing import Any

from chalicelib.audit import service as audit
from chalicelib.auth import one_time
from chalicelib.dynamo import Transaction
from chalicelib.edge.call import Answer, Call
from chalicelib.edge.endpoint import Routes
from chalicelib.edge.paging import Page
from chalicelib.errors import Forbidden, NotFound
from chalicelib.people import agents, directory, schemas, service, teams
from chalicelib.people.models import Account

routes = Routes("People")


def _user(call: Call) -> Account:
    account = service.known_account(call.path["user_id"])
    if call.reach == "clients" and account.role != "client":
        raise NotFound("There is no such user.")
    return account


def _post(call: Call, given: Mapping[str, Any]) -> None:
    service.look_up(given, call.found)


@routes.get(
    "/users",
    summary="List people",
    query=schemas.UserFilters,
    answers=schemas.User,
    lists=True,
    errors={403: "Agents may list clients alone: role=client."},
)
def list_users(call: Call) -> Page[schemas.User]:
    """By role, then by e-mail address; with `q`, whose address begins so, or a word of whose name, by id."""
    asked = call.query
    if call.reach == "clients" and asked.role != "client":
        raise Forbidden("Agents may list clients alone: role=client.")
    page = directory.page(asked.role, asked.active, asked.q, call.page)
    rows = agents.rows_of(page.items)
    return Page([schemas.user(account, rows.get(account.id)) for account in page.items], page.next)


@routes.post(
    "/users",
    summary="Make an account",
    body=schemas.NewUser,
    looks_up=_post,
    answers=schemas.User,
    status=201,
    idempotent=True,
    errors={409: "The address is taken."},
    answer_headers={"Location": "Where the user is."},
)
def create_user(call: Call) -> Answer:
    """A new agent is away. Without a password, an invitation goes out by mail."""
    asked = call.body

    def also(made: Account, transaction: Transaction) -> None:
        one_time.add(transaction, made, "verification" if asked.password else "invitation")
        action: audit.Action = "user_created" if asked.password else "user_invited"
        audit.add(transaction, call.origin, action, made.id, role=made.role, team=made.team)

    account = service.create_account(
        email=asked.email,
        name=asked.name,
        role=asked.role,
        password=asked.password,
        team=asked.team,
        capacity=asked.capacity,
        account_id=call.fresh_id,
        also=also,
    )
    return Answer(_shown(account), headers={"Location": f"/api/users/{account.id}"})


@routes.get(
    "/users/{user_id}",
    summary="Read an account",
    finds=_user,
    answers=schemas.User,
)
def read_user(call: Call) -> schemas.User:
    """Agents read clients, of whatever team their tickets are."""
    return schemas.user(call.found, agents.row_of(call.found), refused=call.reach == "all", factor=call.reach == "all")


@routes.patch(
    "/users/{user_id}",
    summary="Change an account",
    finds=_user,
    body=schemas.UserChange,
    looks_up=_post,
    answers=schemas.User,
    errors={409: "It is the last active admin's."},
)
def change_user(call: Call) -> schemas.User:
    """All fields are applied or none. Who is deactivated is signed out; an agent's tickets go back to the queue, as
    they do when team or role change. Who comes back is away."""
    return _shown(service.change_account(call.found.id, call.body.wanted(), call.origin))


@routes.get("/teams", summary="List teams", answers=schemas.TeamShown, lists=True)
def list_teams(call: Call) -> Page[schemas.TeamShown]:
    """By id."""
    page = teams.page(call.page)
    return Page([schemas.team(team) for team in page.items], page.next)


@routes.post(
    "/teams",
    summary="Make a team",
    body=schemas.NewTeam,
    answers=schemas.TeamShown,
    status=201,
    idempotent=True,
    errors={409: "The id is taken."},
)
def create_team(call: Call) -> schemas.TeamShown:
    return schemas.team(teams.create(call.body.id, call.body.name, call.fresh_id))


@routes.get(
    "/agents",
    summary="List active agents",
    query=schemas.AgentFilters,
    answers=schemas.AgentShown,
    lists=True,
)
def list_agents(call: Call) -> Page[schemas.AgentShown]:
    """Of a team, or team by team."""
    page = agents.page(call.query.team, call.page)
    return Page([schemas.agent(agent) for agent in page.items], page.next)


@routes.put(
    "/agents/me/availability",
    summary="Come or go",
    body=schemas.AvailabilityChange,
    answers=schemas.AgentShown,
    errors={404: "The caller is no longer an active agent."},
)
def set_own_availability(call: Call) -> schemas.AgentShown:
    """Who comes gets the tickets that wait; who goes keeps the ones they have."""
    return schemas.agent(agents.set_availability(call.me.id, call.body.availability))


@routes.put(
    "/agents/{agent_id}/availability",
    summary="Say that an agent came or went",
    finds=lambda call: agents.active_agent(call.path["agent_id"]),
    body=schemas.AvailabilityChange,
    answers=schemas.AgentShown,
)
def set_availability(call: Call) -> schemas.AgentShown:
    """As if they had said it themselves."""
    return schemas.agent(agents.set_availability(call.path["agent_id"], call.body.availability))


def _shown(account: Account) -> schemas.User:
    return schemas.user(account, agents.row_of(account))
