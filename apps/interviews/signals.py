"""What interviews announce, always within the transaction of what happened.

Each is sent with `interview` and `by_name`, and with the further arguments named here. The audit
log and the notifications listen.
"""

from django.dispatch import Signal

interview_created = Signal()
interview_started = Signal()
interview_ended = Signal()
interviewers_drawn = Signal()  # pool_id: UUID, count: int
interview_reopened = Signal()  # reason: str
card_submitted = Signal()  # card: ScoreCard
card_revised = Signal()  # card: ScoreCard, revision: Revision
scores_revealed = Signal()  # reveal: Reveal
decided = Signal()  # decision: Decision
report_released = Signal()
report_revoked = Signal()
candidate_erased = Signal()  # before the rows go
retention_warned = Signal()  # erases_at: datetime; without by_name
