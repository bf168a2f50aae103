"""Names of channel layer groups that sockets join. (Those of events are in `core.events`.)"""

from uuid import UUID

from apps.core.ids import token_hash


def access_group(design_id: UUID) -> str:
    """Every open socket on a design: told when somebody's right on it may have changed."""
    return f"access.{design_id}"


def session_group(session_key: str) -> str:
    """Every open socket of a signed-in browser: told when it signs out. The key is a secret."""
    return f"session.{token_hash(session_key)}"
