"""What is stored about the candidate of an interview? Kinds and numbers, for who answers for it."""

from apps.interviews.models import Interview, Rating
from apps.rooms.models import Log, Snapshot, Update

Holding = tuple[str, int]  # what, how many


def holdings_of(interview: Interview) -> list[Holding]:
    design = interview.design
    logs = Log.objects.filter(design=design)
    log_ids = list(logs.values_list("id", flat=True))
    ratings = Rating.objects.filter(card__interview=interview)
    return [
        ("Changes of the board and notes, with their times", _in(Update, log_ids)),
        ("Saved states of them", _in(Snapshot, log_ids)),
        ("Private notes of interviewers", logs.exclude(document="board").count()),
        ("Events of the interview's clock", interview.events.count()),
        ("Score cards", interview.cards.count()),
        ("Ratings with reasons and evidence", ratings.count()),
        ("Notes of the debrief", interview.debrief_notes.count()),
        ("Readings by the scoring program", design.score_runs.count()),
    ]


def _in(model: type[Update] | type[Snapshot], log_ids: list[int]) -> int:
    return model.objects.filter(log_id__in=log_ids).count()
