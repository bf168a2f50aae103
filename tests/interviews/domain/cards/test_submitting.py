"""A card is submitted when nothing is missing, and revised only with a reason."""

from typing import Any

import pytest

from apps.core import clock as core_clock
from apps.core.errors import Conflict, Invalid
from apps.interviews import signals
from apps.interviews.domain.cards.drafting import Change, give_verdict, save
from apps.interviews.domain.cards.making import own_card
from apps.interviews.domain.cards.submitting import revise, submit
from apps.interviews.models import Decision, Interview, Rating, ScoreCard, SignOff
from tests.clock import Clock
from tests.interviews.cards import PLAYED, fill_in, interviewer, played_interview, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def interview(clock: Clock) -> Interview:
    return played_interview()


def missing_of(card: ScoreCard) -> set[str]:
    with pytest.raises(Invalid) as refused:
        submit(card, "Ada")
    return {fault.path for fault in refused.value.faults}


def sign_off(interview: Interview, participant_id: Any) -> None:
    now = core_clock.now()
    decision = Decision.objects.create(
        interview=interview, verdict="yes", reason="Agreed.", by_name="Ada", at=now
    )
    SignOff.objects.create(decision=decision, participant_id=participant_id, at=now)


def test_empty_card_lacks_every_step_that_was_played(interview: Interview) -> None:
    card = own_card(interview, interviewer(interview))

    cross = {"$.ratings.xc.structure", "$.ratings.xc.tradeoff", "$.ratings.xc.depth"}
    assert missing_of(card) == {f"$.ratings.{step}" for step in PLAYED} | cross | {"$.verdict"}


def test_level_without_a_reason_and_verdict_without_one_are_missing(interview: Interview) -> None:
    card = fill_in(interview, interviewer(interview))
    save(card, "da.labels", Change(level=2))
    give_verdict(card, "yes", "")

    assert missing_of(card) == {"$.ratings.da.labels", "$.verdict_reason"}


def test_step_is_answered_by_its_criteria_or_by_a_state(interview: Interview) -> None:
    card = fill_in(interview, interviewer(interview))
    save(card, "data", Change())
    assert missing_of(card) == {"$.ratings.data"}

    save(card, "da.labels", Change(level=3, reason="Clicks within a day."))
    save(card, "model", Change(state="NE"))

    assert submit(card, "Ada").status == ScoreCard.Status.SUBMITTED


def test_card_waits_for_the_end(clock: Clock) -> None:
    interview = played_interview(has_ended=False)
    card = fill_in(interview, interviewer(interview))

    with pytest.raises(Conflict, match="has not ended"):
        submit(card, "Ada")


def test_submitting_twice_is_heard_once(interview: Interview, clock: Clock) -> None:
    heard: list[ScoreCard] = []

    def hear(card: ScoreCard, **_: Any) -> None:
        heard.append(card)

    signals.card_submitted.connect(hear)
    card = fill_in(interview, interviewer(interview))
    first = submit(card, "Ada").submitted_at
    clock.forward(minutes=1)

    again = submit(card, "Ada")
    signals.card_submitted.disconnect(hear)

    assert (again.submitted_at, len(heard)) == (first, 1)


def test_revision_keeps_both_and_refreshes_the_panel(interview: Interview) -> None:
    card = submitted(interview, interviewer(interview), 3)
    assert interview.panel_steps.get(item="data").mean == 3

    revise(card, "data", level=1, state="", reason="Heard the replay.", by_name="Ada")

    revision = card.revisions.get()
    assert (revision.level_before, revision.level_after) == (3, 1)
    assert revision.reason == "Heard the replay."
    assert Rating.objects.get(card=card, item="data").level == 1
    assert interview.panel_steps.get(item="data").mean == 1


def test_revision_to_what_is_said_already_is_none(interview: Interview) -> None:
    card = submitted(interview, interviewer(interview))

    assert revise(card, "data", level=3, state="", reason="Same.", by_name="Ada") is None
    assert not card.revisions.exists()


def test_verdict_is_revised_like_a_rating(interview: Interview) -> None:
    card = submitted(interview, interviewer(interview), verdict="yes")

    revise(card, "verdict", level=1, state="", reason="Missed the leak.", by_name="Ada")

    card.refresh_from_db()
    assert card.verdict == "strong_no"
    assert card.revisions.get().level_before == 3


@pytest.mark.parametrize(
    ("item", "level", "state", "reason"),
    [
        ("data", 2, "", "  "),
        ("data", None, "", "Why not."),
        ("data", 2, "NE", "Both."),
        ("data", 9, "", "Too high."),
        ("verdict", None, "NE", "No opinion."),
    ],
)
def test_revision_needs_a_reason_and_one_answer(
    interview: Interview, item: str, level: int | None, state: str, reason: str
) -> None:
    card = submitted(interview, interviewer(interview))

    with pytest.raises(Invalid):
        revise(card, item, level=level, state=state, reason=reason, by_name="Ada")

    assert not card.revisions.exists()


def test_draft_is_not_revised(interview: Interview) -> None:
    card = fill_in(interview, interviewer(interview))

    with pytest.raises(Conflict, match="draft"):
        revise(card, "data", level=1, state="", reason="No.", by_name="Ada")


def test_signature_closes_every_card(interview: Interview) -> None:
    ada, ben = interviewer(interview, "Ada"), interviewer(interview, "Ben")
    card, late = submitted(interview, ada), fill_in(interview, ben)
    sign_off(interview, ada.participant_id)

    with pytest.raises(Conflict, match="signed off"):
        revise(card, "data", level=1, state="", reason="No.", by_name="Ada")
    with pytest.raises(Conflict, match="signed off"):
        submit(late, "Ben")
