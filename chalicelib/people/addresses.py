"""E-mail addresses are stored as they were given and compared in normal form. Pure."""

import unicodedata

from chalicelib.errors import Invalid

_INSIDE = frozenset({"local", "localhost", "test"})
"""Top-level domains that organisations use in their own networks: accepted, though they aren't public."""

_KEY_BYTES = 1000
"""The longest sort key that DynamoDB takes: 1,024 bytes."""


def lookup_form(text: str) -> str:
    """A form in which texts are equal that differ only in case or in their Unicode normalisation, cut to the length
    of a sort key."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return folded.encode("utf-8", "replace")[:_KEY_BYTES].decode("utf-8", "ignore")


def compared(text: str) -> str:
    """What somebody typed as an address, in the form in which addresses are looked up. Never raises."""
    try:
        return normal_form(text)
    except Invalid:
        return lookup_form(text)


def normal_form(address: str) -> str:
    """The form in which addresses are unique and looked up. Raises Invalid when it isn't an address."""
    import email_validator  # takes longer than a request; only a few have an address to judge

    # As its documentation says: these are taken off its list of what can't be reached.
    special = email_validator.SPECIAL_USE_DOMAIN_NAMES
    special[:] = [name for name in special if name not in _INSIDE]
    try:
        valid = email_validator.validate_email(
            address, check_deliverability=False, globally_deliverable=False, strict=True
        )
    except ValueError:
        raise Invalid.field("email", "Must be an e-mail address, like name@example.com.", "bad_address") from None
    form = lookup_form(valid.normalized)
    if len(form.encode()) >= _KEY_BYTES - 4:
        raise Invalid.field("email", "Is too long for an e-mail address.", "too_many_bytes", max=_KEY_BYTES - 5)
    return form


def spelled_out(address: str) -> str | None:
    """The address with its domain in Punycode, where that has letters beyond ASCII: these may be look-alikes of
    others."""
    local, _, domain = address.rpartition("@")
    if domain.isascii():
        return None
    import email_validator

    try:
        valid = email_validator.validate_email(address, check_deliverability=False, globally_deliverable=False)
    except ValueError:
        return None
    return f"{local}@{valid.ascii_domain}"


def reachable(address: str) -> str:
    """The address as mail can be sent to it: ASCII, the domain in Punycode. Raises Invalid when it isn't an address,
    or is one that needs a mail service with SMTPUTF8, which SES isn't."""
    import email_validator

    normal_form(address)
    valid = email_validator.validate_email(address, check_deliverability=False, globally_deliverable=False)
    if not valid.ascii_email:
        raise Invalid.field("email", "No mail can be sent to this address.", "unreachable_address")
    return valid.ascii_email
