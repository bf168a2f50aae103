"""Reads live documents with the CRDT library, in a child process that may be killed.

`client` asks, `child` is the program that answers, `messages` is what goes between them. No other
process of the product opens a stored document: bytes that hang or crash the library cost one child.
"""

from apps.rooms.reader.client import (
    Limits,
    Reader,
    ReaderFailed,
    Unavailable,
    Unreadable,
    aread,
    current_limits,
    read,
    use_limits,
)
from apps.rooms.reader.messages import Reading, Want

__all__ = [
    "Limits",
    "Reader",
    "ReaderFailed",
    "Reading",
    "Unavailable",
    "Unreadable",
    "Want",
    "aread",
    "current_limits",
    "read",
    "use_limits",
]
