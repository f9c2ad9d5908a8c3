"""Presigned POST as S3 takes it: the form, the policy with every one of its conditions, the signature (AWS's guide to
S3, "Browser-based uploads using POST"). Moto takes anything.
"""

import base64
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from werkzeug.datastructures import Headers
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder

from infra.local.engine.clock import Clock
from infra.local.s3.presigned import signing_key

_UNCOVERED = frozenset({"x-amz-signature", "file", "policy"})
"""Fields that no condition has to name; nor those that begin with `x-ignore-`."""


class Refusal(Exception):
    """S3's status, code and message."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


@dataclass
class Form:
    """What was sent: fields by their names in lower case, and the one file that ends the form."""

    fields: dict[str, str] = field(default_factory=dict)
    content: bytes | None = None
    filename: str = ""
    headers: Headers = field(default_factory=Headers)

    @property
    def key(self) -> str:
        return self.fields.get("key", "").replace("${filename}", self.filename)


def read(content_type: str, body: bytes) -> Form:
    """The form as S3 reads it: what follows the file is ignored. Raises Refusal."""
    kind, options = parse_options_header(content_type)
    if kind != "multipart/form-data" or not options.get("boundary"):
        raise Refusal(412, "PreconditionFailed", "Bucket POST must be of the enclosure-type multipart/form-data")
    decoder = MultipartDecoder(options["boundary"].encode())
    decoder.receive_data(body)
    decoder.receive_data(None)
    form, name = Form(), ""
    parts: list[bytes] = []
    try:
        while not isinstance(event := decoder.next_event(), Epilogue):
            if isinstance(event, Field):
                name, parts = event.name.lower(), []
            elif isinstance(event, File):
                name, parts = "file", []
                form.filename, form.headers = event.filename.replace("\\", "/").rpartition("/")[2], event.headers
            elif isinstance(event, Data):
                parts.append(event.data)
                if not event.more_data and name == "file":
                    form.content = b"".join(parts)
                    return form
                if not event.more_data:
                    form.fields[name] = b"".join(parts).decode()
    except ValueError:
        raise Refusal(400, "MalformedPOSTRequest", "The body of your POST request is not well-formed.") from None
    return form


def judge(form: Form, bucket: str, clock: Clock) -> bytes:
    """The content, if the policy allows it to be stored under the form's key in `bucket`. Raises Refusal."""
    fields = form.fields
    if form.content is None:
        raise Refusal(400, "InvalidArgument", "POST requires exactly one file upload per request.")
    if not form.key:
        raise Refusal(400, "InvalidArgument", "Bucket POST must contain a field named 'key'.")
    if not {"policy", "x-amz-signature", "x-amz-credential", "x-amz-date", "x-amz-algorithm"} <= fields.keys():
        raise Refusal(403, "AccessDenied", "Access Denied")
    key = signing_key(fields["x-amz-credential"].partition("/")[2])
    if not hmac.compare_digest(
        hmac.new(key, fields["policy"].encode(), "sha256").hexdigest(), fields["x-amz-signature"]
    ):
        raise Refusal(
            403,
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided.",
        )
    policy = json.loads(base64.b64decode(fields["policy"]))
    if clock.time() > datetime.fromisoformat(policy["expiration"]).timestamp():
        raise _denied("Policy expired.")
    _check_conditions(policy["conditions"], {**fields, "key": form.key, "bucket": bucket}, form.content)
    return form.content


def _check_conditions(conditions: list[Any], fields: Mapping[str, str], content: bytes) -> None:
    named = {"bucket"}
    for condition in conditions:
        if isinstance(condition, dict):
            triples = [("eq", f"${name}", value) for name, value in condition.items()]
        else:
            triples = [tuple(condition)]
        for operator, name, value in triples:
            if operator == "content-length-range":
                _check_size(len(content), int(name), int(value))
                continue
            field_name = name.removeprefix("$").lower()
            named.add(field_name)
            given = fields.get(field_name, "")
            if not (given == value if operator == "eq" else operator == "starts-with" and given.startswith(value)):
                raise _denied(f"Policy Condition failed: {json.dumps([operator, name, value])}")
    extra = [name for name in fields if name not in named | _UNCOVERED and not name.startswith("x-ignore-")]
    if extra:
        raise _denied(f"Extra input fields: {', '.join(sorted(extra))}")


def _check_size(size: int, least: int, most: int) -> None:
    if size < least:
        raise Refusal(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size")
    if size > most:
        raise Refusal(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size")


def _denied(why: str) -> Refusal:
    return Refusal(403, "AccessDenied", f"Invalid according to Policy: {why}")
