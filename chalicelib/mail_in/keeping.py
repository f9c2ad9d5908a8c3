"""Mail that became nothing: kept for admins to read and to decide about."""

from chalicelib import storage
from chalicelib.measures import count
from chalicelib.settings import settings

_KEPT = "kept/"


class Kept(Exception):
    """Nobody can be given this mail: the message is why, a word or two."""


class PassedOver(Exception):
    """Nothing is to become of this mail: the message is why. It is kept all the same if its sender is known."""

    def __init__(self, why: str, *, sender_known: bool) -> None:
        super().__init__(why)
        self.sender_known = sender_known


def keep(key: str, raw: bytes) -> None:
    """Keeps a mail as it came. Again: nothing."""
    storage.put_once(settings.mail_in_bucket, _KEPT + key, raw, "message/rfc822", f"{key}.eml")
    count("MailsKept")
