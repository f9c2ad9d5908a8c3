"""What becomes of a change: who is told of it, by which mail."""

from chalicelib.auth import confirming, one_time
from chalicelib.auth.models import Notice, OneTimeToken
from chalicelib.log import log
from chalicelib.notifications import deliveries, languages, policy, rendering
from chalicelib.notifications.languages import Language
from chalicelib.notifications.sending import Message
from chalicelib.people import reachability
from chalicelib.people.models import AccountsItem
from chalicelib.tickets import fanout


def event_of(item: AccountsItem) -> str:
    """The event's id: what was written happened once."""
    return f"{item.id}/{item.item}"


def tell_of_account(item: AccountsItem) -> None:
    """Sends the security mail that follows from something written in `accounts` with an attribute `mail`, and has the
    receipts sent that waited for the address to be confirmed. Again: nothing."""
    if not isinstance(item, OneTimeToken | Notice) or item.mail not in {*policy.SECURITY, policy.CONFIRMED}:
        log.warning("nothing is known of such a mail", extra={"item": item.item})
        return
    if item.mail != policy.CONFIRMED:
        _mail(item)
    if isinstance(item, Notice) and item.confirms:
        for receipt in confirming.waiting(item.id):
            fanout.hand("mail", receipt.ticket_id, f"event#{receipt.event_id}")


def _mail(item: OneTimeToken | Notice) -> None:
    account = reachability.of_security_mail(item.id)
    if account is not None and account.mail_refused is not None:
        log.warning("the address takes no mail", extra={"item": item.item})
        return
    language = languages.of(account.locale if account is not None else None)

    def refused() -> None:
        reachability.refuse(item.id, item.email, "refused")

    deliveries.once(event_of(item), item.id, lambda: _security(item, language), refused)


def _security(item: OneTimeToken | Notice, language: Language) -> Message:
    """No name in mail to an address that may be anybody's: who signs up could write to strangers through it."""
    mail = policy.SECURITY[str(item.mail)]
    token = one_time.text_of(item) if isinstance(item, OneTimeToken) else None
    number = int(item.ticket) if isinstance(item, OneTimeToken) and item.ticket else None
    subject = language.gettext(mail.subject)
    if number:
        subject = f"[#{number}] {language.gettext(policy.CONFIRM_FOR_A_TICKET)}"
    before = confirming.waiting(item.id) if isinstance(item, Notice) and item.confirms else ()
    text, html = rendering.render(
        mail.template,
        language,
        subject=subject,
        number=number,
        tickets=[(int(each.number), rendering.link(f"tickets/{each.ticket_id}")) for each in before],
        link=rendering.link(mail.page, token),
    )
    return Message(to=item.email, subject=subject, text=text, html=html)
