"""The table of `matrix.yaml`."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from apps.core.permissions import Action, Role

TABLE: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("matrix.yaml").read_text())


@dataclass(frozen=True)
class Page:
    name: str
    method: str
    action: Action
    body: dict[str, Any] = field(default_factory=dict)
    of: str = ""
    withheld: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


PAGES = [Page(**{**row, "action": Action(row["action"])}) for row in TABLE["pages"]]
# Kind of job -> the endpoints that give its result.
JOBS: dict[str, list[str]] = {kind: row["reads"] for kind, row in TABLE["jobs"].items()}
SOCKETS = {name: Action(action) for name, action in TABLE["sockets"].items()}


def may(role: Role | None, action: Action) -> bool:
    """While the interview is under way."""
    if role is None:
        return False
    return bool(TABLE["actions"][action.value][TABLE["roles"].index(role.value)] == "Y")
