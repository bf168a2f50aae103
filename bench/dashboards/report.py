"""The figures for people: the table of docs/performance.md."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = ROOT / "docs" / "performance.md"
BEGIN: Final = "<!-- dashboards: make bench-dashboards -->"
END: Final = "<!-- end of dashboards -->"
FEW, MANY = "100", "10000"
LIMIT_MS: Final = 300
NAMES: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}

Document = Mapping[str, Any]
Row = Sequence[str]


def fill(document: Document) -> None:
    """Puts the section between the two marks of its page."""
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text(f"{head}{BEGIN}\n\n{section(document)}\n\n{END}{tail}", encoding="utf-8")


def section(document: Document) -> str:
    tables = [
        f"{NAMES[name]}\n\n{_table(_rows(sizes))}" for name, sizes in document["databases"].items()
    ]
    return "\n\n".join([_provenance(document), *tables, *faults(document)])


def faults(document: Document) -> list[str]:
    """What a page may not do, in words."""
    return [
        f"{NAMES[name]}, {page}: {fault}."
        for name, sizes in document["databases"].items()
        for page, many in sizes[MANY].items()
        for fault in _faults(sizes[FEW][page], many)
    ]


def _faults(few: Document, many: Document) -> Iterator[str]:
    if many["warm"]["p95"] > LIMIT_MS:
        yield f"p95 of {many['warm']['p95']:.0f} ms is over {LIMIT_MS}"
    if many["queries"] > few["queries"]:
        yield f"{many['queries']} queries, {few['queries']} with 100 interviews"


def _provenance(document: Document) -> str:
    machine, versions = document["machine"], document["versions"]
    loads = document["load_average"]
    return (
        f"Measured {document['measured_at'][:16].replace('T', ' ')} UTC at {versions['commit']}, "
        f"{document['requests']} requests a page: {machine['processor']}, {machine['cores']} "
        f"cores, Python {versions['python']}. Load average before {loads['before'][0]:.1f}, after "
        f"{loads['after'][0]:.1f}."
    )


def _rows(sizes: Document) -> Iterator[Row]:
    """Times over the limit are bold, and queries that grew."""
    yield [
        "ms",
        "p50 / p95 of 100",
        "p50 / p95 of 10,000",
        "growth",
        "CPU of 100",
        "CPU of 10,000",
        "growth",
        "first, p50",
        "queries",
    ]
    for page, many in sizes[MANY].items():
        few = sizes[FEW][page]
        yield [
            page,
            _times(few["warm"]),
            _times(many["warm"]),
            f"{many['warm']['p95'] / few['warm']['p95']:.1f}",
            f"{few['warm']['cpu']:.0f}",
            f"{many['warm']['cpu']:.0f}",
            f"{many['warm']['cpu'] / few['warm']['cpu']:.1f}",
            _time(many["first"]["p50"]),
            _same(few["queries"], many["queries"]),
        ]


def _times(timing: Document) -> str:
    return f"{_time(timing['p50'])} / {_time(timing['p95'])}"


def _time(value: float) -> str:
    return f"**{value:.0f}**" if value > LIMIT_MS else f"{value:.0f}"


def _same(few: int, many: int) -> str:
    return str(many) if many <= few else f"**{few}, {many}**"


def _table(rows: Iterator[Row]) -> str:
    head = next(rows)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    fill(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
