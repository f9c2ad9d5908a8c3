"""Where a request comes from."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Origin:
    """Who asks, and from where. All None: the machine itself, or an operator."""

    actor_id: str | None = None
    ip: str | None = None
    request_id: str | None = None
    user_agent: str | None = None

    def by(self, actor_id: str) -> "Origin":
        """The same, now that it is known who it is."""
        return replace(self, actor_id=actor_id)


NOBODY = Origin()
