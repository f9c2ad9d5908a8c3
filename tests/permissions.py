"""What policies allow and the desk of bench/operations.py never calls, and why it is allowed all the same. Everything
else that nobody called is too much: tests/integration/test_budgets.py asks.

By function; then action and resource, without what all names here begin with.
"""

PLATFORM = {
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:ReceiveMessage",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
}
"""What Lambda itself does with a function's role: tests/unit/test_package.py says of what."""

KEEPING_FAILED_RECORDS = {"s3:PutObject failed-records/aws/lambda/*", "s3:ListBucket failed-records"}
"""Lambda does this too, where a stream's records failed for good."""

_RACE = "a batch lost a race: its tickets are read anew (tests/interleaving)"
_FORGOTTEN = "the sweep found something: in this run it must not (tests/integration/assignment)"
_WEIGHTS = "the setting of a priority's weight changed (tests/integration/assignment)"
_WRONG = "a figure was wrong, which was never seen but where a test made it so (tests/interleaving/test_counting.py)"
_QUEUED = "an agent left whose tickets find nobody with room, or who left with more than one run settles (tests/e2e)"
_KEYS = "here the process has read the keys for another function"

_FACTOR = "somebody has a second factor (tests/integration/people/test_second_factor.py)"
_GONE = "whoever is told something turned out to be gone: their connection is taken down (tests/e2e/test_chat_storm.py)"
_LEFT = "who could not be reached at once is told by this function (tests/e2e/test_chat_storm.py)"
_ENDED = "a right ended while somebody was connected (tests/e2e/test_chat_people.py)"
_WATCHED = "an admin watches the metrics (tests/e2e/test_chat_people.py)"
_LATER = (
    "somebody couldn't be reached now, or left a ticket's chat: the live queue has it (tests/e2e/test_chat_posting.py)"
)
_LISTENED = "somebody listens to a team, their notifications or reports (tests/e2e/test_live.py)"
_LATE = "a change could not be counted at once (tests/e2e/test_metrics.py)"
_NOBODY = "who opens a session without a token (tests/threats/test_sockjs.py)"
_MANY = "an account has twenty connections: are they there still? (tests/threats/test_sockjs.py)"
_QUEUE = "sqs:SendMessage live-queue"
_POST, _DELETE, _GET = (
    f"execute-api:ManageConnections websocket-a-p-i/ws-chat/{method}/@connections/*"
    for method in ("POST", "DELETE", "GET")
)
_TAKING_DOWN = {
    "dynamodb:DeleteItem connections": _GONE,
    "dynamodb:GetItem connections": _GONE,
    "dynamodb:GetItem tickets": _GONE,
    "dynamodb:Query connections": _GONE,
    "dynamodb:UpdateItem connections": _GONE,
    _POST: _GONE,
    _DELETE: _GONE,
}

