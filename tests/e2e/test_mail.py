"""Mail, seen from outside: whatever comes twice, dies or is throttled, the outbox is what the histories ask for, one by
one. And mail that comes in.
"""

import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from typing import Any

import pytest

from tests.e2e.client import PASSWORD, Api, Json, Person, Team
from tests.e2e.mail_expected import Mail, expected, sent

BOTH = pytest.mark.parametrize("engine", ["moto", "dynamodb-local"], indirect=True)
FAULTS = (
    {"function": "*", "duplicate": 0.3},
    {"operation": "ses:SendEmail", "error": "TooManyRequestsException", "probability": 0.2},
    {"operation": "dynamodb:PutItem", "error": "ThrottlingException", "probability": 0.05, "function": "on_mail"},
    {
        "operation": "dynamodb:UpdateItem",
        "error": "InternalServerError",
        "probability": 0.05,
        "after": True,
        "function": "on_mail",
    },
    {"operation": "dynamodb:TransactWriteItems", "error": "TransactionConflict", "probability": 0.1},
)


@pytest.fixture(autouse=True)
def no_faults_left(api: Api) -> Iterator[None]:
    yield
    api.clear_faults()


def outbox(api: Api) -> list[Json]:
    messages: list[Json] = api.http.get("/_local/mail").json()["messages"]
    return messages


def to(api: Api, person: Person, number: int | None = None) -> list[Json]:
    api.wait_idle()
    mine = [message for message in outbox(api) if message["to"] == [person.email]]
    return [each for each in mine if number is None or each["subject"].startswith(f"[#{number}]")]


def receive(api: Api, sender: str, address: str, text: str, headers: str = "", **verdicts: str) -> None:
    raw = f"From: {sender}\r\n{headers}\r\n{text}\r\n".encode()
    answer = api.http.post("/_local/mail/inbound", params={"from": sender, "to": address, **verdicts}, content=raw)
    assert answer.status_code == 202, answer.text
    api.wait_idle()


def confirmed(api: Api) -> Person:
    """A client who signed up and confirmed their address."""
    person = api.make("client")
    body = {"email": f"c{person.email}", "password": person.password, "name": "Ann Example"}
    signed = api.anyone.post("/auth/register", body)
    api.wait_idle()
    signed_up = Person(api, body["email"], person.password, "client", signed["user"])
    api.confirm(signed_up)
    return signed_up


def test_receipts_wait_until_the_address_is_confirmed(api: Api, team: Team) -> None:
    client, other = api.make("client"), api.make("client")
    mine = [client.post("/tickets", {"title": f"My {what}", "description": "burns"}) for what in ("printer", "phone")]
    filed = team.file(client=client)
    api.admin.post(f"/tickets/{filed['id']}/comments", {"body": "Which floor?"})
    asked = [mail["subject"] for mail in to(api, client)]
    numbers = [ticket["number"] for ticket in (*mine, filed)]
    assert asked == ["Confirm your e-mail address", *(f"[#{number}] Confirm your address" for number in numbers)]
    assert not [mail for mail in to(api, client) if "printer" in mail["text"] or "Which" in mail["text"]]
    api.confirm(client, other)
    receipts = [mail for mail in to(api, client) if "Confirm" not in mail["subject"]]
    titles = [f"[#{ticket['number']}] {ticket['title']}" for ticket in (*mine, filed)]
    assert sorted(mail["subject"] for mail in receipts) == sorted(titles)
    assert all("Its number is" in mail["text"] for mail in receipts)
    later = client.post("/tickets", {"title": "Later", "description": "D"})
    assert [mail["subject"] for mail in to(api, client, later["number"])] == [f"[#{later['number']}] Later"]


def live(team: Team, ticket: Json, client: Person, chance: random.Random) -> None:
    """A ticket's life: comments of both, moves, handing on, reopening."""
    admin, path = team.api.admin, f"/tickets/{ticket['id']}"
    words = (f"said-{ticket['number']}-{serial}" for serial in range(100))
    for _ in range(chance.randint(3, 6)):
        match chance.randrange(6):
            case 0:
                client.post(f"{path}/comments", {"body": next(words)})
            case 1:
                admin.post(f"{path}/comments", {"body": next(words)})
            case 2:
                admin.post(f"{path}/notes", {"body": "for us alone"})
            case 3:
                status = admin.get(path)["status"]
                admin.patch(
                    path, {"status": {"open": "in_progress", "in_progress": "resolved"}.get(status, "in_progress")}
                )
            case 4:
                if admin.get(path)["status"] == "resolved":
                    client.post(f"{path}/comments", {"body": next(words)})
            case 5:
                admin.patch(path, {"priority": chance.choice(["low", "high", "urgent"])})


