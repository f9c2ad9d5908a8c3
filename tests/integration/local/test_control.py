"""The runner's own pages and routes; mail as SES took it."""

import re
from email.message import EmailMessage
from typing import Any

import httpx
import pytest

from infra.local.control.page import SHOWN
from infra.local.stack import Stack
from tests.integration.local.conftest import Does
from tests.integration.local.small_app import client


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere.txt", 404),
        ("GET", "/ws-chat", 404),
        ("GET", "/_local/nowhere", 404),
        ("POST", "/_local/idle", 405),
        ("GET", "/_local/mail/inbound", 405),
        ("GET", "/_local/mail/events", 405),
    ],
)
def test_what_isnt_there_is_a_problem(http: httpx.Client, method: str, path: str, status: int) -> None:
    answer = http.request(method, path)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "advance_seconds"),
        ({"advance_seconds": -1}, "advance_seconds"),
        ({"advance_seconds": "1"}, "advance_seconds"),
    ],
)
def test_a_bad_jump_of_the_clock_is_refused_by_name(http: httpx.Client, body: dict[str, Any], field: str) -> None:
    answer = http.post("/_local/clock", json=body)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_sent_mail_can_be_read_in_order(http: httpx.Client) -> None:
    raw = EmailMessage()
    raw["From"] = "Desk <desk@example.com>"
    raw["To"] = "anna@example.com"
    raw["Subject"] = "Grüße"
    raw["References"] = "<ticket-1@example.com>"
    raw.set_content("Plain <b>text</b>")
    raw.add_alternative("<p>Rich</p>", subtype="html")
    ses = client("sesv2")
    ses.send_email(
        FromEmailAddress="desk@example.com",
        Destination={"ToAddresses": ["ben@example.com"]},
        Content={
            "Simple": {
                "Subject": {"Data": "First"},
                "Body": {"Text": {"Data": "text"}, "Html": {"Data": "<p>html</p>"}},
                "Headers": [{"Name": "In-Reply-To", "Value": "<x@example.com>"}],
            }
        },
    )
    ses.send_email(
        FromEmailAddress="Desk <desk@example.com>",
        Destination={"ToAddresses": ["anna@example.com"]},
        Content={"Raw": {"Data": raw.as_bytes()}},
    )

    first, second = http.get("/_local/mail").json()["messages"]

    assert (first["to"], first["from"], first["subject"]) == (["ben@example.com"], "desk@example.com", "First")
    assert (first["text"], first["html"]) == ("text", "<p>html</p>")
    assert first["headers"] == {"In-Reply-To": "<x@example.com>"}
    assert second["subject"] == "Grüße"
    assert second["text"].strip() == "Plain <b>text</b>"
    assert second["html"].strip() == "<p>Rich</p>"
    assert second["headers"]["References"] == "<ticket-1@example.com>"
    page = http.get("/_local/").text
    assert "Grüße" in page
    assert "Plain &lt;b&gt;text&lt;/b&gt;" in page


def test_the_page_shows_the_newest_mails_and_leads_to_older_ones(http: httpx.Client) -> None:
    ses = client("sesv2")
    before = len(http.get("/_local/mail").json()["messages"])
    for number in range(SHOWN + 10):
        ses.send_email(
            FromEmailAddress="desk@example.com",
            Destination={"ToAddresses": ["ben@example.com"]},
            Content={"Simple": {"Subject": {"Data": f"No. {number}!"}, "Body": {"Text": {"Data": "text"}}}},
        )
    shown = http.get("/_local/").text
    assert shown.count("<article>") == SHOWN
    assert f"No. {SHOWN + 9}!" in shown
    assert "No. 9!" not in shown
    [older] = re.findall(r'href="(/_local/\?before=\d+)"', shown)
    assert older.endswith(f"={before + 10}")
    assert "No. 9!" in http.get(older).text
    assert "None was sent" in http.get("/_local/?before=0").text
    assert http.get("/_local/?before=x").status_code == 422


def test_a_function_without_source_is_invoked_by_name(stack: Stack, does: Does) -> None:
    answer = stack.functions.invoke("plain", {"a": 1})

    assert answer["event"] == {"a": 1}
    assert answer["id"]
    assert 0 < answer["left"] <= 60_000


def test_resources_are_as_the_template_says(stack: Stack) -> None:
    name = client("ssm").get_parameter(Name="/things/name")["Parameter"]["Value"]
    table = client("dynamodb").describe_table(TableName="things")["Table"]
    ttl = client("dynamodb").describe_time_to_live(TableName="things")["TimeToLiveDescription"]

    assert name == "things in eu-central-1, ${literal}"
    assert {index["IndexName"] for index in table["GlobalSecondaryIndexes"]} == {"by_colour"}
    assert table["StreamSpecification"]["StreamViewType"] == "NEW_AND_OLD_IMAGES"
    assert ttl["AttributeName"] == "expires_at"


def test_signing_keys_are_there_to_sign_with(stack: Stack) -> None:
    import base64
    import json

    ssm = client("ssm")
    keys = json.loads(
        ssm.get_parameter(Name="/lambdesk/signing-keys/access", WithDecryption=True)["Parameter"]["Value"]
    )

    assert len(base64.b64decode(keys["keys"][keys["current"]])) == 32
