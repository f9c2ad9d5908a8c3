"""What is missing is said all at once, before anything is done; AWS is moto's, but for three calls that it lacks."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from moto import mock_aws
from moto.core.models import DEFAULT_ACCOUNT_ID as ACCOUNT_ID
from moto.ses.models import ses_backends

from infra.deploy import preflight

REGION = "eu-central-1"
GOOD = {"MailDomain": "example.com", "MailFrom": "Help desk <help@example.com>"}


class Account:
    """An AWS account. `quota`: functions at a time; `sandbox`: whether SES mails verified addresses alone."""

    def __init__(self) -> None:
        self.quota, self.sandbox = 1000, False
        self._session = boto3.Session(region_name=REGION)

    def client(self, service: str, **how: Any) -> Any:
        made = self._session.client(service, **how)  # type: ignore[call-overload]
        answers = {
            "service-quotas.GetServiceQuota": lambda: {"Quota": {"Value": float(self.quota)}},
            "sesv2.GetAccount": lambda: {"ProductionAccessEnabled": not self.sandbox},
        }
        for call, answer in answers.items():
            made.meta.events.register(f"before-call.{call}", lambda answer=answer, **_: (OK, answer()))
        return made

    def found(self, region: str = REGION, **more: str) -> preflight.Found:
        return preflight.look(self.client, region, {**GOOD, **more})


OK = AWSResponse("https://aws.test", 200, {}, None)  # type: ignore[arg-type]


@pytest.fixture
def account() -> Iterator[Account]:
    with mock_aws():
        account = Account()
        account.client("sesv2").create_email_identity(EmailIdentity="example.com")
        # moto has no way to say that a domain's records were found.
        ses_backends[ACCOUNT_ID][REGION].email_identities["example.com"].verified_for_sending_status = True
        yield account


def test_nothing_is_missing(account: Account) -> None:
    assert account.found() == ([], [])


def test_everything_is_said_at_once(account: Account) -> None:
    account.quota = 10
    missing, advice = account.found(
        SockjsConcurrency="100",
        MailDomain="else.example",
        CertificateArn="arn:aws:acm:eu-central-1:123456789012:certificate/one",
    )
    assert [each.partition(":")[0] for each in missing] == [
        "SockjsConcurrency and MailInConcurrency",
        "MailFrom",
        "SES",
        "CertificateArn",
        "PublicUrl",
    ]
    assert "at most 0" in missing[0]
    assert [each[:20] for each in advice] == ["Lambda runs 10 funct"]


@pytest.mark.parametrize(("quota", "most"), [(1000, None), (999, 899), (150, 50), (10, 0)])
def test_what_may_be_reserved_of_a_quota(account: Account, quota: int, most: int | None) -> None:
    account.quota = quota
    found = [
        each
        for each in account.found(SockjsConcurrency="800", MailInConcurrency="100").missing
        if "SockjsConcurrency" in each
    ]
    assert [each.rpartition("at most ")[2] for each in found] == ([] if most is None else [f"{most}."])


def test_the_sandbox_is_no_obstacle_and_is_said(account: Account) -> None:
    account.sandbox = True
    missing, [advice] = account.found()
    assert not missing
    assert "sandbox" in advice


def test_a_certificate_is_judged(account: Account) -> None:
    acm = account.client("acm", region_name="us-east-1")
    arn = acm.request_certificate(DomainName="*.example.com")["CertificateArn"]
    for url, fault in (("https://help.example.com", ""), ("https://help.example.org", "PublicUrl is help.example.org")):
        missing = [each for each in account.found(CertificateArn=arn, PublicUrl=url).missing if "issued" not in each]
        assert fault in " ".join(missing)
        assert bool(missing) == bool(fault)
    gone = arn[:-4] + "0000"
    assert any("there is no" in each for each in account.found(CertificateArn=gone, PublicUrl="https://a.b").missing)


def test_no_domain_to_send_from(account: Account) -> None:
    [missing] = preflight.look(account.client, REGION, {}).missing
    assert missing.startswith("MailDomain:")


def test_another_rule_set_that_is_active_is_said(account: Account) -> None:
    ses = account.client("ses")
    ses.create_receipt_rule_set(RuleSetName="theirs")
    ses.set_active_receipt_rule_set(RuleSetName="theirs")
    [advice] = account.found(MailInDomain="in.example.com").advice
    assert "theirs" in advice


@pytest.mark.parametrize(
    ("region", "fault"),
    [
        ("me-central-1", "MailInDomain: SES receives no mail in me-central-1"),
        ("ap-east-1", "Region: ap-east-1 has no AWS::SES::ConfigurationSet"),
    ],
)
def test_a_region_that_lacks_something_is_said(account: Account, region: str, fault: str) -> None:
    assert fault in account.found(region, MailInDomain="in.example.com").missing[0]


def test_nobody_who_isnt_known_is_asked_for_more(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    session = boto3.Session(region_name=REGION)
    missing, advice = preflight.look(session.client, REGION, GOOD)
    assert [each.partition(":")[0] for each in missing] == ["Credentials"]
    assert not advice
