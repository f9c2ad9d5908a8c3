"""Mail about scheduled reports, with a link that needs signing in. (A link that opened the file directly would open it
for everybody to whom the mail is forwarded.)
"""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from chalicelib.notifications import deliveries, rendering
from chalicelib.notifications.sending import Message
from chalicelib.people import service as people
from chalicelib.people.models import Account


class Notice(NamedTuple):
    """`title` and `days` of a report, for people; `error`: why there is none, None if there is."""

    title: str
    days: str
    error: str | None


def tell(report_id: str, notice: Notice, account_ids: Sequence[str]) -> None:
    """Mails the recipients who are still active admins, haven't turned mail off and whose address takes it, each
    once. If one mail fails the others are still sent; the first error is raised at the end, so that the message
    comes again."""
    failed: list[Exception] = []
    for account in people.active_admins(account_ids):
        if account.email_notifications and account.mail_refused is None:
            try:
                deliveries.once(f"report/{report_id}", account.id, partial(_message, report_id, notice, account))
            except Exception as error:
                failed.append(error)
    if failed:
        raise failed[0]


def _message(report_id: str, notice: Notice, to: Account) -> Message:
    subject = f"{notice.title}, {notice.days}" + (" could not be made" if notice.error else "")
    link = rendering.link(f"reports/{report_id}")
    text, html = rendering.render(
        "report", subject=subject, title=notice.title, days=notice.days, error=notice.error, name=to.name, link=link
    )
    return Message(to=to.email, subject=subject, text=text, html=html)
