"""Why a mail is kept instead of becoming something. Pure."""

from collections.abc import Mapping
from typing import Literal, get_args

Reason = Literal[
    "address_of_another",
    "auto_reply",
    "auto_submitted",
    "bulk",
    "dkim",
    "dmarc",
    "empty",
    "encrypted",
    "files_left_out",
    "forwarded_sender_deactivated",
    "forwarded_sender_no_address",
    "from_staff",
    "list",
    "no_sender_to_answer",
    "our_own",
    "parts_left_out",
    "sender_no_address",
    "sender_not_a_party",
    "sender_not_verified",
    "sender_unclear",
    "sender_unknown",
    "spam",
    "spf",
    "ticket_closed",
    "too_many_in_an_hour",
    "unproven",
    "virus",
]
"""Why a mail was kept. "virus" is only for the log: such mail is never kept."""

MEANINGS: Mapping[Reason, str] = {
    "address_of_another": "It was sent to somebody else's reply address.",
    "auto_reply": "A program answered by itself: somebody is away.",
    "auto_submitted": "A program sent it.",
    "bulk": "A program sent it to many.",
    "dkim": "Its signature is wrong.",
    "dmarc": "Its domain says that it isn't from there.",
    "empty": "Nothing is in it besides our own mail.",
    "encrypted": "It is encrypted.",
    "files_left_out": "It became a comment or a ticket; some of its files could not be added.",
    "forwarded_sender_deactivated": "Staff forwarded it, and the account of whoever wrote it is deactivated.",
    "forwarded_sender_no_address": "Staff forwarded it, and whoever wrote it has no address that mail can be sent to.",
    "from_staff": "Staff wrote it, and not to a reply address; it forwards nobody's mail.",
    "list": "It came by a mailing list, from nobody who is a party to the ticket.",
    "no_sender_to_answer": "It names no sender who could be answered.",
    "our_own": "It is our own mail.",
    "parts_left_out": "It became a comment or a ticket; parts of it were too many, too deep or broken.",
    "sender_no_address": "Its sender's address is none that mail can be sent to.",
    "sender_not_a_party": "Its sender may no longer see the ticket.",
    "sender_not_verified": "The sender's account is deactivated, or its address not confirmed.",
    "sender_unclear": "It doesn't say clearly who wrote it.",
    "sender_unknown": "Nobody has an account with the sender's address.",
    "spam": "It was taken for spam.",
    "spf": "It was sent by a machine that may not send for its domain.",
    "ticket_closed": "The ticket was closed.",
    "too_many_in_an_hour": "Its sender sent too many in an hour.",
    "unproven": "Nothing proves that it is its sender's.",
    "virus": "It has a virus.",
}

REASONS: tuple[Reason, ...] = get_args(Reason)
KEPT: tuple[Reason, ...] = tuple(reason for reason in REASONS if reason != "virus")
"""The reasons for which mail is kept."""
