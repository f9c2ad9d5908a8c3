"""Bodies of requests and answers about people (contract §3)."""

from typing import Annotated, Literal, cast

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError
from typing_extensions import TypeAliasType

from chalicelib.auth import passwords
from chalicelib.edge.schemas import Body, Change, Flag, Query, Seen, Shown, Text, Timestamp, left_out
from chalicelib.errors import Invalid
from chalicelib.people import time_zones
from chalicelib.people.addresses import normal_form, spelled_out
from chalicelib.people.agents import Availability, NamedAgent
from chalicelib.people.models import Account, AgentRow, TeamName
from chalicelib.people.teams import RESERVED
from chalicelib.permissions import Role
from chalicelib.settings import DEFAULT_TEAM
from chalicelib.texts import DIRECTIONS


def _address(text: str) -> str:
    try:
        normal_form(text)
    except Invalid as invalid:
        found = invalid.errors[0]
        raise PydanticCustomError(found.code, found.message, dict(found.params)) from None
    return text


def _zone(name: str) -> str:
    if name in time_zones.names():
        return name
    raise PydanticCustomError("bad_zone", "Must be an IANA time zone, like Europe/Rome.")


def _allowed(password: str) -> str:
    if objection := passwords.objection(password):
        raise PydanticCustomError(*objection)
    return password


def _undirected(name: str) -> str:
    if DIRECTIONS.search(name):
        raise PydanticCustomError("direction", "Must not contain characters that turn the direction of writing.")
    return name


def _not_reserved(team_id: str) -> str:
    if team_id in RESERVED:
        raise PydanticCustomError("reserved", "This word means something else: choose another id.")
    return team_id


Email = Annotated[
    str,
    Text(1, 254),
    AfterValidator(_address),
    WithJsonSchema({"type": "string", "format": "email", "maxLength": 254}),
]
Name = Annotated[str, Text(1, 100), Seen, AfterValidator(_undirected)]
Password = Annotated[str, Text(passwords.SHORTEST, passwords.LONGEST), AfterValidator(_allowed)]
"""A new password: none of the most common ones. That it isn't the person's e-mail address is checked by the service."""
TeamId = Annotated[str, Text(1, 40)]
Capacity = Annotated[int, Field(ge=0, le=1_000_000_000)]
"""An agent whose workload has reached this gets no more tickets."""
Locale = Annotated[str, Field(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", max_length=35)]
"""A language tag with the form that BCP 47 demands."""
TimeZone = Annotated[str, Text(1, 64), AfterValidator(_zone)]


class NewUser(Body):
    """Without a password, an invitation to set one goes out by mail. `team` (default: support) and `capacity`
    (default: no limit) are for agents alone."""

    email: Email
    name: Name
    role: Role
    password: Password | None = None
    team: TeamId | None = None
    capacity: Capacity | None = None


class UserChange(Change):
    """Fields left out stay as they are. `capacity: null` is no limit."""

    name: Name = ""
    role: Role = "client"
    active: bool = True
    team: TeamId = ""
    capacity: Capacity | None = None


class ProfileChange(Change):
    """Fields left out stay as they are."""

    name: Name = ""
    email_notifications: bool = True
    locale: Locale | None = None
    time_zone: TimeZone | None = None


class UserFilters(Query):
    """`q`: the beginning of the e-mail address or of any word of the name; accents and case don't count. Of several
    words, each begins one of the name's."""

    role: Role | None = None
    active: Flag | None = None
    q: Annotated[str, Text(1, 200)] | None = None


class MailRefused(Shown):
    """The address takes no mail, and gets none: SES refused it, mail came back for good, or its owner complained."""

    reason: Literal["refused", "bounce", "complaint"]
    at: Timestamp


class _Person(Shown):
    id: str
    email: str
    name: str
    active: bool
    email_verified: bool
    email_notifications: bool
    locale: str | None
    time_zone: str | None
    created_at: Timestamp
    email_ascii: str | None = left_out()
    """As mail writes the address, where its domain has letters beyond ASCII: they may look like others."""
    mail_refused: MailRefused | None = left_out()
    """For admins who read one account; left out where mail goes."""
    totp: bool | None = left_out()
    """With a second factor; for its owner, and admins who read one account. Left out without."""


class PlainUser(_Person):
    """A client or an admin."""

    role: Literal["client", "admin"]


class AgentUser(_Person):
    """An agent."""

    role: Literal["agent"]
    team: str
    availability: Availability
    capacity: int | None


User = TypeAliasType("User", Annotated[PlainUser | AgentUser, Field(discriminator="role")])
"""A person. `role` decides which fields there are."""


class AvailabilityChange(Body):
    availability: Availability


class AgentFilters(Query):
    team: TeamId | None = None


class AgentShown(Shown):
    """`workload`: the sum of the weights of their active tickets. `capacity: null` is no limit."""

    id: str
    name: str
    team: str
    availability: Availability
    workload: int
    capacity: int | None
    active_tickets: int


class NewTeam(Body):
    """`id` stays for ever: lower-case letters, digits and hyphens."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$"), AfterValidator(_not_reserved)]
    name: Name


class TeamShown(Shown):
    id: str
    name: str


_NOT_STORED = ("email_ascii", "mail_refused", "totp")


def user(account: Account, row: AgentRow | None, *, refused: bool = False, factor: bool = False) -> User:
    """`row`: an agent's own. `refused`: with whether the address takes mail. `factor`: with whether there is a second
    factor."""
    fields = {name: getattr(account, name) for name in PlainUser.model_fields if name not in _NOT_STORED}
    fields["email_ascii"] = spelled_out(account.email)
    if refused and account.mail_refused:
        fields["mail_refused"] = MailRefused(**account.mail_refused)
    if factor and account.factor:
        fields["totp"] = True
    if account.role != "agent":
        return PlainUser(**fields)
    return AgentUser(
        **fields,
        team=account.team or DEFAULT_TEAM,
        availability=cast(Availability, row.availability) if row else "away",
        capacity=_whole(row.capacity) if row else None,
    )


def agent(found: NamedAgent) -> AgentShown:
    row = found.row
    return AgentShown(
        id=row.agent_id,
        name=found.name,
        team=row.team,
        availability=cast(Availability, row.availability),
        workload=int(row.workload),
        capacity=_whole(row.capacity),
        active_tickets=int(row.active_tickets),
    )


def team(found: TeamName) -> TeamShown:
    return TeamShown(id=found.item, name=found.name)


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)
