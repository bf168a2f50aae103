"""The rows of a panel follow its submitted cards."""

import pytest

from apps.interviews.domain import panel
from apps.interviews.domain.cards.drafting import Change, save
from apps.interviews.domain.cards.making import own_card
from apps.interviews.models import Interview, ScoreCard
from apps.rooms.domain.reading import current_document
from apps.scoring.domain.runs import score_as_is
from apps.scoring.models import ScoreRun
from apps.scoring.signals import run_finished
from tests.clock import Clock
from tests.interviews.cards import ROWS, interviewer, played_interview, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def interview(clock: Clock) -> Interview:
    return played_interview()


def test_rows_are_those_of_the_cards_that_are_in(interview: Interview) -> None:
    ada, ben = interviewer(interview, "Ada"), interviewer(interview, "Ben")
    submitted(interview, ada, 2)
    save(own_card(interview, ben), "data", Change(level=4))
    assert interview.panel_steps.get(item="data").levels == {str(ada.participant_id): 2}

    submitted(interview, ben, 4)

    row = interview.panel_steps.get(item="data")
    assert (row.mean, row.median, row.spread, row.raters) == (3, 3, 2, 2)
    assert row.levels == {str(ada.participant_id): 2, str(ben.participant_id): 4}


def test_result_names_ones_and_both_totals(interview: Interview) -> None:
    submitted(interview, interviewer(interview), dict.fromkeys(ROWS, 3) | {"xc.depth": 1})

    result = interview.result
    # 0.85 × 3 + 0.15 × 7 / 3
    assert (result.total, result.total_equal, result.band) == (2.9, 2.9, "yes")
    assert (result.ones, result.coverage, result.raters) == (["xc.depth"], 0.54, 1)
    assert result.why_no_total == ""


def test_result_says_why_there_is_no_total(interview: Interview) -> None:
    card = submitted(interview, interviewer(interview))
    card.ratings.filter(item="problem-formulation").delete()

    result = panel.refresh(interview)

    assert (result.total, result.band) == (None, "")
    assert result.why_no_total.startswith("Problem formulation is not rated.")


def test_cards_of_trainees_never_count(interview: Interview) -> None:
    submitted(interview, interviewer(interview, "Ada"), 3)
    trainee = submitted(interview, interviewer(interview, "Ben"), 1)
    ScoreCard.objects.filter(pk=trainee.pk).update(is_training=True)

    assert (panel.refresh(interview).total, interview.result.raters) == (3, 1)


def test_machine_that_comes_after_the_cards_is_kept(interview: Interview) -> None:
    submitted(interview, interviewer(interview))
    run = score_as_is(interview.design, *current_document(interview.design))
    result = {"overall": {"score": 50.0}, "steps": {}}
    ScoreRun.objects.filter(pk=run.pk).update(status="done", result=result)

    run_finished.send(ScoreRun, run=run)

    interview.result.refresh_from_db()
    assert interview.result.machine_total == 2.5
