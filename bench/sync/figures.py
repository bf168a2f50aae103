"""What the runs say together: medians for each workload and server, and paired ratios of CPU.

A pair is a peer's run and the run of ours right after it; above 1 we are cheaper (or faster).
"""

from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from bench.sync.runs import Run
from bench.sync.servers import OURS, PEERS

Figures = dict[str, Any]
COLD = "cold"
DIGITS = 3


def summarise(runs: Sequence[Run]) -> dict[str, Figures]:
    """By workload."""
    names = dict.fromkeys(run.workload for run in runs)
    return {name: _workload([run for run in runs if run.workload == name]) for name in names}


def is_intact(figures: Figures) -> bool:
    """Did every run of ours end with nothing lost and everybody equal?"""
    return not any(figures[name] for name in ("lost", "diverged", "failed"))


def _workload(runs: Sequence[Run]) -> Figures:
    cold = runs[0].workload == COLD
    servers = dict.fromkeys(run.server for run in runs)
    by_server = {
        name: (_opening if cold else _load)([run for run in runs if run.server == name])
        for name in servers
    }
    ratios = _opening_ratios(runs) if cold else _ratios(runs, "ratio_cpu", _cpu)
    return {**ratios, **by_server[OURS], "servers": by_server}


# Workloads -------------------------------------------------------------------------------------


def _load(runs: Sequence[Run]) -> Figures:
    """One server's figures. failed: runs that could not be made at all."""
    good = [run.result for run in runs if "error" not in run.result]
    figures: Figures = {
        "runs": len(runs),
        "failed": len(runs) - len(good),
        "thrown": sum(run.thrown for run in runs),
        "lost": sum(_lost(result) for result in good),
        "diverged": sum(_diverged(result) for result in good),
    }
    if not good:
        return figures
    figures["update_ms"] = _percentiles([one["updates"]["latency_ms"] for one in good])
    figures["presence_ms"] = _percentiles([one["presence"]["latency_ms"] for one in good])
    if good[0]["acknowledgements"]:
        acks = [one["acknowledgements"]["latency_ms"] for one in good]
        figures["ack_ms"] = _percentiles(acks)
    figures["cpu_us_per_delivery"] = _median([_cpu(one) for one in good])
    figures["cpu_share"] = _median([one["server"]["cpu_share"] for one in good])
    figures["cpu_parts_us"] = _parts(good)
    figures["superseded"] = _median([one["presence"]["superseded"] for one in good])
    return figures


def _lost(result: Any) -> int:
    """Updates that did not arrive somewhere, were not acknowledged or were refused."""
    updates, acks = result["updates"], result["acknowledgements"]
    undelivered = updates["expected"] - updates["delivered"]
    unacknowledged = updates["sent"] - acks["received"] if acks else 0
    return int(undelivered + unacknowledged + result["check"]["refused"])


def _diverged(result: Any) -> int:
    check = result["check"]
    names = ("docs_different", "server_docs_different", "newcomers_refused")
    return sum(int(check[name]) for name in names)


def _cpu(result: Any) -> float:
    return float(result["server"]["cpu_us_per_delivery"])


def _parts(results: Sequence[Any]) -> dict[str, float]:
    """CPU microseconds per delivery of each kind of process."""
    return {
        name: _median([_part(one, name) for one in results])
        for name in results[0]["server"]["parts"]
    }


def _part(result: Any, name: str) -> float:
    delivered: int = result["updates"]["delivered"] + result["presence"]["delivered"]
    return float(result["server"]["parts"][name]["cpu_s"]) * 1e6 / max(1, delivered)


# Opening ---------------------------------------------------------------------------------------


def _opening(runs: Sequence[Run]) -> Figures:
    good = [run.result for run in runs if "error" not in run.result]
    documents = ("board", "history")
    figures: Figures = {
        "runs": len(runs),
        "failed": len(runs) - len(good),
        "lost": 0,
        "diverged": sum(one[document]["different"] for one in good for document in documents),
    }
    for document in documents if good else ():
        opened = [one[document] for one in good]
        figures[document] = {
            "open_ms": _percentiles([one["synced_ms"] for one in opened]),
            "open_and_apply_ms": _percentiles([one["synced_and_applied_ms"] for one in opened]),
            "cpu_ms_per_open": _median([one["server_cpu_ms_per_open"] for one in opened]),
            "seeding_cpu_s": _median([one["seeded"]["cpu_s"] for one in opened]),
            "bytes": opened[-1]["bytes"],
        }
    return figures


def _opening_ratios(runs: Sequence[Run]) -> Figures:
    return {
        **_ratios(runs, "ratio_open_board", lambda one: one["board"]["synced_ms"]["p50"]),
        **_ratios(runs, "ratio_open_history", lambda one: one["history"]["synced_ms"]["p50"]),
    }


# Pairs and medians -----------------------------------------------------------------------------


def _ratios(runs: Sequence[Run], name: str, measure: Callable[[Any], float]) -> Figures:
    """The median ratio to each peer, and the range of the pairs. Empty without peers."""
    ratios = {peer: _paired(runs, peer, measure) for peer in PEERS}
    paired = {peer: values for peer, values in ratios.items() if values}
    if not paired:
        return {}
    return {
        name: {peer: _median(values) for peer, values in paired.items()},
        f"{name}_range": {
            peer: [round(min(values), DIGITS), round(max(values), DIGITS)]
            for peer, values in paired.items()
        },
    }


def _paired(runs: Sequence[Run], peer: str, measure: Callable[[Any], float]) -> list[float]:
    ours = {run.round: run.result for run in runs if run.server == OURS and run.beside == peer}
    theirs = {run.round: run.result for run in runs if run.server == peer}
    return [
        measure(theirs[number]) / measure(ours[number])
        for number in ours.keys() & theirs.keys()
        if "error" not in ours[number] and "error" not in theirs[number]
    ]


def _percentiles(summaries: Sequence[Any]) -> dict[str, float]:
    """Of each percentile the median over the runs."""
    return {name: _median([one[name] for one in summaries]) for name in ("p50", "p95", "p99")}


def _median(values: Sequence[float]) -> float:
    return round(median(values), DIGITS)