ARGUED: dict[str, dict[str, str]] = {
    "api_handler": {
        "dynamodb:UpdateItem connections": "somebody loads a chat that isn't empty (tests/e2e/test_chat_people.py)",
        _QUEUE: "somebody has seen more of a chat (tests/e2e/test_chat_people.py)",
        "ssm:GetParameter parameter/lambdesk/signing-keys/unsubscribe": _KEYS,
        "ssm:GetParameter parameter/lambdesk/signing-keys/second-factor": _FACTOR,
        "dynamodb:DeleteItem operations": "a request with an Idempotency-Key was refused: the key is free again",
        "dynamodb:BatchGetItem search": "whole words among one's own, or very many (tests/e2e/test_search.py)",
    },
    "close_resolved": dict.fromkeys(
        (
            "dynamodb:BatchGetItem tickets",
            "dynamodb:GetItem tickets",
            "dynamodb:PutItem tickets",
            "dynamodb:UpdateItem tickets",
            "sqs:SendMessage mail-queue",
        ),
        "a ticket was resolved so many days ago (tests/e2e/test_closing.py)",
    ),
    "check_metrics": {
        "dynamodb:BatchWriteItem metrics": _LATE,
        "dynamodb:DeleteItem metrics": _WRONG,
        "dynamodb:PutItem metrics": _WRONG,
        "dynamodb:PutItem tickets": _WRONG,
        "dynamodb:UpdateItem metrics": _WRONG,
    },
    "on_account_change": {
        "dynamodb:GetItem operations": "the record came again: was its mail sent?",
        "ssm:GetParameter parameter/lambdesk/signing-keys/one-time": _KEYS,
    },
    "on_mail": {
        _QUEUE: _LISTENED,
        "ssm:GetParameter parameter/lambdesk/signing-keys/reply": _KEYS,
        "ssm:GetParameter parameter/lambdesk/signing-keys/unsubscribe": _KEYS,
    },
    "on_mail_in": {
        "dynamodb:UpdateItem accounts": "SES refuses the answer to a mail for a closed ticket",
        "dynamodb:PutItem audit": "and the audit is told so",
        "sqs:SendMessage mail-in-dead-letters": "Lambda puts there what failed three times",
        "ssm:GetParameter parameter/lambdesk/signing-keys/reply": _KEYS,
        "ssm:GetParameter parameter/lambdesk/signing-keys/unsubscribe": _KEYS,
    },
    "on_chat_message": {
        **dict.fromkeys(_TAKING_DOWN, _LEFT),
        "dynamodb:PutItem connections": _LEFT,
        "dynamodb:UpdateItem chat": _LEFT,
        "dynamodb:UpdateItem readers": _LEFT,
        "dynamodb:BatchGetItem connections": _LEFT,
        _QUEUE: _LATER,
    },
    "on_live": {
        "dynamodb:DeleteItem connections": _ENDED,
        "dynamodb:GetItem connections": _ENDED,
        "dynamodb:UpdateItem connections": _WATCHED,
        "dynamodb:GetItem metrics": _WATCHED,
        "dynamodb:Query metrics": _WATCHED,
        "dynamodb:Query roster": _WATCHED,
        "dynamodb:Query tickets": _WATCHED,
        "dynamodb:BatchGetItem notifications": _LISTENED,
        "dynamodb:Query notifications/index/unread": _LISTENED,
        "dynamodb:GetItem reports": _LISTENED,
        "dynamodb:GetItem roster": _LISTENED,
        "dynamodb:BatchGetItem readers": "what somebody hasn't read is told them (tests/e2e/test_live.py)",
        "dynamodb:GetItem chat": _LATER,
        "dynamodb:UpdateItem chat": _LATER,
        "dynamodb:GetItem readers": _LATER,
        _QUEUE: _LATER,
        _DELETE: _GONE,
    },
    "on_team_change": {
        **_TAKING_DOWN,
        "dynamodb:BatchGetItem accounts": _LISTENED,
        "dynamodb:GetItem roster": _LISTENED,
        "dynamodb:Query connections": _LISTENED,
        "dynamodb:Query roster": _LISTENED,
        "dynamodb:UpdateItem connections": _LISTENED,
        _POST: _LISTENED,
        _QUEUE: _LISTENED,
    },
    "on_metrics": {
        "dynamodb:BatchWriteItem metrics": _LATE,
        "dynamodb:UpdateItem connections": _WATCHED,
        _QUEUE: _WATCHED,
    },
    "on_account_status_change": {
        _QUEUE: _LATER,
        **{
            name: _ENDED
            for name in _TAKING_DOWN
            if name not in ("dynamodb:Query connections", "dynamodb:GetItem tickets")
        },
    },
    "tell_unread": {
        "dynamodb:ConditionCheckItem connections": "who read some of it was told more meanwhile (chat/unread.py)",
    },
    "websocket_connect": {
        **{
            name: _ENDED
            for name in _TAKING_DOWN
            if name not in ("dynamodb:UpdateItem connections", "dynamodb:GetItem tickets")
        },
        _GET: _MANY,
        _QUEUE: _LATER,
        "ssm:GetParameter parameter/lambdesk/signing-keys/access": _KEYS,
    },
    "websocket_disconnect": {
        "dynamodb:GetItem connections": _GONE,
    },
    "websocket_message": {
        "dynamodb:DeleteItem chat": "a client's name for a message was forgotten after 7 days (tests/e2e/test_chat.py)",
        "dynamodb:GetItem roster": _LISTENED,
        "ssm:GetParameter parameter/lambdesk/signing-keys/access": _KEYS,
    },
    "sockjs": {
        "dynamodb:DeleteItem chat": "a client's name for a message was forgotten after 7 days (tests/e2e/test_chat.py)",
        "dynamodb:GetItem chat": "a message was sent again by its name, as over a WebSocket",
        _POST: "somebody with a WebSocket listens (tests/e2e/test_sockjs_clients.py)",
        _DELETE: _GONE,
        _GET: _MANY,
        "dynamodb:GetItem operations": _NOBODY,
        "dynamodb:UpdateItem operations": _NOBODY,
        "dynamodb:GetItem readers": "somebody has seen something, as over a WebSocket",
        "dynamodb:GetItem roster": _LISTENED,
        "ssm:GetParameter parameter/lambdesk/signing-keys/access": _KEYS,
    },
    "on_report_request": {
        "dynamodb:GetItem tickets": _LATE,
        "dynamodb:Query tickets": _LATE,
        _QUEUE: _LISTENED,
        "dynamodb:GetItem operations": "the record came again: was its mail sent?",
    },
    "on_requeue": {
        "dynamodb:BatchGetItem tickets": _RACE,
        "dynamodb:DeleteItem roster": _QUEUED,
        "sqs:SendMessage requeue-queue": _QUEUED,
    },
    "on_ticket_change": {
        "dynamodb:BatchGetItem tickets": _RACE,
    },
    "sweep": {
        "dynamodb:BatchGetItem roster": _FORGOTTEN,
        "dynamodb:BatchGetItem tickets": _FORGOTTEN,
        "dynamodb:DeleteItem roster": _FORGOTTEN,
        "dynamodb:PutItem roster": _FORGOTTEN,
        "dynamodb:PutItem tickets": _FORGOTTEN,
        "dynamodb:Query tickets/index/live": _WEIGHTS,
        "dynamodb:UpdateItem roster": _FORGOTTEN,
        "dynamodb:UpdateItem tickets": _FORGOTTEN,
    },
}
