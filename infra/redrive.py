"""`python -m infra.redrive`: what consumers gave up on is given to them once more.

Two places hold it. Records of a stream lie in the bucket FailedRecords, each object a batch with its records: they are
given to their function again and deleted if it does them now. Messages of a queue lie in its dead letters: they are put
back into the queue. Consumers reconcile, so nothing is harmed by what was done meanwhile, or is done twice.

`--list` only says what there is. `--function NAME` takes that function's records alone. Ends with 1 if something
remains. Needs AWS credentials that may read the stack, the bucket and the queues, invoke the functions, and delete from
bucket and dead letters; `--local URL` takes the local runner's instead.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config
from tqdm import tqdm

from infra import deployment

# A function may take 15 minutes, and is not to be invoked twice because it did.
_PATIENT = Config(read_timeout=910, retries={"total_max_attempts": 1})


@dataclass(frozen=True)
class Batch:
    """Records that a consumer gave up on; `key` is the object's."""

    key: str
    function: str
    """ARN."""
    condition: str
    at: str
    records: int
    event: dict[str, Any]

    def __str__(self) -> str:
        return f"{_name(self.function)}: {self.records} records, {self.condition} at {self.at}"


def batches(s3: Any, bucket: str) -> Iterator[Batch]:
    """What lies in the bucket, oldest first."""
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix="aws/lambda/")
    found = [entry for page in pages for entry in page.get("Contents", [])]
    # The key's last part begins with the time.
    for entry in sorted(found, key=lambda entry: entry["Key"].rpartition("/")[2]):
        record = json.loads(s3.get_object(Bucket=bucket, Key=entry["Key"])["Body"].read())
        event = json.loads(record["payload"])
        context = record["requestContext"]
        yield Batch(
            entry["Key"],
            context["functionArn"],
            context["condition"],
            record["timestamp"],
            len(event["Records"]),
            event,
        )


def play(lambda_: Any, batch: Batch) -> str | None:
    """Gives the batch to its function. Answers why it wasn't done, None: it was."""
    answer = lambda_.invoke(FunctionName=batch.function, Payload=json.dumps(batch.event).encode())
    said = json.loads(answer["Payload"].read() or b"null")
    if answer.get("FunctionError"):
        return str((said or {}).get("errorMessage", "it failed"))
    failed = said.get("batchItemFailures") if isinstance(said, dict) else None
    return f"{len(failed)} records named as failed" if failed else None


def dead_letters(sqs: Any, prefix: str) -> dict[str, str]:
    """Queues with dead letters: the queue's URL by that of its dead letters."""
    pages = sqs.get_paginator("list_queues").paginate(QueueNamePrefix=prefix)
    found = {}
    for url in (url for page in pages for url in page.get("QueueUrls", [])):
        policy = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["RedrivePolicy"]).get("Attributes", {})
        if "RedrivePolicy" in policy:
            name = json.loads(policy["RedrivePolicy"])["deadLetterTargetArn"].rpartition(":")[2]
            dead = sqs.get_queue_url(QueueName=name)["QueueUrl"]
            if _waiting(sqs, dead):
                found[dead] = url
    return found


def put_back(sqs: Any, dead: str, queue: str) -> int:
    """Moves dead letters to the queue; how many. Each is there before it is deleted here."""
    moved = 0
    for _ in range(_waiting(sqs, dead)):
        for message in sqs.receive_message(
            QueueUrl=dead, MaxNumberOfMessages=10, MessageAttributeNames=["All"], WaitTimeSeconds=1
        ).get("Messages", []):
            attributes = message.get("MessageAttributes", {})
            sqs.send_message(QueueUrl=queue, MessageBody=message["Body"], MessageAttributes=attributes)
            sqs.delete_message(QueueUrl=dead, ReceiptHandle=message["ReceiptHandle"])
            moved += 1
        if not _waiting(sqs, dead):
            break
    return moved


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.redrive", description="What consumers gave up on, again.")
    parser.add_argument("--list", action="store_true", help="say what there is, do nothing")
    parser.add_argument("--function", metavar="NAME", help="this one's records alone, like on_ticket_change")
    deployment.add_arguments(parser)
    given = parser.parse_args()
    deployment.choose(given)
    s3, sqs, bucket = boto3.client("s3"), boto3.client("sqs"), os.environ["FAILED_RECORDS_BUCKET"]
    wanted = [each for each in batches(s3, bucket) if _is(each.function, given.function)]
    queues = {} if given.function else dead_letters(sqs, f"{given.stack}-")
    if given.list:
        _say([*map(str, wanted), *(f"{_waiting(sqs, dead)} messages in {_name(dead)}" for dead in queues)])
        return 0
    remains = _play_all(s3, bucket, wanted)
    for dead, queue in queues.items():
        print(f"{put_back(sqs, dead, queue)} messages back in {_name(queue)}")
    return 1 if remains else 0


def _play_all(s3: Any, bucket: str, wanted: list[Batch]) -> int:
    """How many batches remain."""
    lambda_ = boto3.client("lambda", config=_PATIENT)
    remain = []
    for batch in tqdm(wanted, unit=" batches", disable=None):
        if reason := play(lambda_, batch):
            remain.append(f"{batch}: still not done: {reason}")
        else:
            s3.delete_object(Bucket=bucket, Key=batch.key)
    print(f"{len(wanted) - len(remain)} of {len(wanted)} batches are done now")
    for line in remain:
        print(line)
    return len(remain)


def _say(lines: list[str]) -> None:
    for line in lines or ["Nothing was given up on."]:
        print(line)


def _waiting(sqs: Any, queue: str) -> int:
    name = "ApproximateNumberOfMessages"
    return int(sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=[name])["Attributes"][name])


def _is(arn: str, wanted: str | None) -> bool:
    """Whether it is the function `on_ticket_change`, which CloudFormation names lambdesk-OnTicketChange-1A2B3C."""
    return wanted is None or wanted.replace("_", "").lower() in _name(arn).replace("_", "").lower()


def _name(thing: str) -> str:
    """A function's as in app.py (of a stack: as CloudFormation named it), a queue's last part."""
    if "function:" not in thing:
        return thing.rpartition("/")[2]
    return thing.rpartition("function:")[2].partition(":")[0].removeprefix("lambdesk-")


if __name__ == "__main__":
    sys.exit(main())
