"""What anybody may put into our log: little, and seldom."""

from typing import Any

import pytest

from tests.integration.people.conftest import Clock, Http

TOLD: dict[str, Any] = {
    "kind": "error",
    "name": "TypeError",
    "page": "/tickets/$ticketId",
    "places": ["/assets/ticket-page-B3x_9.js:1:2034"],
    "version": "1.0",
}


def test_a_crash_is_told_to_the_log_and_counted(http: Http, capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    assert http("POST", "/client-errors", TOLD).status == 204
    said = "".join(capfd.readouterr())
    assert '"message":"client error"' in said
    assert '"place":"/assets/ticket-page-B3x_9.js:1:2034"' in said
    assert '"ClientErrors"' in said


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "My password is hunter2"),
        ("page", "/tickets/Buy at evil.example"),
        ("page", "/tickets/01M8Q69QVPK5SX1HK4V0H1MDDQ"),
        ("places", ["https://evil.example/a.js:1:1"]),
        ("places", ['/assets/a.js:1:1\n{"level":"ERROR"}']),
        ("places", ["/assets/a.js:1:1"] * 6),
        ("version", "1.0\n"),
        ("message", "Cannot read Ann's letter"),
        ("kind", "other"),
    ],
)
def test_nothing_that_people_wrote_fits(http: Http, field: str, value: Any) -> None:
    refused = http("POST", "/client-errors", {**TOLD, field: value})
    assert refused.status == 422
    assert refused.fields[0].split(".")[0] == field


def test_an_address_tells_of_twenty_in_an_hour(http: Http, clock: Clock) -> None:
    assert [http("POST", "/client-errors", TOLD).status for _ in range(22)] == [204] * 20 + [429] * 2
    elsewhere = {"X-Forwarded-For": "198.51.100.7"}
    assert http("POST", "/client-errors", TOLD, headers=elsewhere).status == 204
    clock.advance(3601)
    assert http("POST", "/client-errors", TOLD).status == 204
