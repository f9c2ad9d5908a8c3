"""What S3 tells of objects that were stored: messages on the queues that the buckets of the template name."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import quote_plus, unquote, urlsplit

from botocore.awsrequest import AWSResponse

from infra.local.engine.account import REGION, client
from infra.local.engine.calls import Call
from infra.local.engine.clock import Clock
from infra.local.engine.invocations import current
from infra.local.engine.template import Template

_STORING = {"PutObject": "Put", "CopyObject": "Copy", "CompleteMultipartUpload": "CompleteMultipartUpload"}


@dataclass(frozen=True)
class _Rule:
    event: str
    prefix: str
    suffix: str
    queue_url: str

    def matches(self, event: str, key: str) -> bool:
        wanted = self.event.removeprefix("s3:")
        kind = event == wanted or (wanted.endswith(":*") and event.startswith(wanted[:-1]))
        return kind and key.startswith(self.prefix) and key.endswith(self.suffix)


class Notifications:
    """Told of each call that stored something, sends what the bucket's configuration says to whom it names."""

    def __init__(self, template: Template, clock: Clock) -> None:
        self._clock = clock
        self._sqs: Any = client("sqs")
        self._s3: Any = client("s3")
        self._sequence = count(int(time.time() * 1000))
        self._rules = {
            template.name(logical): list(self._read(template.resolve(properties)))
            for logical, properties in template.of_type("AWS::S3::Bucket").items()
        }

    def stored(self, call: Call, answer: AWSResponse) -> None:
        if call.service != "s3" or call.operation not in _STORING:
            return
        bucket, key = _place(call.request.url)
        event = f"ObjectCreated:{_STORING[call.operation]}"
        rules = [rule for rule in self._rules.get(bucket, ()) if rule.matches(event, key)]
        if rules:
            body = json.dumps({"Records": [self._record(bucket, key, event, answer)]})
            for rule in rules:
                token = current.set(None)  # S3's own message: no function sends it
                try:
                    self._sqs.send_message(QueueUrl=rule.queue_url, MessageBody=body)
                finally:
                    current.reset(token)

    def _read(self, properties: dict[str, Any]) -> Iterator[_Rule]:
        for each in properties.get("NotificationConfiguration", {}).get("QueueConfigurations", ()):
            names = {
                rule["Name"].lower(): rule["Value"] for rule in each.get("Filter", {}).get("S3Key", {}).get("Rules", ())
            }
            queue = each["Queue"].rpartition(":")[2]
            url = self._sqs.get_queue_url(QueueName=queue)["QueueUrl"]
            yield _Rule(each["Event"], names.get("prefix", ""), names.get("suffix", ""), url)

    def _record(self, bucket: str, key: str, event: str, answer: AWSResponse) -> dict[str, Any]:
        version = answer.headers.get("x-amz-version-id")
        of_version = {"VersionId": version} if version else {}
        token = current.set(None)
        try:
            head = self._s3.head_object(Bucket=bucket, Key=key, **of_version)
        finally:
            current.reset(token)
        stored = {"key": quote_plus(key, safe="/"), "size": head["ContentLength"], "eTag": head["ETag"].strip('"')}
        stored |= {"sequencer": f"{next(self._sequence):016X}"} | ({"versionId": version} if version else {})
        return {
            "eventVersion": "2.1",
            "eventSource": "aws:s3",
            "awsRegion": REGION,
            "eventTime": self._clock.timestamp(),
            "eventName": event,
            "s3": {
                "s3SchemaVersion": "1.0",
                "bucket": {"name": bucket, "arn": f"arn:aws:s3:::{bucket}"},
                "object": stored,
            },
        }


def _place(url: str) -> tuple[str, str]:
    """Bucket and key of an object's address, in either of S3's styles."""
    parts = urlsplit(url)
    path = unquote(parts.path).lstrip("/")
    host = parts.netloc.partition(".s3.")
    if host[1]:
        return host[0], path
    bucket, _, key = path.partition("/")
    return bucket, key
