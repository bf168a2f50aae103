"""How did somebody's own practice go so far? The last score of each of their sessions."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from apps.accounts.actors import Actor
from apps.core.permissions import Role
from apps.designs.domain.queries.people import has_right, is_actor
from apps.designs.models import DesignSession, Participant
from apps.scoring.domain.materials import rubric_pinned_by
from apps.scoring.models import ScoreRun

Done = ScoreRun.Status.DONE


@dataclass(frozen=True)
class Progress:
    """runs: one a session, the oldest first, all by one version of one rubric. others: sessions
    that were scored by another version only, which no figure can be compared with."""

    runs: list[ScoreRun]
    others: int
    rubric_id: str
    rubric_version: str


def is_own_practice(actor: Actor, design: DesignSession) -> bool:
    return own_practice(actor).filter(id=design.id).exists()


def own_practice(actor: Actor) -> QuerySet[DesignSession]:
    if actor.is_stranger:
        return DesignSession.objects.none()
    owner = Participant.objects.filter(
        is_actor(actor), has_right(), role=Role.OWNER, design_id=OuterRef("pk")
    )
    return DesignSession.objects.filter(Exists(owner), kind=DesignSession.Kind.PRACTICE)


def progress_of(actor: Actor, design: DesignSession) -> Progress:
    """Over the actor's own practice on the same problem; without one, on the same flow."""
    alike = own_practice(actor).filter(flow_id=design.flow_id, problem_id=design.problem_id)
    rubric_id, version = _yardstick(design)
    scored = ScoreRun.objects.filter(design__in=alike, status=Done)
    comparable = scored.filter(rubric_id=rubric_id, rubric_version=version)
    last = comparable.filter(design_id=OuterRef("design_id")).order_by("-created_at", "-id")
    runs = comparable.filter(id=Subquery(last.values("id")[:1])).select_related("design")
    all_scored = scored.values("design_id").distinct().count()
    found = list(runs.order_by("created_at", "id"))
    return Progress(found, all_scored - len(found), rubric_id, version)


def _yardstick(design: DesignSession) -> tuple[str, str]:
    """The rubric of this session's last score; before there is one, the one it will be."""
    pinned = rubric_pinned_by(design)
    done = ScoreRun.objects.filter(design=design, rubric_id=pinned.id, status=Done)
    last = done.order_by("-created_at").first()
    return (last.rubric_id, last.rubric_version) if last else (pinned.id, pinned.version)
