"""How does a comparison look in a terminal? The page shows the same figures."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from apps.core.json import JsonObject

NAME_WIDTH: Final = 22
HEAD: Final = (
    f"{'':{NAME_WIDTH}} {'pairs':>6} {'exact':>6} {'±1':>6} {'bias':>6} {'kappa':>6} "
    f"{'95 % interval':>15} | without NE {'pairs':>6} {'±1':>6} {'kappa':>6}"
)


def table_of(rows: Iterable[JsonObject]) -> Iterator[str]:
    """A line for each row of a report, under a head."""
    yield HEAD
    yield from (_line(row) for row in rows)


def confusion_table(confusion: Any) -> Iterator[str]:
    levels = [str(level) for level in confusion["levels"]]
    yield f"{'people / machine':>18}" + "".join(f"{level:>7}" for level in levels)
    for level, counts in zip(levels, confusion["counts"], strict=True):
        yield f"{level:>18}" + "".join(f"{count:>7}" for count in counts)


def number(value: float | None, form: str = ".2f") -> str:
    return "-" if value is None else format(value, form)


def _line(row: Any) -> str:
    of, bare = row["with_ne"], row["without_ne"]
    span = of["interval"]
    shown = f"{span[0]:.2f} to {span[1]:.2f}" if span else "too few"
    return (
        f"{row['id']:{NAME_WIDTH}} {of['pairs']:>6} {number(of['exact']):>6} "
        f"{number(of['near']):>6} {number(of['bias'], '+.2f'):>6} {number(of['kappa']):>6} "
        f"{shown:>15} | {'':10} {bare['pairs']:>6} {number(bare['near']):>6} "
        f"{number(bare['kappa']):>6}"
    )
