"""Names of channel layer groups that sockets join. (Those of events are in `core.events`.)"""

from uuid import UUID


def access_group(design_id: UUID) -> str:
    """Every open socket on a design: told when somebody's right on it may have changed."""
    return f"access.{design_id}"
