"""How long faults last is an option; how soon the product was back is told in the end."""

import pytest
from _pytest.terminal import TerminalReporter

BACK_AFTER = "back after"
STOPPED_FOR_S = 5.0


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--stopped-for",
        type=float,
        default=STOPPED_FOR_S,
        metavar="SECONDS",
        help="how long the web process hangs in the test that stops it (SIGSTOP); 5 unless told",
    )


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == BACK_AFTER:
                terminalreporter.write_line(f"{report.nodeid}: {BACK_AFTER} {value:.1f} s")
