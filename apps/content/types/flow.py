"""What a flow is: the steps of an interview and what each asks."""

from dataclasses import dataclass
from typing import Final

# The length of an interview in minutes that its steps are planned for, if nobody says otherwise.
USUAL_LENGTH: Final = "45"


@dataclass(frozen=True)
class Prompt:
    """A question of the guide that stands beside a step.

    topic: the heading it is folded under. example: a line as somebody might type it.
    options: what there is to choose from, where a list helps.
    """

    id: str
    topic: str
    title: str
    question: str
    why: str
    example: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class FlowStep:
    """plan: minutes by the interview's length in minutes, "45" and "60"."""

    id: str
    number: int
    name: str
    short_name: str
    plan: dict[str, int]
    purpose: str
    prompts: tuple[Prompt, ...]

    @property
    def minutes(self) -> int:
        return self.plan[USUAL_LENGTH]


@dataclass(frozen=True)
class Flow:
    """The steps an interview goes through. Nothing may assume that there are nine of them.

    rubric: what designs of this flow are scored by, unless their problem names another.
    """

    id: str
    version: str
    name: str
    rubric: str
    steps: tuple[FlowStep, ...]

    def step(self, step_id: str) -> FlowStep | None:
        return next((step for step in self.steps if step.id == step_id), None)
