"""What every request and every consequence costs: calls by kind, read units,
write units (infra/local/engine/units.py).

By route, and by function: then the case is the request that it follows from. Everybody who asks is new to the process:
one who asked within 30 seconds (settings.session_cache_seconds) costs a GetItem and a unit less. Once a minute a
process reads its keys besides (ssm:GetParameter). A try of what is limited reads a unit and writes one. Cases:
bench/operations.py; `python -m bench.budgets` prints this table as it is.

Of the index `ending`, two units for each minute of a SockJS session, nothing is said (infra/local/meter.py). fan_out, on_metrics, on_mail and the chat's consumers are handed one event by
itself: how many come together at other times is up to chance. Counting an event anew writes a mark and, for each
length of time, one item a size of block of days (2), for each other figure one. Of GET /metrics at most three queries a
team read the lengths of time in a span, and one what is counted in it.

Finding by a word reads a unit more for each further page of postings, and half a unit for each ticket that has it; a
client's search looks at 150 of their tickets at most.

Nothing here grows with the number of tickets. With more than ten agents who have room, the look at the roster reads two
units more, whatever their number.
"""

# ruff: noqa: E501
BUDGETS: dict[str, dict[str, str]] = {
    "GET /health": {
        "": "no call; 0 read, 0 written",
    },
    "GET /config": {
        "": "no call; 0 read, 0 written",
    },
    "GET /openapi.json": {
        "": "no call; 0 read, 0 written",
    },
    "GET /docs": {
        "": "no call; 0 read, 0 written",
    },
    "POST /auth/register": {
        "": "3 GetItem, 1 PutItem, 1 TransactWriteItems, 2 UpdateItem; 3 read, 18 written",
    },
    "on_account_change": {
        "POST /auth/register": "1 GetItem, 1 PutItem, 1 TransactWriteItems, 1 UpdateItem, 1 sesv2:SendEmail; 1 read, 4 written",
        "POST /auth/email/verification": "1 GetItem, 1 PutItem, 1 TransactWriteItems, 1 UpdateItem, 1 sesv2:SendEmail; 1 read, 4 written",
        "POST /tickets, by an address that nobody has confirmed": "1 GetItem, 1 PutItem, 1 TransactWriteItems, 1 UpdateItem, 1 sesv2:SendEmail; 1 read, 4 written",
        "POST /auth/email/verify, with the session": "1 Query, 1 sqs:SendMessageBatch; 1 read, 0 written",
        "POST /auth/totp/confirm": "1 GetItem, 1 PutItem, 1 UpdateItem, 1 sesv2:SendEmail; 1 read, 2 written",
        "DELETE /auth/totp": "1 GetItem, 1 PutItem, 1 UpdateItem, 1 sesv2:SendEmail; 1 read, 2 written",
        "DELETE /users/{user_id}/totp": "1 GetItem, 1 PutItem, 1 UpdateItem, 1 sesv2:SendEmail; 1 read, 2 written",
        "POST /auth/password": "1 GetItem, 1 PutItem, 1 UpdateItem, 1 sesv2:SendEmail; 1 read, 2 written",
        "POST /auth/email/verify, with the password": "1 Query; 1 read, 0 written",
        "POST /auth/password/forgot, a client's, the second in an hour": "1 GetItem, 1 PutItem, 1 TransactWriteItems, 1 UpdateItem, 1 sesv2:SendEmail; 1 read, 4 written",
        "POST /auth/password/reset": "1 GetItem, 1 PutItem, 1 UpdateItem, 1 sesv2:SendEmail; 1 read, 2 written",
        "POST /users, a client": "1 GetItem, 1 PutItem, 1 TransactWriteItems, 1 UpdateItem, 1 sesv2:SendEmail; 1 read, 4 written",
        "POST /users, an agent": "1 GetItem, 1 PutItem, 1 TransactWriteItems, 1 UpdateItem, 1 sesv2:SendEmail; 1 read, 4 written",
        "POST /users, whose invitation SES refuses": "1 GetItem, 1 PutItem, 2 TransactWriteItems, 1 UpdateItem; 1 read, 9 written",
    },
    "POST /auth/login": {
        "with a second factor": "4 GetItem, 1 PutItem, 4 UpdateItem; 4 read, 5 written",
        "the first in a quarter of an hour": "5 GetItem, 2 PutItem, 4 UpdateItem; 5 read, 8 written",
        "again within a quarter of an hour": "5 GetItem, 2 PutItem, 4 UpdateItem; 5 read, 8 written",
    },
    "POST /auth/refresh": {
        "": "2 GetItem, 1 TransactWriteItems; 2 read, 4 written",
    },
    "GET /auth/me": {
        "": "2 GetItem; 2 read, 0 written",
    },
    "PATCH /auth/me": {
        "a new name": "2 GetItem, 1 TransactWriteItems; 2 read, 3 written",
        "the same again": "2 GetItem; 2 read, 0 written",
    },
    "POST /auth/email/verification": {
        "": "4 GetItem, 1 TransactWriteItems, 2 UpdateItem; 4 read, 4 written",
    },
    "POST /tickets": {
        "by an address that nobody has confirmed": "1 BatchGetItem, 3 GetItem, 1 TransactWriteItems, 3 UpdateItem; 4.5 read, 19 written",
        "by a client": "1 BatchGetItem, 1 GetItem, 1 TransactWriteItems, 2 UpdateItem; 2.5 read, 14 written",
        "for a client": "1 BatchGetItem, 4 GetItem, 1 TransactWriteItems, 2 UpdateItem; 5.5 read, 14 written",
        "with a key": "1 BatchGetItem, 4 GetItem, 1 PutItem, 1 TransactWriteItems, 3 UpdateItem; 5.5 read, 17 written",
        "with a key, again": "2 GetItem, 1 PutItem; 2 read, 2 written",
        "nobody has room": "1 BatchGetItem, 4 GetItem, 1 TransactWriteItems, 2 UpdateItem; 5.5 read, 14 written",
    },
    "on_ticket_change": {
        "POST /tickets, by an address that nobody has confirmed": "2 Query, 1 TransactWriteItems; 2 read, 8 written",
        "POST /tickets, by a client": "2 Query, 1 TransactWriteItems; 2 read, 8 written",
        "POST /tickets, for a client": "1 Query, 1 TransactWriteItems; 1 read, 15 written",
        "POST /tickets, with a key": "1 Query, 1 TransactWriteItems; 1 read, 15 written",
        "PATCH /tickets/{ticket_id}, the client's priority": "1 Query, 1 TransactWriteItems; 1 read, 9 written",
        "PATCH /tickets/{ticket_id}, resolved": "1 Query, 1 TransactWriteItems; 1 read, 9 written",
        "POST /tickets/{ticket_id}/comments, the client's, which reopens": "1 Query, 1 TransactWriteItems; 1 read, 9 written",
        "PATCH /tickets/{ticket_id}, reopened": "1 Query, 1 TransactWriteItems; 1 read, 9 written",
        "PATCH /tickets/{ticket_id}, to a colleague": "1 BatchGetItem, 1 Query, 1 TransactWriteItems; 2 read, 11 written",
        "PATCH /tickets/{ticket_id}, handed back": "1 BatchGetItem, 1 Query, 1 TransactWriteItems; 2 read, 17 written",
        "PATCH /tickets/{ticket_id}, to another team": "1 BatchGetItem, 2 Query, 1 TransactWriteItems; 3 read, 14 written",
        "POST /tickets, nobody has room": "2 Query, 1 TransactWriteItems; 2 read, 8 written",
        "PATCH /tickets/{ticket_id}, resolved, and one waits for the room": "1 BatchGetItem, 1 Query, 1 TransactWriteItems; 2 read, 18 written",
        "POST /mail/kept/{mail_id}, a ticket": "2 Query, 1 TransactWriteItems; 2 read, 8 written",
    },
    "on_team_change": {
        "nobody listens": "1 BatchGetItem; 1 read, 0 written",
    },
    "POST /auth/email/verify": {
        "with the session": "5 GetItem, 1 TransactWriteItems; 5 read, 11 written",
        "with the password": "6 GetItem, 1 TransactWriteItems, 5 UpdateItem; 6 read, 16 written",
    },
    "GET /auth/sessions": {
        "": "2 GetItem, 1 Query; 3 read, 0 written",
    },
    "DELETE /auth/sessions/{session_id}": {
        "": "3 GetItem, 1 TransactWriteItems; 3 read, 8 written",
    },
    "DELETE /auth/sessions": {
        "": "2 GetItem, 1 TransactWriteItems; 2 read, 6 written",
    },
    "POST /auth/totp": {
        "": "2 GetItem, 1 TransactWriteItems; 2 read, 4 written",
    },
    "POST /auth/totp/confirm": {
        "": "3 GetItem, 1 TransactWriteItems; 3 read, 10 written",
    },
    "POST /auth/login/totp": {
        "by a recovery code": "8 GetItem, 2 PutItem, 1 TransactWriteItems, 5 UpdateItem; 8 read, 15 written",
        "by an app, remembered": "9 GetItem, 2 PutItem, 1 TransactWriteItems, 7 UpdateItem; 9 read, 19 written",
    },
    "POST /auth/totp/recovery-codes": {
        "": "7 GetItem, 1 TransactWriteItems, 6 UpdateItem; 7 read, 14 written",
    },
    "DELETE /auth/totp": {
        "": "6 GetItem, 1 TransactWriteItems, 4 UpdateItem; 6 read, 14 written",
    },
    "DELETE /users/{user_id}/totp": {
        "": "3 GetItem, 1 TransactWriteItems; 3 read, 10 written",
    },
    "POST /client-errors": {
        "": "1 GetItem, 1 UpdateItem; 1 read, 1 written",
    },
    "POST /auth/password": {
        "": "4 GetItem, 1 TransactWriteItems, 4 UpdateItem; 4 read, 12 written",
    },
    "POST /auth/logout": {
        "": "3 GetItem, 1 TransactWriteItems; 3 read, 8 written",
    },
    "POST /auth/password/forgot": {
        "nobody's": "4 GetItem, 1 TransactWriteItems, 2 UpdateItem; 4 read, 6 written",
        "a client's, the second in an hour": "4 GetItem, 1 TransactWriteItems, 2 UpdateItem; 4 read, 7 written",
    },
    "POST /auth/password/reset": {
        "": "3 GetItem, 1 TransactWriteItems, 1 UpdateItem; 3 read, 11 written",
    },
    "POST /users": {
        "a client": "1 GetItem, 1 TransactWriteItems; 1 read, 17 written",
        "an agent": "4 GetItem, 1 TransactWriteItems; 4 read, 19 written",
        "whose invitation SES refuses": "1 GetItem, 1 TransactWriteItems; 1 read, 15 written",
    },
    "GET /users/{user_id}": {
        "": "2 GetItem; 2 read, 0 written",
    },
    "PATCH /users/{user_id}": {
        "a new name": "3 GetItem, 1 TransactWriteItems; 3 read, 9 written",
        "made an agent": "6 GetItem, 1 TransactWriteItems; 6 read, 10 written",
        "deactivated": "5 GetItem, 1 TransactWriteItems; 5 read, 9 written",
        "deactivated, with three tickets": "5 GetItem, 1 TransactWriteItems; 5 read, 9 written",
    },
    "on_roster_change": {
        "PATCH /users/{user_id}, deactivated": "1 Query, 1 sqs:SendMessage; 1 read, 0 written",
        "PATCH /users/{user_id}, deactivated (2)": "1 Query; 1 read, 0 written",
        "PUT /agents/me/availability, comes": "1 Query; 1 read, 0 written",
        "PUT /agents/{agent_id}/availability, comes": "1 Query; 1 read, 0 written",
        "PUT /agents/{agent_id}/availability, goes": "1 Query; 1 read, 0 written",
        "PUT /agents/me/availability, one waits": "2 Query, 1 TransactWriteItems; 2 read, 19 written",
        "PUT /agents/me/availability, ten wait": "2 Query, 1 TransactWriteItems; 2 read, 136 written",
        "PATCH /users/{user_id}, deactivated, with three tickets": "1 Query, 1 sqs:SendMessage; 1 read, 0 written",
        "PATCH /users/{user_id}, deactivated, with three tickets (2)": "1 Query; 1 read, 0 written",
    },
    "on_requeue": {
        "PATCH /users/{user_id}, deactivated": "2 GetItem, 1 Query, 1 TransactWriteItems; 2.5 read, 2 written",
        "PATCH /users/{user_id}, deactivated, with three tickets": "2 BatchGetItem, 2 GetItem, 2 Query, 2 TransactWriteItems; 7.5 read, 46 written",
    },
    "GET /users": {
        "of a role": "1 BatchGetItem, 1 GetItem, 1 Query; 2.5 read, 0 written",
        "who begin so": "1 BatchGetItem, 1 GetItem, 1 Query; 2 read, 0 written",
        "whose name begins so": "2 BatchGetItem, 1 GetItem, 1 Query; 3 read, 0 written",
    },
    "GET /teams": {
        "": "1 GetItem, 1 Query; 2 read, 0 written",
    },
    "POST /teams": {
        "": "1 GetItem, 1 TransactWriteItems; 1 read, 2 written",
    },
    "GET /audit": {
        "of everybody": "1 GetItem, 1 Query; 2 read, 0 written",
        "about somebody": "1 GetItem, 1 Query; 1.5 read, 0 written",
        "by somebody": "1 GetItem, 1 Query; 1.5 read, 0 written",
    },
    "PUT /agents/me/availability": {
        "comes": "3 GetItem, 1 TransactWriteItems; 3 read, 8 written",
        "the same again": "3 GetItem; 3 read, 0 written",
        "one waits": "3 GetItem, 1 TransactWriteItems; 3 read, 8 written",
        "ten wait": "3 GetItem, 1 TransactWriteItems; 3 read, 8 written",
    },
    "PUT /agents/{agent_id}/availability": {
        "comes": "5 GetItem, 1 TransactWriteItems; 5 read, 8 written",
        "goes": "5 GetItem, 1 TransactWriteItems; 5 read, 8 written",
    },
    "GET /agents": {
        "of a team": "1 BatchGetItem, 1 GetItem, 1 Query; 2.5 read, 0 written",
    },
    "GET /tickets/{ticket_id}": {
        "": "2 BatchGetItem, 1 GetItem; 6 read, 0 written",
    },
    "PATCH /tickets/{ticket_id}": {
        "the client's priority": "2 BatchGetItem, 1 GetItem, 1 TransactWriteItems; 6 read, 9 written",
        "the same again": "2 BatchGetItem, 1 GetItem; 6 read, 0 written",
        "title": "2 BatchGetItem, 1 GetItem, 1 TransactWriteItems; 6 read, 4 written",
        "tags": "2 BatchGetItem, 1 GetItem, 1 TransactWriteItems; 6 read, 4 written",
        "in progress": "2 BatchGetItem, 1 GetItem, 1 TransactWriteItems; 6 read, 8 written",
        "resolved": "2 BatchGetItem, 1 GetItem, 1 TransactWriteItems; 6 read, 10 written",
        "reopened": "2 BatchGetItem, 2 GetItem, 1 TransactWriteItems; 7 read, 12 written",
        "closed": "2 BatchGetItem, 1 GetItem, 1 TransactWriteItems; 6 read, 9 written",
        "to a colleague": "3 BatchGetItem, 2 GetItem, 1 TransactWriteItems; 8 read, 13 written",
        "handed back": "2 BatchGetItem, 1 GetItem, 1 TransactWriteItems; 5.5 read, 9 written",
        "to another team": "2 BatchGetItem, 2 GetItem, 1 TransactWriteItems; 6.5 read, 16 written",
        "resolved, and one waits for the room": "2 BatchGetItem, 1 GetItem, 1 TransactWriteItems; 6 read, 10 written",
    },
    "POST /tickets/{ticket_id}/comments": {
        "staff's": "2 GetItem, 1 TransactWriteItems; 2 read, 6 written",
        "the client's": "2 GetItem, 1 TransactWriteItems; 2 read, 6 written",
        "with a file": "1 BatchGetItem, 3 GetItem, 1 TransactWriteItems, 1 s3:DeleteObjectTagging; 4 read, 8 written",
        "the client's, which reopens": "3 GetItem, 1 TransactWriteItems; 3 read, 14 written",
        "staff's, among 3,000": "2 GetItem, 1 TransactWriteItems; 2 read, 6 written",
    },
    "PUT /tickets/{ticket_id}/seen": {
        "a comment": "1 BatchGetItem, 3 GetItem, 1 UpdateItem; 4 read, 1 written",
        "the chat": "1 BatchGetItem, 3 GetItem; 4 read, 0 written",
    },
    "GET /tickets/{ticket_id}/comments": {
        "": "2 GetItem, 1 Query; 3 read, 0 written",
    },
    "POST /tickets/{ticket_id}/notes": {
        "": "2 GetItem, 1 TransactWriteItems; 2 read, 4 written",
    },
    "GET /tickets/{ticket_id}/notes": {
        "": "2 GetItem, 1 Query; 3 read, 0 written",
    },
    "POST /tickets/{ticket_id}/attachments": {
        "": "3 GetItem, 1 TransactWriteItems; 3 read, 6 written",
    },
    "on_upload": {
        "a file": "3 GetItem, 1 TransactWriteItems, 1 s3:CopyObject; 3 read, 8 written",
        "POST /mail/kept/{mail_id}, a comment with a file": "3 GetItem, 1 TransactWriteItems, 1 s3:CopyObject; 3 read, 8 written",
    },
    "GET /tickets/{ticket_id}/attachments": {
        "": "2 GetItem, 1 Query; 3 read, 0 written",
    },
    "GET /tickets/{ticket_id}/attachments/{attachment_id}": {
        "": "3 GetItem; 3 read, 0 written",
    },
    "GET /tickets/{ticket_id}/history": {
        "": "2 GetItem, 4 Query; 6 read, 0 written",
    },
    "GET /tickets/{ticket_id}/timeline": {
        "": "2 GetItem, 4 Query; 6 read, 0 written",
    },
    "GET /tickets/{ticket_id}/chat/conversations": {
        "": "2 GetItem, 1 Query; 3 read, 0 written",
    },
    "GET /tickets/{ticket_id}/participants": {
        "": "1 BatchGetItem, 2 GetItem, 2 Query; 4.5 read, 0 written",
    },
    "GET /notifications": {
        "": "1 BatchGetItem, 1 GetItem, 1 Query; 3 read, 0 written",
    },
    "POST /notifications/read": {
        "one": "2 BatchGetItem, 1 BatchWriteItem, 1 GetItem; 3 read, 2 written",
        "all": "1 BatchGetItem, 1 BatchWriteItem, 1 GetItem, 1 Query; 3 read, 10 written",
    },
    "GET /tickets": {
        "an admin's": "2 BatchGetItem, 1 GetItem, 1 Query; 3.5 read, 0 written",
        "an admin's, of one status": "2 BatchGetItem, 1 GetItem, 4 Query; 5 read, 0 written",
        "an agent's, of the team": "2 BatchGetItem, 1 GetItem, 1 Query; 3.5 read, 0 written",
        "an agent's own": "2 BatchGetItem, 1 GetItem, 1 Query; 3.5 read, 0 written",
        "an agent's own, with what is unread": "3 BatchGetItem, 1 GetItem, 1 Query; 5.5 read, 0 written",
        "of one status and priority": "2 BatchGetItem, 1 GetItem, 1 Query; 3.5 read, 0 written",
        "a client's": "2 BatchGetItem, 1 GetItem, 1 Query; 3.5 read, 0 written",
        "by a word": "2 BatchGetItem, 1 GetItem, 3 Query; 8.5 read, 0 written",
        "by a beginning and two words": "2 BatchGetItem, 1 GetItem, 4 Query; 8 read, 0 written",
        "a client's, by a word": "2 BatchGetItem, 1 GetItem, 6 Query; 10 read, 0 written",
        "by a number": "1 BatchGetItem, 2 GetItem, 1 Query; 3.5 read, 0 written",
    },
    "GET /tickets/counts": {
        "an agent's": "2 GetItem, 2 Query; 3 read, 0 written",
        "a client's": "1 GetItem, 1 Query; 1.5 read, 0 written",
        "an admin's": "2 GetItem, 2 Query; 3 read, 0 written",
    },
    "GET /tickets/{ticket_id}/chat": {
        "": "2 GetItem, 1 Query; 3 read, 0 written",
    },
    "POST /chat/token": {
        "": "2 GetItem, 1 PutItem, 1 UpdateItem; 2 read, 2 written",
    },
    "websocket_connect": {
        "with a chat token": "2 GetItem, 1 Query, 1 TransactWriteItems, 1 UpdateItem; 3 read, 7 written",
        "with an access token": "2 GetItem, 1 Query, 1 TransactWriteItems; 3 read, 6 written",
    },
    "websocket_message": {
        "subscribe, the first": "4 GetItem, 2 Query, 1 TransactWriteItems, 2 apigatewaymanagementapi:PostToConnection, 1 sqs:SendMessageBatch; 6 read, 6 written",
        "subscribe, the second": "4 GetItem, 2 Query, 1 TransactWriteItems, 3 apigatewaymanagementapi:PostToConnection, 1 sqs:SendMessageBatch; 6 read, 6 written",
        "a message to 2": "1 BatchGetItem, 3 GetItem, 1 PutItem, 2 Query, 1 TransactWriteItems, 5 UpdateItem, 3 apigatewaymanagementapi:PostToConnection; 7 read, 10 written",
        "a message to 2, named": "1 BatchGetItem, 3 GetItem, 2 Query, 1 TransactWriteItems, 5 UpdateItem, 3 apigatewaymanagementapi:PostToConnection; 7 read, 9 written",
        "the same again": "4 GetItem, 1 Query, 1 TransactWriteItems, 1 UpdateItem, 1 apigatewaymanagementapi:PostToConnection; 5 read, 5 written",
        "a private message": "1 BatchGetItem, 4 GetItem, 1 PutItem, 3 Query, 7 UpdateItem, 3 apigatewaymanagementapi:PostToConnection; 9 read, 8 written",
        "load-history": "3 GetItem, 1 Query, 2 UpdateItem, 2 apigatewaymanagementapi:PostToConnection; 4 read, 2 written",
        "typing": "3 GetItem, 1 Query, 1 UpdateItem, 3 apigatewaymanagementapi:PostToConnection; 4 read, 1 written",
        "seen": "1 BatchGetItem, 6 GetItem, 1 Query, 2 UpdateItem, 3 apigatewaymanagementapi:PostToConnection; 8 read, 2 written",
        "ping": "2 GetItem, 1 UpdateItem, 1 apigatewaymanagementapi:PostToConnection; 2 read, 1 written",
        "a message to 200": "1 BatchGetItem, 3 GetItem, 1 PutItem, 2 Query, 5 UpdateItem, 201 apigatewaymanagementapi:PostToConnection; 23 read, 6 written",
        "unsubscribe": "2 GetItem, 1 TransactWriteItems, 2 UpdateItem, 1 apigatewaymanagementapi:PostToConnection, 1 sqs:SendMessageBatch; 2 read, 6 written",
        "a message to one who isn't there": "1 BatchGetItem, 3 GetItem, 1 PutItem, 2 Query, 5 UpdateItem, 2 apigatewaymanagementapi:PostToConnection; 7 read, 6 written",
    },
    "on_chat_message": {
        "delivered already": "1 GetItem; 1 read, 0 written",
    },
    "on_live": {
        "nobody watches": "1 BatchGetItem; 2 read, 0 written",
        "two watch": "3 BatchGetItem, 1 GetItem, 1 Query, 2 apigatewaymanagementapi:PostToConnection; 9 read, 0 written",
        "somebody came of whom the others know": "1 GetItem, 1 Query; 2 read, 0 written",
    },
    "on_account_status_change": {
        "nobody connected": "1 Query; 1 read, 0 written",
    },
    "websocket_disconnect": {
        "of one who only listens": "3 DeleteItem, 1 UpdateItem; 0 read, 4 written",
        "of one who watches": "4 DeleteItem, 3 UpdateItem, 1 sqs:SendMessageBatch; 0 read, 7 written",
    },
    "sockjs": {
        "opened with a chat token": "3 GetItem, 1 PutItem, 1 Query, 1 TransactWriteItems, 2 UpdateItem; 4 read, 7 written",
        "a poll that waits to its end": "1 DeleteItem, 29 GetItem, 1 PutItem, 2 UpdateItem; 14.5 read, 4 written",
        "subscribe": "5 GetItem, 2 Query, 1 TransactWriteItems, 2 UpdateItem, 1 sqs:SendMessageBatch; 7 read, 10 written",
        "a poll that finds something": "2 UpdateItem; 0 read, 2 written",
        "a message to oneself": "1 BatchGetItem, 4 GetItem, 1 PutItem, 2 Query, 1 TransactWriteItems, 7 UpdateItem; 8 read, 12 written",
        "after its end": "1 GetItem, 2 UpdateItem; 1 read, 2 written",
    },
    "end_silent": {
        "one who watched has left": "4 DeleteItem, 2 GetItem, 10 Query, 4 UpdateItem, 1 sqs:SendMessageBatch; 7 read, 8 written",
        "finds nothing": "10 Query; 5 read, 0 written",
    },
    "on_mail_in": {
        "a reply": "5 GetItem, 1 PutItem, 1 Query, 1 TransactWriteItems, 2 UpdateItem, 1 s3:GetObject; 6 read, 9 written",
        "the same again": "6 GetItem, 1 PutItem, 1 UpdateItem, 1 s3:GetObject; 6 read, 2 written",
        "a reply with a file": "9 GetItem, 1 PutItem, 1 Query, 2 TransactWriteItems, 2 UpdateItem, 1 s3:GetObject, 1 s3:PutObject; 10 read, 15 written",
        "a reply that reopens": "6 GetItem, 1 PutItem, 1 Query, 1 TransactWriteItems, 2 UpdateItem, 1 s3:GetObject; 7 read, 17 written",
        "a reply to a closed ticket": "6 GetItem, 3 PutItem, 1 Query, 4 UpdateItem, 1 s3:GetObject, 2 s3:PutObject, 1 sesv2:SendEmail; 7 read, 8 written",
        "a ticket": "4 GetItem, 1 PutItem, 1 TransactWriteItems, 3 UpdateItem, 1 s3:GetObject; 4 read, 16 written",
        "a ticket of a stranger's": "3 GetItem, 1 PutItem, 2 TransactWriteItems, 3 UpdateItem, 1 s3:GetObject; 3 read, 30 written",
        "a stranger's reply": "2 GetItem, 1 PutItem, 1 UpdateItem, 1 s3:GetObject, 2 s3:PutObject; 2 read, 3 written",
        "a stranger's reply with a file": "2 GetItem, 1 PutItem, 1 UpdateItem, 1 s3:GetObject, 3 s3:PutObject; 2 read, 3 written",
    },
    "on_mail": {
        "about to be closed": "2 BatchGetItem, 1 GetItem, 2 PutItem, 1 UpdateItem, 1 sesv2:SendEmail; 3 read, 4 written",
        "the same again": "2 BatchGetItem, 2 GetItem, 2 PutItem; 4 read, 2 written",
        "a comment, told again": "2 BatchGetItem, 3 GetItem, 2 PutItem; 5 read, 2 written",
        "chat unread": "2 BatchGetItem, 1 GetItem, 2 PutItem, 1 UpdateItem, 1 sesv2:SendEmail; 3 read, 4 written",
        "refused by SES": "2 BatchGetItem, 1 GetItem, 2 PutItem, 1 TransactWriteItems, 1 UpdateItem; 3 read, 9 written",
    },
    "on_mail_event": {
        "a bounce": "1 BatchGetItem, 1 GetItem, 1 TransactWriteItems; 2 read, 5 written",
        "the same again": "1 BatchGetItem, 1 GetItem, 1 TransactWriteItems; 2 read, 4 written",
    },
    "GET /mail/kept": {
        "": "1 GetItem, 1 Query; 2 read, 0 written",
    },
    "GET /mail/kept/{mail_id}": {
        "": "2 GetItem, 1 s3:GetObject; 2 read, 0 written",
    },
    "POST /mail/kept/{mail_id}": {
        "a comment with a file": "8 GetItem, 1 Query, 3 TransactWriteItems, 1 UpdateItem, 2 s3:GetObject, 1 s3:PutObject; 9 read, 20 written",
        "a ticket": "4 GetItem, 2 TransactWriteItems, 2 UpdateItem, 1 s3:GetObject; 4 read, 23 written",
        "nothing": "2 GetItem, 1 TransactWriteItems, 1 UpdateItem; 2 read, 10 written",
    },
    "GET /mail/unsubscribe": {
        "": "1 GetItem; 1 read, 0 written",
    },
    "POST /mail/unsubscribe": {
        "": "2 GetItem, 1 TransactWriteItems; 2 read, 3 written",
    },
    "GET /queue": {
        "of a team": "3 BatchGetItem, 1 GetItem, 1 Query; 4.5 read, 0 written",
        "of all": "3 BatchGetItem, 1 GetItem, 1 Query; 13 read, 0 written",
    },
    "GET /metrics": {
        "a day": "1 BatchGetItem, 3 GetItem, 6 Query; 8 read, 0 written",
        "30 days": "1 BatchGetItem, 3 GetItem, 6 Query; 8 read, 0 written",
        "1,000 days": "1 BatchGetItem, 3 GetItem, 8 Query; 9 read, 0 written",
        "a day, 1,000 tickets": "1 BatchGetItem, 3 GetItem, 6 Query; 7.5 read, 0 written",
        "30 days, 1,000 tickets": "1 BatchGetItem, 3 GetItem, 6 Query; 8 read, 0 written",
        "1,000 days, 1,000 tickets": "1 BatchGetItem, 3 GetItem, 8 Query; 13.5 read, 0 written",
        "a day, 20,000 tickets": "1 BatchGetItem, 3 GetItem, 6 Query; 8 read, 0 written",
        "30 days, 20,000 tickets": "1 BatchGetItem, 3 GetItem, 6 Query; 8.5 read, 0 written",
        "1,000 days, 20,000 tickets": "1 BatchGetItem, 3 GetItem, 8 Query; 18.5 read, 0 written",
    },
    "GET /metrics/me": {
        "30 days": "1 BatchGetItem, 3 GetItem, 19 Query; 16 read, 0 written",
    },
    "fan_out": {
        "one event": "4 sqs:SendMessageBatch; 0 read, 0 written",
    },
    "on_metrics": {
        "told again": "2 GetItem, 2 Query; 4 read, 0 written",
    },
    "on_search": {
        "told again of a new ticket": "2 BatchGetItem, 1 BatchWriteItem, 2 GetItem; 5.5 read, 23 written",
    },
    "POST /reports": {
        "": "1 GetItem, 1 TransactWriteItems; 1 read, 6 written",
    },
    "on_report_request": {
        "POST /reports": "2 BatchGetItem, 2 GetItem, 27 Query, 2 UpdateItem, 1 s3:PutObject; 22 read, 2 written",
        "schedule_reports, a day is over": "3 BatchGetItem, 2 GetItem, 1 PutItem, 27 Query, 3 UpdateItem, 1 s3:PutObject, 1 sesv2:SendEmail; 22.5 read, 4 written",
    },
    "GET /reports/{report_id}": {
        "": "2 GetItem; 2 read, 0 written",
    },
    "GET /reports": {
        "": "1 GetItem, 1 Query; 2 read, 0 written",
    },
    "POST /report-schedules": {
        "": "1 BatchGetItem, 2 GetItem, 1 TransactWriteItems; 2.5 read, 6 written",
    },
    "GET /report-schedules": {
        "": "1 GetItem, 1 Query; 2 read, 0 written",
    },
    "DELETE /report-schedules/{schedule_id}": {
        "": "2 GetItem, 1 TransactWriteItems; 2 read, 6 written",
    },
    "sweep": {
        "finds nothing": "1 GetItem, 11 Query; 9.5 read, 0 written",
    },
    "tell_unread": {
        "one is due": "13 GetItem, 6 Query, 2 TransactWriteItems, 1 sqs:SendMessage; 19 read, 10 written",
        "nobody is due": "1 Query; 1 read, 0 written",
    },
    "schedule_reports": {
        "nothing is due": "1 GetItem, 1 Query; 2 read, 0 written",
        "a day is over": "1 GetItem, 1 Query, 1 TransactWriteItems; 2 read, 4 written",
    },
    "close_resolved": {
        "nothing is due": "8 Query; 4 read, 0 written",
    },
}

