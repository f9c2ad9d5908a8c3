"""Random commands by random people, through the public interface, against the model of `model.py`: one after the other,
and all at once. What must hold at rest is recounted after each run."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from infra.replay import history
from infra.replay.recount import recount
from tests.e2e.client import Api, Json, Person, Team
from tests.e2e.model import PRIORITIES, Agent, Model, Ticket

STATUSES = ("open", "in_progress", "resolved", "closed")
AGENTS = 4
PEOPLE = ("admin", "client 0", "client 1", *(f"agent {number}" for number in range(AGENTS)))
STRANGERS = ("other client", "agent elsewhere")

Pick = st.integers(0, 30)
Number = st.integers(0, AGENTS - 1)
Priority = st.sampled_from(PRIORITIES)
Who = st.sampled_from(PEOPLE)
Somebody = st.sampled_from(["nobody", *PEOPLE])
Command = st.one_of(
    st.fixed_dictionaries({"status": st.sampled_from(STATUSES)}),
    st.fixed_dictionaries({"priority": Priority}),
    st.fixed_dictionaries({"assignee_id": Somebody}),
    st.fixed_dictionaries({"availability": st.sampled_from(["available", "away"])}),
    st.fixed_dictionaries({"file": Priority}),
)


class Desk(RuleBasedStateMachine):
    """Two teams and four agents; most work is in the first team. The test sets `api` and `people`."""

    api: ClassVar[Api]
    people: ClassVar[dict[str, Person]]

    @initialize(away=Number, priorities=st.lists(Priority, min_size=1, max_size=4))
    def open(self, away: int, priorities: list[str]) -> None:
        self.model = Model()
        self.teams: list[Team] = [self.api.make_team(), self.api.make_team()]
        self.known, self.since = True, ""
        for number in range(AGENTS):
            agent = self.people[f"agent {number}"]
            team = self.teams[number == AGENTS - 1]
            self.admin.patch(f"/users/{agent.id}", {"active": True})
            self.admin.patch(f"/users/{agent.id}", {"team": team.id, "capacity": None})
            self.model.agents[agent.id] = Agent(agent.id, team.id)
            self.come_or_go(number, number != away)
        self.file(priorities, 1, 0)

    # --- tickets ---

    @rule(priorities=st.lists(Priority, min_size=1, max_size=3), elsewhere=st.integers(0, 5), client=st.integers(0, 1))
    def file(self, priorities: list[str], elsewhere: int, client: int) -> None:
        for priority in priorities:
            filed = self.teams[elsewhere == 0].file(priority, client=self.people[f"client {client}"])
            self.since = self.since or filed["created_at"]
            self.remember(filed)
            self.at_rest()

    @rule(pick=Pick, who=Who, status=st.sampled_from(STATUSES))
    def move(self, pick: int, who: str, status: str) -> None:
        person, ticket = self.actor(who), self.ticket(pick)
        answer = self.model.answer_to_move(self.key(person), ticket, status)
        self.change(person, ticket, answer, status=status)
        if answer == 200 and status != ticket.status:
            self.model.move(self.key(person), ticket, status)

    @rule(pick=Pick, steps=st.integers(1, 3))
    def work_on(self, pick: int, steps: int) -> None:
        """The regular way on: random moves alone seldom get far."""
        ticket = self.ticket(pick)
        for status in STATUSES[STATUSES.index(ticket.status) + 1 :][:steps]:
            self.change(self.admin, ticket, 200, status=status)
            self.model.move("admin", ticket, status)

    @rule(pick=Pick, who=Who, priority=Priority)
    def reprioritise(self, pick: int, who: str, priority: str) -> None:
        person, ticket = self.actor(who), self.ticket(pick)
        answer = self.model.answer_to_edit(self.key(person), ticket, "priority", priority)
        self.change(person, ticket, answer, priority=priority)
        if answer == 200:
            ticket.priority = priority

    @rule(pick=Pick, who=Who, to=Somebody)
    def assign(self, pick: int, who: str, to: str) -> None:
        person, ticket = self.actor(who), self.ticket(pick)
        agent_id = self.id_of(to)
        answer = self.model.answer_to_assignment(self.key(person), ticket, agent_id)
        self.change(person, ticket, answer, assignee_id=agent_id)
        if answer == 200 and agent_id != ticket.assignee:
            if agent_id is None:
                self.model.hand_back(ticket)
            else:
                self.model.assign(ticket, agent_id)

    @rule(pick=Pick, by_admin=st.booleans())
    def give_up(self, pick: int, by_admin: bool) -> None:
        """Random people seldom may hand a ticket back: here its assignee or the admin does."""
        held = [ticket for ticket in self.model.tickets.values() if ticket.active and ticket.assignee]
        if held:
            ticket = held[pick % len(held)]
            person = next(person for person in self.people.values() if person.id == ticket.assignee)
            self.change(self.admin if by_admin else person, ticket, 200, assignee_id=None)
            self.model.hand_back(ticket)

    @rule(pick=Pick, who=Who, second=st.booleans())
    def change_team(self, pick: int, who: str, second: bool) -> None:
        person, ticket, team = self.actor(who), self.ticket(pick), self.teams[second].id
        answer = self.model.answer_to_edit(self.key(person), ticket, "team", team)
        self.change(person, ticket, answer, team=team)
        if answer == 200:
            self.model.change_team(ticket, team)

    @rule(pick=Pick, who=Who)
    def comment(self, pick: int, who: str) -> None:
        person, ticket = self.actor(who), self.ticket(pick)
        relation = self.model.relation(self.key(person), ticket)
        answer = 404 if relation in STRANGERS else 409 if ticket.status == "closed" else 201
        person.post(f"/tickets/{ticket.id}/comments", {"body": "Hello?"}, expect=answer)
        if answer == 201 and relation == "client" and ticket.status == "resolved":
            self.model.reopen(ticket)

    # --- agents ---

    @rule(number=Number, available=st.booleans())
    def come_or_go(self, number: int, available: bool) -> None:
        agent = self.agent(number)
        body = {"availability": "available" if available else "away"}
        self.admin.put(f"/agents/{agent.id}/availability", body, expect=200 if agent.active else 404)
        agent.available = available and agent.active

    @rule(number=Number, capacity=st.sampled_from([None, 0, 1, 2, 5]))
    def limit(self, number: int, capacity: int | None) -> None:
        agent = self.agent(number)
        if agent.active:
            self.admin.patch(f"/users/{agent.id}", {"capacity": capacity})
            agent.capacity = capacity

    @rule(number=Number, active=st.booleans())
    def activate(self, number: int, active: bool) -> None:
        agent = self.agent(number)
        self.admin.patch(f"/users/{agent.id}", {"active": active})
        if agent.active != active:
            self.leaves(agent)
            agent.active, agent.available = active, False

    @rule(number=Number, second=st.booleans())
    def join(self, number: int, second: bool) -> None:
        agent, team = self.agent(number), self.teams[second].id
        if not agent.active or agent.team == team:
            return
        self.leaves(agent)
        shown = self.admin.patch(f"/users/{agent.id}", {"team": team})
        agent.team, agent.available, agent.capacity = team, shown["availability"] == "available", shown["capacity"]
        self.model.forget_who_waited()

    # --- all at once ---

    @precondition(lambda self: len(self.model.tickets) > 3)
    @rule(commands=st.lists(st.tuples(Pick, Who, Command), min_size=3, max_size=9))
    def all_at_once(self, commands: list[tuple[int, str, Json]]) -> None:
        """Nobody can say in which order these are done: afterwards the model takes over what is there."""
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda command: self.hurried(*command), commands))
        assert [answer for answer in answers if answer >= 500] == []
        self.known = False

    def hurried(self, pick: int, who: str, command: Json) -> int:
        """Sends one of them; answers the status."""
        tickets = list(self.model.tickets.values())
        if "availability" in command:
            path = f"/agents/{self.agent(pick % AGENTS).id}/availability"
            return self.admin.send("PUT", path, json=command).status_code
        if "file" in command:
            filing = {"title": "Quick", "description": "In a hurry.", "client_id": self.people["client 0"].id}
            filing |= {"team": self.teams[0].id, "priority": command["file"]}
            return self.admin.send("POST", "/tickets", json=filing).status_code
        if "assignee_id" in command:
            command = {"assignee_id": self.id_of(command["assignee_id"])}
        path = f"/tickets/{tickets[pick % len(tickets)].id}"
        return self.actor(who).send("PATCH", path, json=command).status_code

    # --- at rest ---

    @invariant()
    def at_rest(self) -> None:
        """After each command everything is as the model says, and nothing waits that could be given to somebody."""
        self.api.wait_idle()
        shown: dict[str, Json] = {}
        for client in ("client 0", "client 1"):
            found = self.admin.all("/tickets", client_id=self.people[client].id, created_from=self.since)
            shown |= {ticket["id"]: ticket for ticket in found}
        agents = {agent["id"]: agent for team in self.teams for agent in self.admin.all("/agents", team=team.id)}
        if not self.known:
            self.take_over(shown, agents)
            self.known = True
        self.model.drain({id_: ticket["assignee_id"] for id_, ticket in shown.items()})
        assert {
            id_: (ticket["status"], ticket["priority"], ticket["team"], ticket["assignee_id"])
            for id_, ticket in shown.items()
        } == {
            ticket.id: (ticket.status, ticket.priority, ticket.team, ticket.assignee)
            for ticket in self.model.tickets.values()
        }
        assert {
            id_: (agent["team"], agent["availability"], agent["capacity"], agent["workload"], agent["active_tickets"])
            for id_, agent in agents.items()
        } == {agent.id: self.model.shown(agent) for agent in self.model.agents.values() if agent.active}

    def take_over(self, shown: dict[str, Json], agents: dict[str, Json]) -> None:
        for id_, ticket in sorted(shown.items()):
            if id_ not in self.model.tickets:
                self.remember(ticket)
            known = self.model.tickets[id_]
            known.status, known.priority, known.team = ticket["status"], ticket["priority"], ticket["team"]
            known.assignee = ticket["assignee_id"]
            events = self.teams[0].history(ticket) if known.assignee is None else []
            known.kept_from = history.handed_back_by(events)
        for id_, agent in agents.items():
            self.model.agents[id_].available = agent["availability"] == "available"
        self.model.forget_who_waited()

    def teardown(self) -> None:
        if hasattr(self, "teams"):
            self.api.wait_idle()
            assert recount(self.admin, [team.id for team in self.teams]).mismatches == []

    # --- what the rules are written with ---

    @property
    def admin(self) -> Person:
        return self.api.admin

    def actor(self, who: str) -> Person:
        """Who asks; the admin in place of an agent who can't sign in."""
        agent = self.model.agents.get(self.people[who].id)
        return self.people[who] if agent is None or agent.active else self.admin

    def key(self, person: Person) -> str:
        """Who a person is to the model."""
        return "admin" if person is self.admin else person.id

    def id_of(self, who: str) -> str | None:
        return None if who == "nobody" else self.people[who].id

    def agent(self, number: int) -> Agent:
        return self.model.agents[self.people[f"agent {number}"].id]

    def ticket(self, pick: int) -> Ticket:
        tickets = list(self.model.tickets.values())
        return tickets[pick % len(tickets)]

    def remember(self, filed: Json) -> None:
        id_, serial = filed["id"], len(self.model.tickets)
        self.model.tickets[id_] = Ticket(id_, filed["team"], filed["client_id"], filed["priority"], serial)

    def change(self, person: Person, ticket: Ticket, answer: int, **fields: Any) -> None:
        person.patch(f"/tickets/{ticket.id}", fields, expect=answer)

    def leaves(self, agent: Agent) -> None:
        # Several tickets are queued one after the other: in which order they find somebody is not said.
        self.known = self.known and len(self.model.held_by(agent.id)) < 2
        self.model.leave(agent)


@pytest.mark.parametrize("runs", [6, pytest.param(60, marks=pytest.mark.long)])
def test_whatever_people_do_the_desk_is_as_the_model_says(api: Api, runs: int) -> None:
    Desk.api = api
    Desk.people = {"admin": api.admin, "client 0": api.make("client"), "client 1": api.make("client")}
    Desk.people |= {f"agent {number}": api.make("agent") for number in range(AGENTS)}
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=runs,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
