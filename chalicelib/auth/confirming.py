"""What waits until somebody confirms their address. To an address that nobody has confirmed goes no text of users
(contract §8): it may be a stranger's. Whoever files a ticket with it is asked to confirm it instead, a few times a day,
and gets the receipts when it is done.
"""

from collections.abc import Iterator

from chalicelib import ambient
from chalicelib.auth import attempts, one_time
from chalicelib.auth.models import WaitingReceipt
from chalicelib.dynamo import Transaction
from chalicelib.people import service as people
from chalicelib.people.models import Account

_KEPT = 90 * 86_400
_SHOWN = ["id", "item", "kind", "event_id", "number", "expires_at"]


class Receipt:
    """The receipt of a ticket for this client, if it has to wait."""

    def __init__(self, client_id: str) -> None:
        account = people.account_without_password(client_id)
        self._client: Account | None = account if account and not account.answers_by_mail else None
        self._asks = self._client is not None and attempts.may_mail_confirming(self._client)

    def add(self, transaction: Transaction, ticket_id: str, number: int, event_id: str) -> None:
        """Adds to the transaction that files the ticket what makes its receipt wait, and the mail that asks."""
        if self._client is None:
            return
        waiting = WaitingReceipt(id=self._client.id, item=_item(ticket_id), event_id=event_id, number=number)
        waiting.expires_at = int(ambient.clock()) + _KEPT
        transaction.put(waiting, label="receipt")
        if self._asks:
            one_time.add(transaction, self._client, "verification", ticket=number)


def waiting(account_id: str) -> Iterator[WaitingReceipt]:
    """The receipts that wait, by ticket."""
    return iter(
        WaitingReceipt.query(
            account_id, WaitingReceipt.item.startswith(_item("")), consistent_read=True, attributes_to_get=_SHOWN
        )
    )


def _item(ticket_id: str) -> str:
    return f"receipt#{ticket_id}"
