"""When was a design scored? For whoever plays its history again."""

from uuid import UUID

from django.db.models import QuerySet

from apps.scoring.models import ScoreRun


def runs_between(design_id: UUID, after: int, until: int) -> QuerySet[ScoreRun]:
    """The finished runs over the states after+1..until of the live document, in that order."""
    done = ScoreRun.objects.filter(design_id=design_id, status=ScoreRun.Status.DONE)
    return done.filter(seq__gt=after, seq__lte=until).order_by("seq", "created_at")
