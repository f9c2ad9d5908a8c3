"""botocore's client of DynamoDB, with a shorter way for the calls that read and write items (docs/decisions/0023).

Of botocore this way keeps what has to be right: credentials, signature, endpoint rules, connections, retries, errors.
It leaves out what DynamoDB doesn't need: walking through parameters and answers by botocore's model (DynamoDB's JSON
already is what pynamodb gives and takes, but for bytes, of which no item here has any), the rules of the endpoint at
each call, and a dozen events. Every other operation goes botocore's own way, and all of them do where calls are traced.
"""

import json
import zlib
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any
from uuid import uuid4

from botocore.auth import SIGV4_TIMESTAMP, SigV4Auth
from botocore.awsrequest import AWSPreparedRequest, AWSRequest, AWSResponse
from botocore.endpoint import convert_to_response_dict
from botocore.exceptions import BotoCoreError, ChecksumError
from botocore.hooks import first_non_none_response
from botocore.model import OperationModel
from botocore.parsers import ResponseParserError, create_parser
from botocore.session import Session, get_session

from chalicelib import ambient
from chalicelib.settings import settings

CALLS = frozenset(
    {
        "BatchGetItem",
        "BatchWriteItem",
        "DeleteItem",
        "GetItem",
        "PutItem",
        "Query",
        "Scan",
        "TransactGetItems",
        "TransactWriteItems",
        "UpdateItem",
    }
)
"""Operations that go the shorter way."""

_CHECKSUM = "x-amz-crc32"

_REFUSED_FOR_ITS_TIME = frozenset({"InvalidSignatureException", "RequestExpired", "RequestTimeTooSkewed"})
"""DynamoDB says the first, "Signature expired" or "not yet current"; a proxy of the same kind may say the others."""
_TOLERATED = timedelta(minutes=4)
"""Clocks that differ by fewer seconds than this aren't the reason for a refusal: AWS tolerates five minutes."""

Answer = tuple[AWSResponse, Any]
"""The HTTP response, and its body parsed."""


def session() -> Session:
    """A botocore session whose DynamoDB clients take the shorter way."""
    made = get_session()
    if not settings.tracing:  # X-Ray's SDK sees only what goes botocore's own way
        made.register("creating-client-class.dynamodb", _shorten)
    return made


def _shorten(**told: Any) -> None:
    told["base_classes"].insert(0, ShorterWay)


