"""SES receiving, as the rule in infra/resources.yaml says: a mail is stored in S3, then the function is called, apart
from whoever sent it, and again when it fails. And what SES tells of mail that was sent: bounces and complaints.
"""

import json
import logging
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes, policy
from email.errors import MessageError
from typing import Any
from uuid import uuid4

from chalice.utils import to_cfn_resource_name

from infra.local.engine.account import client
from infra.local.engine.clock import Clock
from infra.local.engine.keeping import Keeper
from infra.local.engine.template import Template
from infra.local.events.mapping import Drill
from infra.local.functions.runtime import FunctionError, Functions

VERDICTS = ("PASS", "FAIL", "GRAY", "PROCESSING_FAILED")
CHECKS = ("spf", "dkim", "dmarc", "spam", "virus")
LARGEST = 40 * 1024 * 1024
"""Bytes of a mail that SES takes."""

_ATTEMPTS = 3
"""Lambda's for an asynchronous call; it waits minutes between them, this runner much less."""
_WAIT = 0.2
_KIND = "received mail"
"""Under which a mail is kept until its function has dealt with it."""

log = logging.getLogger("infra.local")


class Receiving:
    """Takes mail from the outside."""

    def __init__(
        self, template: Template, functions: Functions, drill: Drill, clock: Clock, keeper: Keeper | None = None
    ) -> None:
        self._clock = clock
        self._functions = functions
        self._drill = drill
        self._keeper = keeper
        rules = template.of_type("AWS::SES::ReceiptRule").values()
        actions = [action for rule in rules for action in template.resolve(rule["Rule"])["Actions"]]
        stored: dict[str, Any] = next((each["S3Action"] for each in actions if "S3Action" in each), {})
        called: str = next((each["LambdaAction"]["FunctionArn"] for each in actions if "LambdaAction" in each), "")
        self._bucket, self._prefix = stored.get("BucketName", ""), stored.get("ObjectKeyPrefix", "")
        arns = {
            template.resolve({"Fn::GetAtt": [to_cfn_resource_name(name), "Arn"]}): name for name in functions.by_name
        }
        self._function = arns.get(called)
        properties = template.function(to_cfn_resource_name(self._function)) if self._function else {}
        invoked: dict[str, Any] = properties.get("EventInvokeConfig", {})
        self._dead_letters = invoked.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination", "")
        self._events = template.resolve({"Ref": "MailEventsQueue"})
        self._s3, self._sqs = client("s3"), client("sqs")
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="receiving")
        self._counting = threading.Lock()
        self.pending = 0
        """Mails received and not dealt with."""
        for id_, event in keeper.held(_KIND).items() if keeper else ():
            self._begin(id_, event)

    def receive(self, raw: bytes, sender: str, recipients: Sequence[str], verdicts: Mapping[str, str]) -> str:
        """Stores a mail and has the function called; SES's id of it. `verdicts` by the names of CHECKS."""
        message_id = uuid4().hex
        self._s3.put_object(Bucket=self._bucket, Key=self._prefix + message_id, Body=raw)
        event = _event(raw, self._clock.timestamp(), message_id, sender, recipients, verdicts)
        if self._keeper:
            self._keeper.hold(_KIND, message_id, event)
        self._begin(message_id, event)
        return message_id

    def tell(self, kind: str, recipient: str, permanent: bool) -> None:
        """What SES publishes when a mail came back ("bounce") or its recipient complained ("complaint")."""
        mail = {"timestamp": self._clock.timestamp(), "messageId": uuid4().hex, "destination": [recipient]}
        event: dict[str, Any] = {"eventType": kind.capitalize(), "mail": mail}
        if kind == "bounce":
            event["bounce"] = {
                "bounceType": "Permanent" if permanent else "Transient",
                "bounceSubType": "General",
                "bouncedRecipients": [{"emailAddress": recipient, "action": "failed", "status": "5.1.1"}],
                "timestamp": self._clock.timestamp(),
                "feedbackId": uuid4().hex,
            }
        else:
            event["complaint"] = {
                "complainedRecipients": [{"emailAddress": recipient}],
                "timestamp": self._clock.timestamp(),
                "feedbackId": uuid4().hex,
            }
        self._sqs.send_message(QueueUrl=self._events, MessageBody=json.dumps(event))

    def stop(self) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _begin(self, id_: str, event: dict[str, Any]) -> None:
        with self._counting:
            self.pending += 1
        self._threads.submit(self._call, id_, event)

    def _call(self, id_: str, event: dict[str, Any]) -> None:
        try:
            for attempt in range(_ATTEMPTS):
                if self._called(event):
                    self._let_go(id_)
                    return
                time.sleep(_WAIT * (attempt + 1))
            log.error("%s gives up after %d attempts", self._function, _ATTEMPTS)
            if self._dead_letters:
                url = self._sqs.get_queue_url(QueueName=self._dead_letters.rpartition(":")[2])["QueueUrl"]
                self._sqs.send_message(QueueUrl=url, MessageBody=json.dumps({"requestPayload": event}))
            self._let_go(id_)
        finally:
            with self._counting:
                self.pending -= 1

    def _let_go(self, id_: str) -> None:
        if self._keeper:
            self._keeper.let_go(_KIND, id_)

    def _called(self, event: dict[str, Any]) -> bool:
        assert self._function is not None
        try:
            self._functions.invoke(self._function, json.loads(json.dumps(event)))
            if self._drill.duplicates(self._function):
                self._functions.invoke(self._function, json.loads(json.dumps(event)))
        except FunctionError:
            return False
        return True


def _event(
    raw: bytes, at: str, message_id: str, sender: str, recipients: Sequence[str], verdicts: Mapping[str, str]
) -> dict[str, Any]:
    """As SES calls a function: what it found, not the mail's content."""
    receipt: dict[str, Any] = {
        "timestamp": at,
        "processingTimeMillis": 100,
        "recipients": list(recipients),
        "action": {"type": "Lambda", "invocationType": "Event"},
    }
    receipt |= {f"{check}Verdict": {"status": verdicts.get(check, "PASS")} for check in CHECKS}
    mail = {
        "timestamp": receipt["timestamp"],
        "source": sender,
        "messageId": message_id,
        "destination": list(recipients),
        "headersTruncated": False,
        "headers": _headers(raw),
        "commonHeaders": {},
    }
    record = {"eventSource": "aws:ses", "eventVersion": "1.0", "ses": {"mail": mail, "receipt": receipt}}
    return {"Records": [record]}


def _headers(raw: bytes) -> list[dict[str, str]]:
    try:
        parsed = message_from_bytes(raw[:10_000], policy=policy.compat32)
        return [{"name": name, "value": str(value)} for name, value in parsed.items()]
    except (MessageError, ValueError, LookupError):
        return []
