"""Where a request comes from."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Origin:
    """The caller and where the request came from. All None for the system itself and for operators."""

    actor_id: str | None = None
    ip: str | None = None
    request_id: str | None = None
    user_agent: str | None = None

    def by(self, actor_id: str) -> "Origin":
        """The same with the caller filled in, once they are known."""
        return replace(self, actor_id=actor_id)


NOBODY = Origin()
