"""How something that happens in an interview is written down: in turn, at the server's time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from apps.core import clock
from apps.core.events import Audience, publish
from apps.designs.models import DesignSession
from apps.designs.rules import Access
from apps.interviews.domain.reading import read
from apps.interviews.models import Interview, PlayEvent
from apps.interviews.play import Kind, Play


@dataclass
class Turn:
    """The interview as it stands, for whom nobody else can change it meanwhile."""

    interview: Interview
    play: Play
    by: Access

    def record(self, kind: Kind, *, step: str = "", amount: int = 0, text: str = "") -> None:
        last = self.interview.events.order_by("-seq").values_list("seq", flat=True).first()
        PlayEvent.objects.create(
            interview=self.interview,
            seq=(last or 0) + 1,
            at=clock.now(),
            kind=kind,
            by_id=self.by.participant_id,
            by_name=self.by.name,
            step=step,
            amount=amount,
            text=text,
        )
        self.play = read(self.interview)


@contextmanager
def turn(interview: Interview, by: Access) -> Iterator[Turn]:
    """A transaction in which something may be recorded; every browser hears of it after."""
    with transaction.atomic():
        # One after another: events are numbered, and what is allowed hangs on those before.
        locked = Interview.objects.select_for_update(of=("self",))
        row = locked.select_related("design", "accommodation").get(pk=interview.pk)
        now = Turn(row, read(row), by)
        yield now
        _keep_states(row.design, now.play)
        publish(row.design_id, Audience.EVERYBODY, "interview.changed", {})
    interview.refresh_from_db()


def _keep_states(design: DesignSession, play: Play) -> None:
    states = {step.id: step.state.value for step in play.steps}
    if play.started_at and states != design.step_states:
        design.step_states = states
        design.save(update_fields=["step_states"])
