"""What structs may live in: the root maps of the schema, and the maps and texts in them."""

from typing import Final

from apps.rooms.room.ordering import Line
from apps.rooms.room.schema import Holds
from apps.rooms.room.updates import ANY, MAP, STRING, TEXT, TYPE, Id


class Container:
    """A root map, a shared type in one of them, or (COLLECTED_AWAY) one nobody knows any more.

    content, type_ref: what may be in it, besides deleted content. id: the item that holds it.
    siblings: of a root, what its keys have led to so far. line: of a text, its pieces in order.
    is_gone: deleted. is_contested: two clients may have written to one of its keys, so that one of
    the two values is deleted without a word.
    """

    __slots__ = (
        *("content", "is_keyed", "type_ref"),
        *("id", "is_contested", "is_gone", "is_new", "key", "line", "root", "siblings"),
    )

    def __init__(self, content: int, *, is_keyed: bool, type_ref: int = 0) -> None:
        self.content = content
        self.type_ref = type_ref
        self.is_keyed = is_keyed
        self.id: Id = (0, 0)
        self.root: Container | None = None
        self.key: str | None = None
        self.siblings: dict[str | None, list[Container]] | None = None
        self.is_gone = False
        self.is_contested = False
        self.is_new = True
        self.line = Line()

    def note_key(self, key: str) -> None:
        """Somebody gives a key its first value, as far as they know."""
        if self.siblings is None:
            self.is_contested = self.is_contested or not self.is_new
        elif key in self.siblings:
            self.is_contested = True
        else:
            self.siblings[key] = []

    @property
    def may_have_lost(self) -> bool:
        """Whether it is deleted, or something else under its key may have come to stand."""
        if self.is_gone:
            return True
        if self.root is None or self.root.siblings is None:
            return False
        under_key = len(self.root.siblings.get(self.key, ()))
        return under_key > 1 or None in self.root.siblings

    def settle(self) -> None:
        """It has come to stay: the update that made it is accepted."""
        self.is_new = False
        if self.root is not None and self.root.siblings is not None:
            self.root.siblings.setdefault(self.key, []).append(self)


def root_of(holds: Holds) -> Container:
    match holds:
        case Holds.VALUES:
            root = Container(ANY, is_keyed=True)
        case Holds.MAPS:
            root = Container(TYPE, is_keyed=True, type_ref=MAP)
        case Holds.TEXTS:
            root = Container(TYPE, is_keyed=True, type_ref=TEXT)
    root.siblings, root.is_new = {}, False
    return root


def container_of(type_ref: int, key: str | None, root: Container, item: Id) -> Container:
    made = Container(ANY, is_keyed=True) if type_ref == MAP else Container(STRING, is_keyed=False)
    made.key, made.root, made.id = key, root, item
    return made


COLLECTED_AWAY: Final = Container(STRING, is_keyed=False)
COLLECTED_AWAY.is_gone = True
