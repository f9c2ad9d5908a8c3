"""Where a request comes from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """Who asks, and from where. All None: the machine itself, or an operator."""

    actor_id: str | None = None
    ip: str | None = None
    request_id: str | None = None

    def by(self, actor_id: str) -> "Origin":
        """The same, now that it is known who it is."""
        return Origin(actor_id, self.ip, self.request_id)


NOBODY = Origin()
