"""The figures for people: a line for each run, and the tables of docs/performance.md."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.sync.runs import Run, was_thrown
from bench.sync.servers import OURS, PEERS, ROOT

PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- figures: make bench-sync -->", "<!-- end of figures -->"
Document = Mapping[str, Any]


# A line a run ----------------------------------------------------------------------------------


def line(run: Run) -> str:
    head = f"{run.round} {run.workload:5} {run.server:20}"
    if "error" in run.result:
        return f"{head} FAILED: {run.result['error'].splitlines()[0]}"
    if "history" in run.result:
        opened = {name: run.result[name]["synced_ms"]["p50"] for name in ("board", "history")}
        return f"{head} board {opened['board']:.1f} ms, history {opened['history']:.1f} ms"
    return f"{head} {_said(run.result)}{'  (thrown)' if was_thrown(run) else ''}"


def _said(result: Any) -> str:
    updates, presence = result["updates"]["latency_ms"], result["presence"]["latency_ms"]
    acks = result["acknowledgements"]
    parts = [
        f"{result['server']['cpu_us_per_delivery']:8.2f} us/delivery",
        f"edits {_pair(updates)}",
        f"presence {_pair(presence)}",
        *([f"ack {_pair(acks['latency_ms'])}"] if acks else []),
    ]
    if missing := result["updates"]["expected"] - result["updates"]["delivered"]:
        parts.append(f"{missing} NOT DELIVERED")
    return "  ".join(parts)


def _pair(latency: Mapping[str, float | None]) -> str:
    return f"{latency['p50'] or 0:.1f}/{latency['p99'] or 0:.1f} ms"


# Tables ----------------------------------------------------------------------------------------


def fill(document: Document, page: Path = PAGE) -> None:
    """Puts the tables between the page's two marks."""
    text = page.read_text()
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    page.write_text(f"{head}{BEGIN}\n\n{as_markdown(document)}\n\n{END}{tail}")


def as_markdown(document: Document) -> str:
    workloads = document["workloads"]
    loads = {name: one for name, one in workloads.items() if name != "cold"}
    parts = [_provenance(document)]
    if loads:
        parts += ["CPU of the server per delivery", _table(_cpu_rows(loads))]
        parts += ["Latency in ms, p50 / p99", _table(_latency_rows(loads))]
    if cold := workloads.get("cold"):
        parts += ["Opening a document that the server holds", _table(_opening_rows(cold))]
    return "\n\n".join(parts)


def _provenance(document: Document) -> str:
    machine, versions = document["machine"], document["versions"]
    loads = document["load_average"]
    return (
        f"Measured {document['measured_at'][:16].replace('T', ' ')} UTC at {versions['commit']}, "
        f"{document['plan']['rounds']} rounds of {document['plan']['seconds']:g} s: "
        f"{machine['processor']}, {machine['cores']} cores, {machine['file_system']}; "
        f"Python {versions['python']}, Node {versions['node']}, "
        f"PostgreSQL {document['postgresql']['server_version']} with fsync "
        f"{document['postgresql']['fsync']}. Load average before {loads['before'][0]:.1f}, "
        f"after {loads['after'][0]:.1f}."
    )


def _cpu_rows(loads: Mapping[str, Any]) -> Iterator[list[str]]:
    yield ["", "ours, µs", "of it", *(f"x {peer}" for peer in PEERS), "lost", "diverged"]
    for name, one in loads.items():
        yield [
            name,
            _number(one.get("cpu_us_per_delivery")),
            ", ".join(f"{part} {us:.1f}" for part, us in one.get("cpu_parts_us", {}).items()),
            *(_ratio(one, "ratio_cpu", peer) for peer in PEERS),
            str(one["lost"]),
            str(one["diverged"]),
        ]


def _latency_rows(loads: Mapping[str, Any]) -> Iterator[list[str]]:
    yield ["", "", *(OURS, *PEERS)]
    for name, one in loads.items():
        for kind, label in (("update_ms", "edit"), ("presence_ms", "presence"), ("ack_ms", "ack")):
            cells = [
                _quantiles(one["servers"].get(server, {}).get(kind)) for server in (OURS, *PEERS)
            ]
            yield [name, label, *cells]


def _opening_rows(cold: Mapping[str, Any]) -> Iterator[list[str]]:
    yield ["", *(OURS, *PEERS), *(f"x {peer}" for peer in PEERS)]
    for document in ("board", "history"):
        servers = [cold["servers"].get(server, {}).get(document) for server in (OURS, *PEERS)]
        yield [
            f"{document}, ms",
            *(_quantiles(one and one["open_ms"]) for one in servers),
            *(_ratio(cold, f"ratio_open_{document}", peer) for peer in PEERS),
        ]
        cpu = [_number(one and one["cpu_ms_per_open"]) for one in servers]
        yield [f"{document}, CPU ms", *cpu, *("" for _ in PEERS)]


def _ratio(figures: Mapping[str, Any], name: str, peer: str) -> str:
    if peer not in figures.get(name, {}):
        return ""
    low, high = figures[f"{name}_range"][peer]
    return f"**{figures[name][peer]:.2f}** ({low:.2f}–{high:.2f})"


def _quantiles(latency: Mapping[str, float] | None) -> str:
    return f"{latency['p50']:.1f} / {latency['p99']:.1f}" if latency else ""


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _table(rows: Iterator[Sequence[str]]) -> str:
    head = next(rows)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    fill(json.loads(Path(sys.argv[1]).read_text()))
