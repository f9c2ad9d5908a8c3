"""Mail about scheduled reports, with a link that needs signing in. (A link that opened the file directly would open it
for everybody to whom the mail is forwarded.)
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from chalicelib.notifications import deliveries, languages, rendering
from chalicelib.notifications.languages import Language
from chalicelib.notifications.sending import Message
from chalicelib.people import service as people
from chalicelib.people.models import Account


class Notice(NamedTuple):
    """`title` of a report, for people; its days, both inclusive; `error`: why there is none, None if there is."""

    title: str
    first: date
    last: date
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
    language = languages.of(to.locale)
    title, days = language.gettext(notice.title), _days(language, notice)
    subject = language.gettext("%(title)s, %(days)s could not be made" if notice.error else "%(title)s, %(days)s")
    subject %= {"title": title, "days": days}
    link = rendering.link(f"reports/{report_id}")
    text, html = rendering.render(
        "report", language, subject=subject, title=title, days=days, error=notice.error, name=to.name, link=link
    )
    return Message(to=to.email, subject=subject, text=text, html=html)


def _days(language: Language, notice: Notice) -> str:
    if notice.first == notice.last:
        return language.day(notice.first)
    return language.gettext("%(first)s to %(last)s") % {
        "first": language.day(notice.first),
        "last": language.day(notice.last),
    }
