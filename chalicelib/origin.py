"""Who sent a request, and from where."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Origin:
    """The caller and where the request came from. All None for the system itself and for operators."""

    actor_id: str | None = None
    ip: str | None = None
    request_id: str | None = None
    user_agent: str | None = None

    def by(self, actor_id: str) -> "Origin":
        """A copy with `actor_id` set, once the caller is authenticated."""
        return replace(self, actor_id=actor_id)


NOBODY = Origin()
