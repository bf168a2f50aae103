"""What may a rating point at? A phrase of the notes, a part of the board, a moment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from apps.core.errors import Fault, Invalid
from apps.core.json import JsonObject
from apps.interviews.models import Evidence, Rating

MOST: Final = 20
LONGEST_QUOTE: Final = 2000
_TEXTS: Final = {
    Evidence.Kind.NOTE: ("step", "quote"),
    Evidence.Kind.COMPONENT: ("id", "name"),
    Evidence.Kind.CONNECTION: ("id", "name"),
    Evidence.Kind.MOMENT: (),
}
_NUMBERS: Final = {Evidence.Kind.NOTE: ("start", "end"), Evidence.Kind.MOMENT: ("seq",)}


@dataclass(frozen=True, slots=True)
class Pointer:
    """clock_s: of the interview, in seconds, where the browser knows better than "now"."""

    kind: str
    pointer: JsonObject
    clock_s: int | None = None


def checked(pointers: Sequence[Pointer]) -> None:
    """Raises Invalid with all faults."""
    if faults := list(_faults(pointers)):
        raise Invalid("The evidence was not saved.", faults)


def replace(rating: Rating, pointers: Sequence[Pointer], now_s: int) -> None:
    """What was pointed at before keeps the time of then."""
    before = {(row.kind, _key(row.pointer)): row.clock_s for row in rating.evidence.all()}
    rating.evidence.all().delete()
    Evidence.objects.bulk_create(
        Evidence(
            rating=rating,
            position=position,
            kind=one.kind,
            pointer=one.pointer,
            clock_s=before.get(
                (one.kind, _key(one.pointer)), now_s if one.clock_s is None else one.clock_s
            ),
        )
        for position, one in enumerate(pointers)
    )


def evidence_json(row: Evidence) -> JsonObject:
    return {"kind": row.kind, "pointer": row.pointer, "clock_s": row.clock_s}


def _key(pointer: Any) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key, str(value)) for key, value in pointer.items()))


def _faults(pointers: Sequence[Pointer]) -> Iterator[Fault]:
    if len(pointers) > MOST:
        yield Fault("$.evidence", f"{len(pointers)} are more than {MOST}.")
    for place, one in enumerate(pointers):
        where = f"$.evidence[{place}]"
        if one.kind not in Evidence.Kind.values:
            yield Fault(f"{where}.kind", f"{one.kind} is nothing to point at.")
            continue
        kind = Evidence.Kind(one.kind)
        texts, numbers = _TEXTS[kind], _NUMBERS.get(kind, ())
        if unknown := one.pointer.keys() - {*texts, *numbers}:
            yield Fault(f"{where}.pointer", f"{', '.join(sorted(unknown))} is not known.")
        for name in texts:
            text = one.pointer.get(name)
            if not isinstance(text, str) or len(text) > LONGEST_QUOTE:
                yield Fault(f"{where}.pointer.{name}", f"Not a text of up to {LONGEST_QUOTE}.")
        for name in numbers:
            number = one.pointer.get(name)
            if type(number) is not int or number < 0:
                yield Fault(f"{where}.pointer.{name}", "Not a number from 0.")