def crash(api: Api, rounds: int) -> None:
    """Functions that mail or fan out die after their first, second, third write."""
    for function, writes in zip(cycle(["on_mail", "consumers"]), [*cycle_of(rounds)], strict=False):
        api.fault(function=function, crash_after_writes=writes)
        time.sleep(0.2)


def cycle_of(rounds: int) -> Iterator[int]:
    return (1 + number % 3 for number in range(rounds))


def run(team: Team, tickets: int, crashes: int) -> None:
    api = team.api
    clients, agents = [api.make("client") for _ in range(4)], [team.agent() for _ in range(3)]
    api.confirm(*clients, *agents)
    silent, unreachable = clients[1], clients[2]
    silent.patch("/auth/me", {"email_notifications": False})
    told = api.http.post(
        "/_local/mail/events", json={"kind": "bounce", "recipient": unreachable.email, "permanent": True}
    )
    assert told.is_success
    for person in (*clients, *agents):
        assert person.token
    api.wait_idle()
    for fault in FAULTS:
        api.fault(**fault)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda number: _filed(team, clients[number % 4]), range(tickets)))
        dying = pool.submit(crash, api, crashes)
        list(pool.map(lambda each: live(team, each[0], each[1], random.Random(each[0]["number"])), made))
        dying.result()
    api.wait_idle()
    api.clear_faults()
    api.wait_idle()
    emails = {person.id: person.email for person in (*clients, *agents) if person not in (silent, unreachable)}
    assert sent(outbox(api), (ticket["number"] for ticket, _ in made)) == _expected(team, made, agents, emails)
    everybody = {person.id: person.email for person in (*clients, *agents)}
    assert _noted([*clients, *agents]) == _to_be_noted(_expected(team, made, agents, everybody))


def _noted(people: list[Person]) -> Counter[tuple[str, int, bool]]:
    """What everybody's notifications tell: to whom, of which ticket, and whether it is an assignment."""
    return Counter(
        (person.email, each["number"], each["kind"] == "assigned")
        for person in people
        for each in person.all("/notifications")
    )


def _to_be_noted(mails: Counter[Mail]) -> Counter[tuple[str, int, bool]]:
    """The same of the mails that would go to everybody if all took mail: one notification for each, receipts aside."""
    found: Counter[tuple[str, int, bool]] = Counter()
    for mail, count in mails.items():
        if mail.kind != "receipt":
            found[mail.to, mail.number, mail.kind == "assigned"] += count
    return found


def _filed(team: Team, client: Person) -> tuple[Json, Person]:
    while True:  # the engine may still be busy after the server has tried again
        response = team.api.admin.send(
            "POST", "/tickets", json={"title": "T", "description": "d", "team": team.id, "client_id": client.id}
        )
        if response.status_code == 201:
            return response.json(), client
        assert response.status_code == 503, response.text


def _expected(
    team: Team, made: list[tuple[Json, Person]], agents: list[Person], emails: dict[str, str]
) -> Counter[Mail]:
    staff = {agent.id for agent in agents} | {team.api.admin.id}
    found: Counter[Mail] = Counter()
    for ticket, _ in made:
        path = f"/tickets/{ticket['id']}"
        comments = {each["id"]: each["body"] for each in team.api.admin.all(f"{path}/comments")}
        found += expected(ticket, team.history(ticket), comments, staff, emails)
    return found


def test_every_event_mails_each_recipient_once_whatever_goes_wrong(team: Team) -> None:
    run(team, tickets=8, crashes=4)


@pytest.mark.long
@BOTH
def test_of_a_hundred_tickets_every_event_mails_each_recipient_once(team: Team) -> None:
    run(team, tickets=100, crashes=40)


def test_an_address_that_bounces_or_that_ses_cannot_take_is_marked_and_left_alone(api: Api, team: Team) -> None:
    email = f"jörg-{team.id}@example.com"
    strange = Person(api, email, PASSWORD, "client", api.make("client", email=email)._user)
    bounces = api.make("client")
    assert not to(api, strange)
    told = {"kind": "bounce", "recipient": bounces.email.upper(), "permanent": True}
    assert api.http.post("/_local/mail/events", json=told).is_success
    complains = api.make("client")
    api.confirm(complains)
    soft = {"kind": "bounce", "recipient": complains.email, "permanent": False}
    assert api.http.post("/_local/mail/events", json=soft).is_success
    first = team.file_settled(client=complains)
    assert to(api, complains, first["number"])
    assert api.http.post("/_local/mail/events", json=soft | {"kind": "complaint"}).is_success
    api.wait_idle()
    for person, reason in ((strange, "refused"), (bounces, "bounce"), (complains, "complaint")):
        ticket = team.file_settled(client=person)
        assert not to(api, person, ticket["number"])
        [entry] = list(api.admin.all("/audit", subject=person.id, action="mail_refused"))
        assert entry["detail"] == {"reason": reason}
        assert api.admin.get(f"/users/{person.id}")["mail_refused"]["reason"] == reason
        assert "mail_refused" not in person.get("/auth/me")


