"""Looking up items of several tables in one call."""

from typing import Any

import pytest
from pynamodb.exceptions import GetError

from chalicelib import ambient, together
from chalicelib.chat.reader_models import Reader
from chalicelib.dynamo import connection
from chalicelib.errors import Unavailable
from chalicelib.people.models import Account
from chalicelib.together import Wanted, look_up

ACCOUNTS, READERS = Account.Meta.table_name, Reader.Meta.table_name


class DynamoDB:
    """Answers with every key it is asked for, of each table at most `most` a call."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.asked: list[dict[str, Any]] = []

    def dispatch(self, operation: str, params: dict[str, Any]) -> dict[str, Any]:
        assert operation == "BatchGetItem"
        self.asked.append(params["RequestItems"])
        found, left = {}, {}
        for table, asked in params["RequestItems"].items():
            found[table] = [{**key, "kind": {"S": "account"}} for key in asked["Keys"][: self.most]]
            if behind := asked["Keys"][self.most :]:
                left[table] = {**asked, "Keys": behind}
        return {"Responses": found, "UnprocessedKeys": left}


@pytest.fixture
def dynamodb(monkeypatch: pytest.MonkeyPatch) -> DynamoDB:
    made = DynamoDB(1000)
    monkeypatch.setattr(connection, "dispatch", made.dispatch)
    monkeypatch.setattr(ambient, "sleep", lambda _: None)
    return made


def accounts(count: int) -> Wanted[Account]:
    return Wanted(Account, [(f"{number:03}", "account") for number in range(count)], attributes=["id", "item", "kind"])


def test_two_tables_are_one_call(dynamodb: DynamoDB) -> None:
    people, readers = accounts(2), Wanted(Reader, [("t", "a"), ("t", "a"), ("t", "b")], consistent=False)
    look_up(people, readers)
    [asked] = dynamodb.asked
    assert asked[READERS] == {
        "ConsistentRead": False,
        "Keys": [{"ticket_id": {"S": "t"}, "reader": {"S": name}} for name in "ab"],
    }
    assert asked[ACCOUNTS]["ConsistentRead"] is True
    assert [each.id for each in people.found] == ["000", "001"]
    assert [each.reader for each in readers.found] == ["a", "b"]


def test_a_hundred_keys_go_into_a_call(dynamodb: DynamoDB) -> None:
    people, readers = accounts(150), Wanted(Reader, [("t", "a")])
    look_up(people, readers)
    assert [sum(len(each["Keys"]) for each in asked.values()) for asked in dynamodb.asked] == [100, 51]
    assert (len(people.found), len(readers.found)) == (150, 1)


def test_of_nothing_nobody_is_asked(dynamodb: DynamoDB) -> None:
    look_up(accounts(0), Wanted(Reader, []))
    assert dynamodb.asked == []


def test_what_was_left_unread_is_asked_for_again(dynamodb: DynamoDB) -> None:
    dynamodb.most = 1
    people = accounts(3)
    look_up(people)
    assert [each.id for each in people.found] == ["000", "001", "002"]


def test_who_is_never_answered_gives_up(dynamodb: DynamoDB) -> None:
    dynamodb.most = 0
    with pytest.raises(Unavailable):
        look_up(accounts(1))
    assert len(dynamodb.asked) == together._TRIES


def test_a_refusal_is_one_of_pynamodbs(monkeypatch: pytest.MonkeyPatch) -> None:
    from botocore.exceptions import ClientError

    def refuse(*_: Any) -> None:
        raise ClientError({"Error": {"Code": "ThrottlingException", "Message": "slower"}}, "BatchGetItem")

    monkeypatch.setattr(connection, "dispatch", refuse)
    with pytest.raises(GetError) as refused:
        look_up(accounts(1))
    assert refused.value.cause_response_code == "ThrottlingException"
