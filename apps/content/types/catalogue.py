"""What a catalogue is: the types of component that can stand on a board."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Hue: TypeAlias = Literal["blue", "slate", "green", "amber", "violet", "rose"]
ConnectionKind: TypeAlias = Literal["request", "data", "training", "event"]


@dataclass(frozen=True)
class Category:
    """A family of components; its hue colours cards, palette and diagram."""

    id: str
    name: str
    hue: Hue


@dataclass(frozen=True)
class SizeField:
    """A size worth writing down on a card, as a key of its `fields`. unit: empty for words."""

    name: str
    unit: str
    means: str


@dataclass(frozen=True)
class Ports:
    """The types that usually stand before and behind a component, by kind of connection."""

    incoming: dict[ConnectionKind, tuple[str, ...]]
    outgoing: dict[ConnectionKind, tuple[str, ...]]


@dataclass(frozen=True)
class ComponentType:
    """A kind of box that can stand on the board.

    description: what it is for. not_for: when not to use it.
    icon: symbol id in the icon sprite, without `#`.
    ports: advice, never a ban.
    outgoing: the kind proposed for a connection drawn from here, by target type; "*" is the rest.
    steps: numbers of the flow's steps that such a component is evidence for.
    """

    id: str
    name: str
    description: str
    not_for: str
    example: str
    category: str
    hue: Hue
    icon: str
    aliases: tuple[str, ...]
    ports: Ports
    outgoing: dict[str, ConnectionKind]
    fields: tuple[SizeField, ...]
    steps: tuple[int, ...]


@dataclass(frozen=True)
class Catalogue:
    id: str
    version: str
    categories: tuple[Category, ...]
    components: tuple[ComponentType, ...]

    def component(self, type_id: str) -> ComponentType | None:
        return next((item for item in self.components if item.id == type_id), None)