def test_the_readmes_way_a_ticket_is_answered_by_mail(api: Api, team: Team) -> None:
    """File, comment, read the mail, answer it with a file, reopen by mail."""
    client, agent = confirmed(api), team.agent()
    api.confirm(agent)
    ticket = team.file_settled(client=client)
    path = f"/tickets/{ticket['id']}"
    agent.change(ticket, status="in_progress")
    agent.post(f"{path}/comments", {"body": "Is it plugged in?"})
    mail = to(api, client, ticket["number"])[-1]
    assert "Is it plugged in?" in mail["text"]
    address = mail["headers"]["Reply-To"]
    quoted = "".join(f"> {line}\r\n" for line in mail["text"].splitlines())
    receive(api, client.email, address, f"It is.\r\n\r\nOn Wednesday Lambdesk wrote:\r\n{quoted}")
    assert [each["body"] for each in api.admin.all(f"{path}/comments")] == ["Is it plugged in?", "It is."]
    assert "It is." in to(api, agent, ticket["number"])[-1]["text"]
    kind = 'Message-ID: <file@example.org>\r\nContent-Type: multipart/mixed; boundary="b"\r\n'
    parts = (
        "--b\r\nContent-Type: text/plain\r\n\r\nSee the log.\r\n--b\r\nContent-Type: text/plain; name=log.txt\r\n"
        "Content-Disposition: attachment; filename=log.txt\r\n\r\nburning\r\n--b--"
    )
    receive(api, client.email, address, parts, kind)
    [file] = list(api.admin.all(f"{path}/attachments"))
    assert (file["filename"], file["status"]) == ("log.txt", "ready")
    agent.change(ticket, status="resolved")
    before = len(to(api, client, ticket["number"])), len(to(api, agent, ticket["number"]))
    receive(api, client.email, address, "It burns again.", "Message-ID: <again@example.org>\r\n")
    assert api.admin.get(path)["status"] == "in_progress"
    after = len(to(api, client, ticket["number"])), len(to(api, agent, ticket["number"]))
    assert (after[0] - before[0], after[1] - before[1]) == (0, 1), "one that reopens is this mail alone"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("to=a@example.org", "from"),
        ("from=a@example.org", "to"),
        ("from=&to=a@b.example&spf=maybe", "spf"),
        ("x=1", "x"),
    ],
)
def test_the_door_for_mail_says_what_it_misses(api: Api, query: str, field: str) -> None:
    answer = api.http.post(f"/_local/mail/inbound?{query}", content=b"x")
    assert answer.status_code == 422
    assert field in [error["field"] for error in answer.json()["errors"]]
    event: dict[str, Any] = {"kind": "nonsense", "recipient": "a@example.org"}
    assert api.http.post("/_local/mail/events", json=event).status_code == 422


def test_mail_is_in_the_readers_language_and_an_answer_to_it_is_cut_like_any_other(api: Api, team: Team) -> None:
    reader = confirmed(api)
    reader.patch("/auth/me", {"locale": "ar-EG"})
    ticket = team.file_settled(client=reader)
    api.admin.post(f"/tickets/{ticket['id']}/comments", {"body": "Which floor?"})
    mail = to(api, reader, ticket["number"])[-1]
    assert f"كتب {api.admin.name}:" in mail["text"]
    assert '<html lang="ar" dir="rtl">' in mail["html"]
    assert mail["subject"].endswith(ticket["title"])
    quoted = "\r\n".join(f"> {line}" for line in mail["text"].splitlines())
    headers = "Message-ID: <1@ar>\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
    receive(
        api,
        reader.email,
        mail["headers"]["Reply-To"],
        f"الطابق الثالث.\r\n\r\n{quoted}",
        headers,
    )
    said = list(api.admin.all(f"/tickets/{ticket['id']}/comments"))[-1]
    assert (said["body"], said["trimmed"]) == ("الطابق الثالث.", None)
    reader.patch("/auth/me", {"locale": "en"})
    api.admin.post(f"/tickets/{ticket['id']}/comments", {"body": "On my way"})
    assert f"{api.admin.name} wrote:" in to(api, reader, ticket["number"])[-1]["text"]
