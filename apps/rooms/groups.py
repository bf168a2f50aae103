"""Names of channel layer groups that sockets and rooms join. (Those of events: `core.events`.)"""

from typing import Any, Final
from uuid import UUID

from apps.core.ids import token_hash
from apps.rooms.documents import DocumentKey


def access_group(design_id: UUID) -> str:
    """Every open socket on a design: told when somebody's right on it may have changed."""
    return f"access.{design_id}"


def session_group(session_key: str) -> str:
    """Every open socket of a signed-in browser: told when it signs out. The key is a secret."""
    return f"session.{token_hash(session_key)}"


def person_group(user_id: UUID) -> str:
    """Every open socket of an account: told when what it may do in an organisation changes."""
    return f"person.{user_id}"


def room_group(key: DocumentKey) -> str:
    """The room of a document, in every process that has it."""
    return ".".join(["room", *(str(part) for part in key if part)])


def new_rows(seq: int) -> dict[str, Any]:
    """To a room: the log has been gone on with by somebody who is not in it, up to this row."""
    return {"type": "room", "kind": "seq", "seq": seq}


# To a room: what is in the log is not what you have; let everybody come again.
RELOAD: Final[dict[str, Any]] = {"type": "room", "kind": "reload"}
