"""The pages that are measured, and who asks for them."""

from typing import Literal, NamedTuple

from bench.dashboards.rows import COMMON_PROBLEM, COMMON_ROLE, House


class Page(NamedTuple):
    """asker: the owner has a seat in every interview, the administrator in none."""

    name: str
    asker: Literal["owner", "admin"]
    address: str


def pages_of(house: House) -> list[Page]:
    role, problem = f"/roles/{COMMON_ROLE}", f"/problems/{COMMON_PROBLEM}/interviews"
    team, design = f"/teams/{house.organisation}", f"/designs/{house.interview}"
    return [
        Page("mine: upcoming", "owner", "/interviews?shelf=upcoming"),
        Page("mine: to score", "owner", "/interviews?shelf=to-score"),
        Page("mine: in debrief", "owner", "/interviews?shelf=debrief"),
        Page("mine: done", "owner", "/interviews?shelf=done"),
        Page("mine: done, last page", "owner", "/interviews?shelf=done&page=9999"),
        Page("mine: a name", "owner", "/interviews?shelf=done&q=candidate+9"),
        Page("mine, administrator", "admin", "/interviews?shelf=done"),
        Page("one interview", "owner", f"{design}/debrief"),
        Page("one interview as CSV", "owner", f"/api/v1{design}/record.csv"),
        Page("roles", "owner", "/roles"),
        Page("role", "owner", role),
        Page("role: one verdict", "owner", f"{role}?verdict=yes&panel=1&covered=1"),
        Page("role, administrator", "admin", role),
        Page("problem", "owner", problem),
        Page("problem as a table", "owner", f"{problem}?view=table"),
        Page("problem, administrator", "admin", problem),
        Page("calibration", "owner", "/calibration"),
        Page("calibration of a problem", "owner", f"/calibration?problem={COMMON_PROBLEM}"),
        Page("calibration, administrator", "admin", "/calibration"),
        Page("training", "owner", "/training"),
        Page("audit log", "admin", f"{team}/audit"),
    ]
