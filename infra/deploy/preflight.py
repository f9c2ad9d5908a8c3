"""Finds everything that is missing before a deployment, all at once."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from botocore.exceptions import BotoCoreError, ClientError

from infra.deploy import regions

Client = Callable[..., Any]
"""boto3's `session.client`: (service, region_name=…) -> client."""

CONCURRENCY_QUOTA = "L-B99A9384"
"""Lambda's "Concurrent executions"."""
LEFT_UNRESERVED = 100
"""Lambda keeps this many for functions that reserve none; an account with a smaller quota can reserve nothing."""


class Found(NamedTuple):
    missing: list[str]
    """Without these a deployment fails or doesn't work. Sentences."""
    advice: list[str]
    """It works without these, with limits. Sentences."""


def look(client: Client, region: str, parameters: Mapping[str, str]) -> Found:
    """Looks at the account; changes nothing. `parameters`: the template's parameters as they will be."""
    try:
        client("sts").get_caller_identity()
    except (BotoCoreError, ClientError) as error:
        return Found([f"Credentials: AWS doesn't know you ({error}). Sign in, or set AWS_PROFILE."], [])
    missing: list[str] = []
    advice: list[str] = []
    for check in (_region, _concurrency, _mail, _certificate, _mail_in, _public_url):
        try:
            for needed, sentence in check(client, region, parameters):
                (missing if needed else advice).append(sentence)
        except (BotoCoreError, ClientError) as error:
            advice.append(f"{check.__name__.strip('_').replace('_', ' ').capitalize()}: could not be asked ({error}).")
    return Found(missing, advice)


_Sentences = Iterator[tuple[bool, str]]
"""(whether it is needed, what is to be done)."""


def _region(_client: Client, region: str, _parameters: Mapping[str, str]) -> _Sentences:
    if absent := regions.unknown(regions.needed(), region):
        yield True, f"Region: {region} has no {', '.join(sorted(absent))}. Choose another."


def _concurrency(client: Client, _region: str, parameters: Mapping[str, str]) -> _Sentences:
    quotas = client("service-quotas")
    try:
        answer = quotas.get_service_quota(ServiceCode="lambda", QuotaCode=CONCURRENCY_QUOTA)
    except ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchResourceException":
            raise
        answer = quotas.get_aws_default_service_quota(ServiceCode="lambda", QuotaCode=CONCURRENCY_QUOTA)
    quota = int(answer["Quota"]["Value"])
    reserved = sum(int(parameters.get(name) or 0) for name in ("SockjsConcurrency", "MailInConcurrency"))
    if reserved and quota - reserved < LEFT_UNRESERVED:
        most = max(quota - LEFT_UNRESERVED, 0)
        yield (
            True,
            f"SockjsConcurrency and MailInConcurrency: {reserved} is more than may be reserved of a quota of {quota}; "
            f"together give at most {most}.",
        )
    if quota < 1000:
        yield (
            False,
            f"Lambda runs {quota} functions at a time in this account. Ask for 1,000 (Service Quotas, Lambda, "
            "Concurrent executions): a busy minute needs more than a new account's 10.",
        )


def _mail(client: Client, _region: str, parameters: Mapping[str, str]) -> _Sentences:
    domain, sender = parameters.get("MailDomain", ""), parameters.get("MailFrom", "")
    if not domain or domain.endswith(".invalid"):
        yield True, "MailDomain: give the domain that mail is sent from, verified in SES."
        return
    if not re.search(rf"@{re.escape(domain)}>?$", sender):
        yield True, f"MailFrom: {sender or 'nothing'} is not an address of {domain}."
    ses = client("sesv2")
    try:
        verified = ses.get_email_identity(EmailIdentity=domain)["VerifiedForSendingStatus"]
    except ses.exceptions.NotFoundException:
        verified = False
    if not verified:
        yield (
            True,
            f"SES: {domain} is not verified for sending. aws sesv2 create-email-identity --email-identity {domain}, "
            "then publish the records that it answers.",
        )
    if not ses.get_account().get("ProductionAccessEnabled"):
        yield (
            False,
            "SES: the account is in the sandbox, and mails verified addresses alone. Ask for production access.",
        )


def _certificate(client: Client, _region: str, parameters: Mapping[str, str]) -> _Sentences:
    arn = parameters.get("CertificateArn", "")
    if not arn:
        return
    if ":us-east-1:" not in arn:
        yield True, "CertificateArn: CloudFront takes certificates of us-east-1 alone."
        return
    acm = client("acm", region_name="us-east-1")
    try:
        certificate = acm.describe_certificate(CertificateArn=arn)["Certificate"]
    except acm.exceptions.ResourceNotFoundException:
        yield True, f"CertificateArn: there is no {arn}."
        return
    if certificate["Status"] != "ISSUED":
        yield True, f"CertificateArn: the certificate is {certificate['Status'].lower()}, not issued."
    host = parameters.get("PublicUrl", "").removeprefix("https://")
    names = [certificate.get("DomainName", ""), *certificate.get("SubjectAlternativeNames", [])]
    wildcard = "*." + host.partition(".")[2]
    if host and host not in names and wildcard not in names:
        yield True, f"CertificateArn: the certificate is for {', '.join(sorted(set(names)))}, PublicUrl is {host}."


def _mail_in(client: Client, region: str, parameters: Mapping[str, str]) -> _Sentences:
    if not parameters.get("MailInDomain"):
        return
    if regions.unknown(set(regions.RECEIVING), region):
        yield True, f"MailInDomain: SES receives no mail in {region}. Leave it out, or choose another region."
        return
    active = client("ses", region_name=region).describe_active_receipt_rule_set().get("Metadata", {}).get("Name")
    if active and "MailInRules" not in active:
        yield (
            False,
            f"Mail in: the rule set {active} is active in this account, and one at a time is. Add the stack's rule to "
            "it (docs/deploy.md, Before), or make the stack's active instead.",
        )


def _public_url(_client: Client, _region: str, parameters: Mapping[str, str]) -> _Sentences:
    if parameters.get("CertificateArn") and not parameters.get("PublicUrl"):
        yield True, "PublicUrl: with CertificateArn, say which address it is for (https://help.example.com)."
