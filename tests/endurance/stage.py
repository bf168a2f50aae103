"""Where an endurance run takes place: a real server, and boards with people at them."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.server import Server
from tests.endurance.serve import Fault
from tests.rooms.product import Browser, come_by_link, share, start_a_board


@dataclass
class Stage(Server):
    """A web process that can be killed, and whose store and bus can be troubled."""

    def __post_init__(self) -> None:
        self.faults.mkdir(parents=True, exist_ok=True)
        self.environment = {**self.environment, "ENDURANCE_FAULTS": str(self.faults)}

    @property
    def faults(self) -> Path:
        return self.data / f"faults-{self.port}"

    @property
    def variables(self) -> dict[str, str]:
        """The environment of its processes."""
        return self._environment()

    def set_fault(self, fault: Fault, *, is_on: bool) -> None:
        if is_on:
            (self.faults / fault).touch()
        else:
            (self.faults / fault).unlink(missing_ok=True)

    def end(self) -> None:
        """Whatever state it is in."""
        if self.process is not None:
            self.kill()

    def _command(self) -> list[str]:
        return [sys.executable, "-m", "tests.endurance.serve", "--port", str(self.port)]


# Milliseconds before the first try to come back, and the longest pause between two.
AS_THE_PRODUCT = (400, 2_500)
IN_A_HURRY = (30, 480)


@dataclass(frozen=True)
class Guests:
    """A design and the browsers of those who may open it, by role."""

    design_id: str
    browsers: Mapping[str, Browser]

    def seat(self, role: str, kind: str, pauses: tuple[int, int], url: str = "") -> dict[str, Any]:
        """The plan of one tab for `frontend/tests-node/endurance`; url: of which web process."""
        browser = self.browsers[role]
        origin = url or browser.url
        return {
            "kind": kind,
            "pauses": pauses,
            "writes": role != "observer",
            "address": f"{origin.replace('http', 'ws', 1)}/ws/designs/{self.design_id}/board",
            "headers": {**browser.headers, "Origin": origin},
        }

    @property
    def document(self) -> Any:
        """The board as the REST interface has it."""
        return self.browsers["owner"].rest("GET", f"/designs/{self.design_id}/document")


def invite(url: str) -> Guests:
    """Starts a design; a candidate, an interviewer and an observer come by its links."""
    owner, design_id = start_a_board(url)
    browsers = {"owner": owner}
    for role, name in (("candidate", "Priya"), ("interviewer", "Ines"), ("observer", "")):
        _, path = share(owner, design_id, role)
        browsers[role] = come_by_link(url, path, name)
    return Guests(design_id, browsers)
