"""The table of `matrix.yaml`."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from apps.core.permissions import Action, Role
from apps.teams.rules import MemberRole

TABLE: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("matrix.yaml").read_text())


@dataclass(frozen=True)
class Page:
    name: str
    method: str
    action: Action
    body: dict[str, Any] = field(default_factory=dict)
    of: str = ""
    withheld: int = 0

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


@dataclass(frozen=True)
class OwnPage:
    """Of a team, or of a candidate about themselves: `to` says for whom it is."""

    name: str
    method: str
    to: str
    body: dict[str, Any] = field(default_factory=dict)
    of: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


PAGES = [Page(**{**row, "action": Action(row["action"])}) for row in TABLE["pages"]]
# Kind of job -> the endpoints that give its result.
JOBS: dict[str, list[str]] = {kind: row["reads"] for kind, row in TABLE["jobs"].items()}
TEAM_PAGES = [OwnPage(**row) for row in TABLE["team_pages"]]
CANDIDATES_PAGES = [OwnPage(**row) for row in TABLE["candidates_pages"]]
SOCKETS = {name: Action(action) for name, action in TABLE["sockets"].items()}


def may(role: Role | None, action: Action) -> bool:
    """While the interview is under way."""
    if role is None:
        return False
    return bool(TABLE["actions"][action.value][TABLE["roles"].index(role.value)] == "Y")


def member_may(role: MemberRole | None, kind: str) -> bool:
    return role is not None and role.value in TABLE["members"][kind]
