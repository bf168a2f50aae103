"""What the comparison says of its runs: pairs, medians, losses."""

from typing import Any

from bench.sync.figures import is_intact, summarise
from bench.sync.runs import Run, was_thrown
from bench.sync.servers import HOCUSPOCUS, OURS, Y_WEBSOCKET


def result(cpu_us: float = 2.0, ms: float = 1.0, **changes: Any) -> dict[str, Any]:
    """What the generator prints of 100 updates and 100 cursors, all delivered once."""
    latency = {"p50": ms, "p95": 2 * ms, "p99": 3 * ms}
    stream = {"sent": 100, "expected": 100, "delivered": 100, "latency_ms": latency}
    check = {"refused": 0, "docs_different": 0, "server_docs_different": 0, "newcomers_refused": 0}
    return {
        "updates": stream,
        "presence": {**stream, "superseded": 0},
        "acknowledgements": {"received": 100, "latency_ms": latency},
        "server": {
            "cpu_us_per_delivery": cpu_us,
            "cpu_share": 0.1,
            "parts": {"web": {"cpu_s": cpu_us * 200 / 1e6}},
        },
        "generator": {"send_lag_ms": {"p99": 1.0}},
        "check": check,
        **changes,
    }


def run(server: str, number: int, beside: str | None = None, **given: Any) -> Run:
    return Run("W3", server, number, beside, 0, 0.5, result(**given))


def test_a_ratio_is_the_median_over_pairs_of_one_round() -> None:
    runs = [
        run(Y_WEBSOCKET, 1, cpu_us=8.0),
        run(OURS, 1, beside=Y_WEBSOCKET, cpu_us=2.0),
        run(Y_WEBSOCKET, 2, cpu_us=9.0),
        run(OURS, 2, beside=Y_WEBSOCKET, cpu_us=3.0),
        run(Y_WEBSOCKET, 3, cpu_us=10.0),
        run(OURS, 3, beside=Y_WEBSOCKET, cpu_us=2.0),
        run(HOCUSPOCUS, 1, cpu_us=50.0),
        run(OURS, 1, beside=HOCUSPOCUS, cpu_us=10.0),
    ]

    figures = summarise(runs)["W3"]

    assert figures["ratio_cpu"] == {Y_WEBSOCKET: 4.0, HOCUSPOCUS: 5.0}
    assert figures["ratio_cpu_range"] == {Y_WEBSOCKET: [3.0, 5.0], HOCUSPOCUS: [5.0, 5.0]}
    assert figures["cpu_us_per_delivery"] == 2.5
    assert figures["servers"][Y_WEBSOCKET]["cpu_us_per_delivery"] == 9.0


def test_percentiles_are_medians_over_the_runs_of_one_server() -> None:
    runs = [run(OURS, number, ms=ms) for number, ms in ((1, 4.0), (2, 5.0), (3, 90.0))]

    figures = summarise(runs)["W3"]

    assert figures["update_ms"] == {"p50": 5.0, "p95": 10.0, "p99": 15.0}
    assert figures["cpu_parts_us"] == {"web": 2.0}


def test_what_was_not_delivered_acknowledged_or_taken_is_lost() -> None:
    stream = result()["updates"]
    check = result()["check"]
    runs = [
        run(OURS, 1, updates={**stream, "delivered": 97}),
        run(OURS, 2, acknowledgements={"received": 98, "latency_ms": stream["latency_ms"]}),
        run(OURS, 3, check={**check, "refused": 1}),
    ]

    figures = summarise(runs)["W3"]

    assert figures["lost"] == 3 + 2 + 1
    assert not is_intact(figures)


def test_documents_that_differ_and_newcomers_kept_out_have_diverged() -> None:
    check = {**result()["check"], "docs_different": 1, "newcomers_refused": 2}

    figures = summarise([run(OURS, 1, check=check)])["W3"]

    assert figures["diverged"] == 3
    assert not is_intact(figures)


def test_a_run_that_could_not_be_made_has_failed_and_is_in_no_median() -> None:
    broken = Run("W3", OURS, 1, Y_WEBSOCKET, 0, 0.5, {"error": "closed before it was synced"})
    runs = [run(Y_WEBSOCKET, 1), broken, run(OURS, 2, beside=HOCUSPOCUS, cpu_us=2.0)]

    figures = summarise(runs)["W3"]

    assert "ratio_cpu" not in figures
    assert (figures["failed"], figures["cpu_us_per_delivery"]) == (1, 2.0)
    assert not is_intact(figures)


def test_nothing_lost_and_nothing_different_is_intact() -> None:
    assert is_intact(summarise([run(OURS, 1)])["W3"])


def test_a_run_is_thrown_when_the_generator_was_late_itself() -> None:
    late = result(generator={"send_lag_ms": {"p99": 50.1}})

    assert was_thrown(Run("W3", OURS, 1, None, 0, 0.5, late))
    assert not was_thrown(run(OURS, 1))