class ShorterWay:
    """A mixin before botocore's client class."""

    # What it uses of botocore's client.
    _endpoint: Any
    _request_signer: Any
    _resolve_endpoint_ruleset: Any
    _service_model: Any
    _user_agent_creator: Any
    exceptions: Any
    meta: Any

    _ahead = timedelta()
    """By how many seconds DynamoDB's clock is ahead of ours. Known only after it has refused a signature for that
    reason."""

    def _make_api_call(self, operation_name: str, api_params: dict[str, Any]) -> Any:
        """DynamoDB's answer. Raises ClientError, of the class that botocore has for its code, or the BotoCoreError for
        which none came."""
        if operation_name not in CALLS:
            return super()._make_api_call(operation_name, api_params)  # type: ignore[misc]
        if operation_name == "TransactWriteItems":
            api_params = {"ClientRequestToken": str(uuid4()), **api_params}
        model = self._service_model.operation_model(operation_name)
        context = dict(self._address[1])
        http, parsed = self._answer(model, json.dumps(api_params).encode(), context)
        # Here the retries get back what they may use up.
        self.meta.events.emit(
            f"after-call.dynamodb.{operation_name}", http_response=http, parsed=parsed, model=model, context=context
        )
        if http.status_code >= 300:
            raise self.exceptions.from_code(parsed["Error"]["Code"])(parsed, operation_name)
        return parsed

    def _answer(self, model: OperationModel, body: bytes, context: dict[str, Any]) -> Answer:
        """The first answer that botocore's rules don't retry. Raises BotoCoreError."""
        attempts, corrected = 0, False
        while True:
            attempts += 1
            answer, failure, whole = None, None, True
            request = self._signed(model.name, body, context)
            try:
                http = self._sent(model.name, request)
            except BotoCoreError as error:
                failure = error
            else:
                whole = http.headers.get(_CHECKSUM) in (None, _checksum(http))
                answer = http, self._parsed(http, model) if whole else {}
                if whole and http.status_code < 300:
                    break
                if not corrected and self._corrects_clock(request, *answer):
                    corrected = True
                    continue
            pause = self._pause(model, attempts, answer, failure, context)
            if pause is None:
                break
            ambient.sleep(pause)
        if answer is None:
            raise failure or RuntimeError("neither answered nor failed")
        if not whole:
            sums = {"expected_checksum": http.headers[_CHECKSUM], "actual_checksum": _checksum(http)}
            raise ChecksumError(checksum_type="crc32", **sums)
        answer[1].setdefault("ResponseMetadata", {})["RetryAttempts"] = attempts - 1
        return answer

    @cached_property
    def _address(self) -> tuple[str, dict[str, Any]]:
        """Where to send, and what signer and retries ask for. It follows from settings, region and account, which stay
        what they are as long as a process lives."""
        model = self._service_model.operation_model("GetItem")
        context = {"auth_type": model.resolved_auth_type, "client_config": self.meta.config}
        url, _, _ = self._resolve_endpoint_ruleset(model, {"TableName": "any"}, context)
        return f"{url.rstrip('/')}/", context

    @cached_property
    def _name(self) -> str:
        return str(self._user_agent_creator.to_string())

    def _signed(self, operation: str, body: bytes, context: dict[str, Any]) -> AWSPreparedRequest:
        """Signs an attempt. Each one is signed again, since credentials may have changed."""
        headers = {
            "Content-Type": "application/x-amz-json-1.0",
            "User-Agent": self._name,
            "X-Amz-Target": f"DynamoDB_20120810.{operation}",
        }
        request: Any = AWSRequest(method="POST", url=self._address[0], data=body, headers=headers)
        request.context = context
        if self._ahead:
            _ByTheirClock(self._request_signer, context, self._ahead).add_auth(request)
        else:
            self._request_signer.sign(operation, request)
        prepared: AWSPreparedRequest = self._endpoint.prepare_request(request)
        return prepared

    def _sent(self, operation: str, request: AWSPreparedRequest) -> AWSResponse:
        """Sends the request, unless a handler of botocore's event `before-send` answers instead (moto) or delays it
            (adaptive
        retries)."""
        instead = self.meta.events.emit(f"before-send.dynamodb.{operation}", request=request)
        http: AWSResponse = first_non_none_response(instead) or self._endpoint.http_session.send(request)
        return http

    def _parsed(self, http: AWSResponse, model: OperationModel) -> Any:
        if http.status_code >= 300:
            return self._parsed_error(http, model)
        try:
            parsed = json.loads(http.content)
        except ValueError as error:
            raise ResponseParserError(f"DynamoDB's answer isn't JSON: {error}") from error
        headers = {name.lower(): value for name, value in http.headers.items()}
        parsed["ResponseMetadata"] = {"HTTPStatusCode": http.status_code, "HTTPHeaders": headers}
        if "x-amzn-requestid" in headers:
            parsed["ResponseMetadata"]["RequestId"] = headers["x-amzn-requestid"]
        return parsed

    def _parsed_error(self, http: AWSResponse, model: OperationModel) -> Any:
        """The error in botocore's form, with the fields that belong to its code (the reasons of a cancelled
        transaction)."""
        response: Any = convert_to_response_dict(http, model)
        parser: Any = create_parser("json")
        parsed = parser.parse(response, model.output_shape)
        self._endpoint._add_modeled_error_fields(response, parsed, model, parser)
        return parsed

    def _pause(
        self,
        model: OperationModel,
        attempts: int,
        answer: Answer | None,
        failure: BotoCoreError | None,
        context: dict[str, Any],
    ) -> float | None:
        """Seconds to wait before the next attempt, by botocore's rules (`Config(retries=…)`); None: no further one."""
        responses = self.meta.events.emit(
            f"needs-retry.dynamodb.{model.name}",
            response=answer,
            endpoint=self._endpoint,
            operation=model,
            attempts=attempts,
            caught_exception=failure,
            request_dict={"context": context},
        )
        pause = first_non_none_response(responses)
        return None if pause is False else pause

    def _corrects_clock(self, request: AWSPreparedRequest, http: AWSResponse, parsed: Any) -> bool:
        """Whether the request was refused because our clock is wrong. If so, signatures use DynamoDB's clock from then
        on."""
        if parsed.get("Error", {}).get("Code") not in _REFUSED_FOR_ITS_TIME or "Date" not in http.headers:
            return False
        theirs = parsedate_to_datetime(http.headers["Date"]).replace(tzinfo=None)
        difference = theirs - datetime.strptime(_text(request.headers["X-Amz-Date"]), SIGV4_TIMESTAMP)
        if abs(difference) < _TOLERATED:
            return False
        self._ahead += difference
        return True


class _ByTheirClock(SigV4Auth):
    """botocore's signer with a corrected clock."""

    def __init__(self, signer: Any, context: dict[str, Any], ahead: timedelta) -> None:
        signing = context.get("signing", {})
        super().__init__(
            signer._credentials.get_frozen_credentials(),
            signing.get("signing_name", signer.signing_name),
            signing.get("region", signer.region_name),
        )
        self._ahead = ahead

    def _modify_request_before_signing(self, request: Any) -> None:
        stamp = datetime.strptime(request.context["timestamp"], SIGV4_TIMESTAMP) + self._ahead
        request.context["timestamp"] = stamp.strftime(SIGV4_TIMESTAMP)
        super()._modify_request_before_signing(request)  # type: ignore[misc]


def _text(header: str | bytes) -> str:
    return header.decode() if isinstance(header, bytes) else header


def _checksum(http: AWSResponse) -> str:
    return str(zlib.crc32(http.content))
