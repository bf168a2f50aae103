"""How far is a debrief? Submit, see peers, see the machine, discuss, revise, decide."""

from dataclasses import dataclass

from apps.interviews.domain.queries.panel_rows import Panel


@dataclass(frozen=True)
class Stage:
    """state: "done", "now" or "" for what is to come."""

    name: str
    state: str = ""


def stages_of(panel: Panel) -> list[Stage]:
    """The first that is not done is now; the talk goes on until the decision."""
    everybody = bool(panel.raters) and panel.submitted == len(panel.raters)
    decided = panel.decision is not None
    names = [
        (f"{panel.submitted} of {len(panel.raters)} submitted", everybody),
        ("Peers shown", panel.sees_peers),
        ("Machine shown", panel.sees_machine and bool(panel.machine)),
        ("Discuss", decided),
        ("Revise", decided or panel.revisions > 0),
        ("Decide", decided),
    ]
    if panel.sees_machine and not panel.machine:
        names[2] = ("Not scored by the machine", True)
    now = next((name for name, is_done in names if not is_done), "")
    return [
        Stage(name, "now" if name == now else "done" if is_done else "") for name, is_done in names
    ]
