"""When may a score be called validated? Not before enough people have rated enough sessions."""

from typing import Any, Final

from apps.core.json import JsonObject

MIN_DOUBLE_RATED: Final = 30
KAPPA_ABOVE: Final = 0.6


def verdict(report: Any) -> JsonObject:
    """`{"validated", "text"}` of a report: two raters a session, an interval above the bar, and no
    worse than people among themselves."""
    return {"validated": not (fault := _fault(report)), "text": fault or _praise(report)}


def _fault(report: Any) -> str:
    figures, people = report["all"]["with_ne"], report["people"]["with_ne"]
    if report["double_rated"] < MIN_DOUBLE_RATED:
        return (
            f"Not validated: {report['double_rated']} of the {MIN_DOUBLE_RATED} sessions that it "
            "takes are rated by two people."
        )
    if figures["interval"] is None or figures["interval"][0] <= KAPPA_ABOVE:
        return f"Not validated: {_kappa(figures)}; all of the interval must be above {KAPPA_ABOVE}."
    if people["kappa"] is not None and figures["kappa"] < people["kappa"]:
        return (
            f"Not validated: {_kappa(figures)}, while people agree with each other at "
            f"{people['kappa']:.2f}."
        )
    return ""


def _praise(report: Any) -> str:
    figures = report["all"]["with_ne"]
    return f"Validated on {report['double_rated']} sessions rated by two people: {_kappa(figures)}."


def _kappa(figures: Any) -> str:
    if figures["kappa"] is None or figures["interval"] is None:
        return "kappa is not defined"
    low, high = figures["interval"]
    return f"kappa {figures['kappa']:.2f} ({low:.2f} to {high:.2f})"
