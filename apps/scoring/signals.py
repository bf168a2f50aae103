"""What scoring asks of the apps above it."""

from uuid import UUID

from django.dispatch import Signal

# design_id: UUID. Who knows that not every interviewer of it may see figures now answers True.
withholding_asked = Signal()

# run: ScoreRun. It is done; sent within the transaction that says so.
run_finished = Signal()


def is_withheld(design_id: UUID) -> bool:
    """Figures are then left out of what goes to all interviewers' sockets: each asks for them."""
    answers = withholding_asked.send(UUID, design_id=design_id)
    return any(answer for _, answer in answers)