LIFE: dict[int, dict[str, tuple[str, int, int]]] = {
    300: {
        "filed": ("1 BatchGetItem, 1 Query, 2 TransactWriteItems, 2 UpdateItem; 2.5 read, 29 written", 4, 48),
        "answered": ("1 GetItem, 1 TransactWriteItems; 1 read, 6 written", 2, 14),
        "asked back": ("1 GetItem, 1 TransactWriteItems; 1 read, 6 written", 2, 4),
        "started": ("2 BatchGetItem, 1 TransactWriteItems; 5 read, 8 written", 2, 8),
        "answered again": ("1 GetItem, 1 TransactWriteItems; 1 read, 6 written", 2, 4),
        "resolved": ("2 BatchGetItem, 1 Query, 2 TransactWriteItems; 6 read, 19 written", 4, 16),
        "closed": ("2 BatchGetItem, 1 TransactWriteItems; 5 read, 9 written", 2, 10),
    },
    2_000: {
        "filed": ("1 BatchGetItem, 1 Query, 2 TransactWriteItems, 2 UpdateItem; 2.5 read, 33 written", 4, 45),
        "answered": ("1 GetItem, 1 TransactWriteItems; 1 read, 6 written", 2, 14),
        "asked back": ("1 GetItem, 1 TransactWriteItems; 1 read, 6 written", 2, 4),
        "started": ("2 BatchGetItem, 1 TransactWriteItems; 5 read, 8 written", 2, 8),
        "answered again": ("1 GetItem, 1 TransactWriteItems; 1 read, 6 written", 2, 4),
        "resolved": ("2 BatchGetItem, 1 Query, 2 TransactWriteItems; 6 read, 19 written", 4, 16),
        "closed": ("2 BatchGetItem, 1 TransactWriteItems; 5 read, 9 written", 2, 10),
    },
    20_000: {
        "filed": ("1 BatchGetItem, 1 Query, 2 TransactWriteItems, 2 UpdateItem; 2.5 read, 67 written", 4, 45),
        "answered": ("1 GetItem, 1 TransactWriteItems; 1 read, 6 written", 2, 14),
        "asked back": ("1 GetItem, 1 TransactWriteItems; 1 read, 6 written", 2, 4),
        "started": ("2 BatchGetItem, 1 TransactWriteItems; 9 read, 8 written", 2, 8),
        "answered again": ("1 GetItem, 1 TransactWriteItems; 1 read, 6 written", 2, 4),
        "resolved": ("2 BatchGetItem, 1 Query, 2 TransactWriteItems; 10 read, 19 written", 4, 16),
        "closed": ("2 BatchGetItem, 1 TransactWriteItems; 9 read, 9 written", 2, 10),
    },
}
"""A ticket's whole life (bench/life.py, which prints this), by the characters of its description, by step: what request and
assignment cost, where who asks is known to the process; the fewest calls by which it could be done; and how many units
what follows writes at most: metrics, search, mail, notifications and live events."""
