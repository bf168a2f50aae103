"""The figures for people: the tables of docs/scoring.md and docs/performance.md."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bench.scoring import peer
from bench.scoring.commands import ROOT

Document = Mapping[str, Any]
Row = Sequence[str]
PAGES: Final = {
    "checking": "scoring.md",
    "agreement": "scoring.md",
    "speed": "performance.md",
}
# What each cost should come to: the acceptance of the feature, in the unit of its row.
GOALS: Final[Mapping[str, Mapping[str, float]]] = {
    "new": {"lexical": 40, "semantic": 400},
    "cached": {"semantic": 60},
    "session": {"lexical": 0.3, "semantic": 1.0},
    "changed": {"lexical": 0.2, "semantic": 0.2},
    "rss": {"lexical": 60, "semantic": 350},
}


def fill(document: Document) -> None:
    """Puts each section between the two marks of its page."""
    found = sections(document)
    for name, page in PAGES.items():
        _fill(ROOT / "docs" / page, name, found)


def sections(document: Document) -> dict[str, str]:
    """Markdown by name, of the parts that were measured."""
    found: dict[str, str] = {}
    if "checking" in document:
        found["checking"] = f"{_provenance(document)}\n\n{_table(_checking(document['checking']))}"
    if "agreement" in document:
        found["agreement"] = _table(_agreement(document["agreement"]))
    if "speed" in document:
        found["speed"] = f"{_provenance(document)}\n\n{_table(_speed(document))}"
    return found


def marks(name: str) -> tuple[str, str]:
    """Where a section begins and ends on its page."""
    return f"<!-- {name}: make bench-scoring -->", f"<!-- end of {name} -->"


def _fill(page: Path, name: str, found: Mapping[str, str]) -> None:
    begin, end = marks(name)
    head, _, rest = page.read_text().partition(begin)
    _, _, tail = rest.partition(end)
    page.write_text(f"{head}{begin}\n\n{found[name]}\n\n{end}{tail}")


def _provenance(document: Document) -> str:
    machine, versions = document["machine"], document["versions"]
    loads = document["load_average"]
    return (
        f"Measured {document['measured_at'][:16].replace('T', ' ')} UTC at {versions['commit']} "
        f"(engine {versions['engine']}, rubric {versions['rubric']}): {machine['processor']}, "
        f"{machine['cores']} cores, Python {versions['python']}. Load average before "
        f"{loads['before'][0]:.1f}, after {loads['after'][0]:.1f}."
    )


def _checking(found: Document) -> Iterator[Row]:
    """Figures that miss their goal are bold."""
    columns = list(found)
    yield ["Figure", "Goal", "Cases", *_headings(columns)]
    for rows in zip(*found.values(), strict=True):
        first = rows[0]
        if first["cases"]:
            yield [first["name"], _goals(rows), str(first["cases"]), *map(_value, rows)]


def _goals(rows: Sequence[Document]) -> str:
    """One goal, or the lexical and the semantic one where they differ."""
    sign = "≤" if rows[0]["at_most"] else "≥"
    goals = dict.fromkeys(f"{row['goal']:g}" for row in rows if row["goal"] is not None)
    return f"{sign} {'; '.join(goals)}" if goals else ""


def _value(row: Document) -> str:
    if row["value"] is None:
        return ""
    shown = f"{row['value']:.2f}"
    return f"**{shown}**" if row["passes"] is False else shown


def _agreement(found: Document) -> Iterator[Row]:
    columns = list(found)
    yield [
        "Step",
        "Marks",
        *(f"{head}, {name}" for name in columns for head in ("kappa", "within 1")),
    ]
    names = [row["id"] for row in found[columns[0]]["steps"]] + ["all"]
    for name in names:
        rows = [_row_of(found[column], name) for column in columns]
        pairs = str(rows[0]["with_ne"]["pairs"])
        yield [name, pairs, *(cell for row in rows for cell in _agreement_cells(row["with_ne"]))]
    yield ["another step moves by", "", *(cell for one in columns for cell in _moved(found[one]))]


def _row_of(compared: Any, name: str) -> Any:
    return next(row for row in [*compared["steps"], compared["all"]] if row["id"] == name)


def _agreement_cells(of: Document) -> tuple[str, str]:
    low, high = of["interval"]
    return f"{of['kappa']:.2f} ({low:.2f}–{high:.2f})", f"{of['near']:.2f}"


def _moved(compared: Document) -> tuple[str, str]:
    """When one is emptied: the mean, and the most."""
    moved = [one["moved"] for one in compared["ablation"]]
    return f"{sum(moved) / len(moved):.1f} points", f"at most {max(moved):.1f}"


def _speed(document: Document) -> Iterator[Row]:
    work, command = document["speed"]["work"], document["speed"]["command"]
    columns = [name for name in work if name != peer.NAME]
    plain = work[peer.NAME]["ms_per_1000_words"]
    yield ["Cost", *(f"{name} (goal)" for name in columns)]
    yield ["ms for 1,000 new words", *(_cost(work, "new", one) for one in columns)]
    yield [
        "the same, keyword counters' worth",
        *(f"{_new(work, one) / plain:.1f}" for one in columns),
    ]
    yield ["ms for 1,000 known words", *(_cost(work, "cached", one) for one in columns)]
    yield ["2,000 words, 25 components, s", *(_cost(work, "session", one) for one in columns)]
    yield ["the same after one sentence more, s", *(_cost(work, "changed", one) for one in columns)]
    yield ["memory of one command, MB", *(_memory(command, one) for one in columns)]
    yield [
        "start to end of one command, CPU s",
        *(f"{command[one]['cpu_s']:.2f}" for one in columns),
    ]
    if batch := document.get("batch"):
        cells = (
            f"{batch['wall_s']:.0f} s, {batch['cores_used']:.2f} of {batch['jobs']} cores, "
            f"{batch['rss_mb']:.0f} MB a process"
        )
        yield [f"{batch['sessions']:,} sessions in a batch", cells, *("" for _ in columns[1:])]


def _new(work: Document, channels: str) -> float:
    return float(work[channels]["ms_per_1000_words"])


KEYS: Final = {
    "new": "ms_per_1000_words",
    "cached": "cached_ms_per_1000_words",
    "session": "session_s",
    "changed": "changed_s",
}


def _cost(work: Document, cost: str, channels: str) -> str:
    value = work[channels].get(KEYS[cost])
    return "" if value is None else _beside(value, GOALS[cost][channels])


def _memory(command: Document, channels: str) -> str:
    return _beside(command[channels]["rss_mb"], GOALS["rss"][channels])


def _beside(value: float, goal: float) -> str:
    shown = f"{value:.1f}" if goal >= 10 else f"{value:.2f}"
    return f"{shown if value <= goal else f'**{shown}**'} (≤ {goal:g})"


def _headings(columns: Sequence[str]) -> list[str]:
    return ["keyword counter" if name == peer.NAME else name for name in columns]


def _table(rows: Iterator[Row]) -> str:
    head = next(rows)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    fill(json.loads(Path(sys.argv[1]).read_text()))
