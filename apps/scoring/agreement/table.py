"""How is a comparison shown? As the same facts and tables in the terminal and on the page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from apps.core.json import JsonObject

FIGURES: Final = (
    "sessions",
    "pairs",
    "exact",
    "within 1",
    "bias",
    "kappa",
    "95 % interval",
    "pairs without NE",
    "within 1",
    "kappa",
)


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as they are shown; the first column names the row."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


def facts_of(report: Any) -> list[tuple[str, str]]:
    """What was compared with what. report: of `domain.evaluations`."""
    rubric, engine, left = report["rubric"], report["engine"], report["left_out"]
    return [
        ("Verdict", report["validation"]["text"]),
        ("Rubric", f"{rubric['id']} {rubric['version']} ({rubric['sha256'][:12]})"),
        ("Engine", f"{engine['id']} {engine['version']}"),
        ("Channels", ", ".join(report["channels"]) + _model(report["model"])),
        ("Sessions", f"{report['sessions']}, {report['double_rated']} rated by two or more"),
        ("Raters", str(report["raters"])),
        (
            "Does not apply",
            f"{left['both']} by both, {left['people']} by people alone, "
            f"{left['machine']} by the engine alone; not compared",
        ),
    ]


def tables_of(report: Any) -> list[Table]:
    people = [report["people"]] if report["people"]["with_ne"]["pairs"] else []
    return [
        agreement_table("Engine and people, by step", "step", [*report["steps"], report["all"]]),
        *([agreement_table("People among themselves", "criteria", people)] if people else []),
        agreement_table("Engine and people, by criterion", "criterion", report["criteria"]),
        confusion_table(report["confusion"]),
    ]


def agreement_table(title: str, kind: str, rows: Iterable[JsonObject]) -> Table:
    """kind: of what there is a row for each."""
    return Table(title, (kind, *FIGURES), [_cells(row) for row in rows])


def confusion_table(confusion: Any) -> Table:
    levels = [str(level) for level in confusion["levels"]]
    rows = [
        (level, *(str(count) for count in counts))
        for level, counts in zip(levels, confusion["counts"], strict=True)
    ]
    return Table("Levels by people (rows) and by the engine (columns)", ("people", *levels), rows)


def as_text(table: Table) -> Iterator[str]:
    """The table in columns: names to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(table.head, *table.rows, strict=True)]
    yield table.title
    for name, *cells in (table.head, *table.rows):
        figures = (f"{cell:>{width}}" for cell, width in zip(cells, widths[1:], strict=True))
        yield "  ".join([f"  {name:{widths[0]}}", *figures])


def _model(sha256: str | None) -> str:
    return f" (model {sha256[:12]})" if sha256 else ""


def number(value: float | None, form: str = ".2f") -> str:
    return "-" if value is None else format(value, form)


def _cells(row: Any) -> tuple[str, ...]:
    of, bare = row["with_ne"], row["without_ne"]
    span = of["interval"]
    return (
        row["id"],
        str(of["sessions"]),
        str(of["pairs"]),
        number(of["exact"]),
        number(of["near"]),
        number(of["bias"], "+.2f"),
        number(of["kappa"]),
        f"{span[0]:.2f} to {span[1]:.2f}" if span else "too few",
        str(bare["pairs"]),
        number(bare["near"]),
        number(bare["kappa"]),
    )
