"""The tables of docs/performance.md are filled by program."""

from pathlib import Path

from bench.sync.report import BEGIN, END, PAGE, fill
from bench.sync.servers import HOCUSPOCUS, OURS, Y_WEBSOCKET

LATENCY = {"p50": 1.0, "p95": 2.0, "p99": 3.25}
DOCUMENT = {
    "measured_at": "2026-03-01T10:20:30+00:00",
    "plan": {"rounds": 3, "seconds": 8},
    "machine": {"processor": "Abacus", "cores": 2, "file_system": "ext4"},
    "versions": {"commit": "abc1234", "python": "3.11.7", "node": "v20.0.0"},
    "postgresql": {"server_version": "18.6", "fsync": "on"},
    "load_average": {"before": [0.1, 0, 0], "after": [1.2, 0, 0]},
    "workloads": {
        "W3": {
            "ratio_cpu": {Y_WEBSOCKET: 4.0, HOCUSPOCUS: 5.0},
            "ratio_cpu_range": {Y_WEBSOCKET: [3.0, 5.0], HOCUSPOCUS: [4.5, 5.5]},
            "lost": 0,
            "diverged": 0,
            "cpu_us_per_delivery": 2.5,
            "cpu_parts_us": {"web": 2.0, "postgres": 0.5},
            "servers": {OURS: {"update_ms": LATENCY}},
        }
    },
}


def test_fill_replaces_what_is_between_the_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"Before.\n\n{BEGIN}\nold\n{END}\n\nAfter.\n")

    fill(DOCUMENT, page)

    text = page.read_text()
    assert text.startswith(
        f"Before.\n\n{BEGIN}\n\nMeasured 2026-03-01 10:20 UTC at abc1234, 3 rounds"
    )
    assert text.endswith(f"{END}\n\nAfter.\n")
    assert "old" not in text
    row = (
        "| W3 | 2.5 | web 2.0, postgres 0.5 | **4.00** (3.00–5.00) | **5.00** (4.50–5.50) | 0 | 0 |"
    )
    assert row in text
    assert "| W3 | edit | 1.0 / 3.2 |  |  |" in text


def test_the_page_has_the_marks() -> None:
    assert PAGE.read_text().count(BEGIN) == PAGE.read_text().count(END) == 1
