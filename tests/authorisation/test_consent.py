"""A score that a program makes by itself stands on the candidate's consent, to its end."""

import pytest

from apps.api.work import FINAL_KIND
from apps.core.jobs import worker
from apps.core.models import Job
from apps.interviews.domain import lifecycle
from apps.interviews.domain.privacy.notices import give_consent, withdraw_consent
from apps.rooms.domain.reading import current_document
from apps.scoring.domain.runs import JOB_KIND, score_as_is
from apps.scoring.models import ScoreRun
from tests.factories import make_interview, make_participant, owner_access

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_a_score_that_waits_is_not_made_once_the_consent_is_withdrawn(is_withdrawn: bool) -> None:
    interview = make_interview(scores_by_itself=True)
    candidate = make_participant(interview.design)
    give_consent(interview, candidate)
    access = owner_access(interview.design)
    lifecycle.start(interview, access)
    lifecycle.end(interview, access)
    [job] = Job.objects.filter(kind=FINAL_KIND)

    if is_withdrawn:
        withdraw_consent(interview, candidate)
    worker.run(job.id)

    assert ScoreRun.objects.exists() != is_withdrawn


def test_a_score_under_way_ends_when_the_consent_is_withdrawn() -> None:
    interview = make_interview(scores_by_itself=True)
    candidate = make_participant(interview.design)
    give_consent(interview, candidate)
    run = score_as_is(interview.design, *current_document(interview.design))
    [job] = Job.objects.filter(kind=JOB_KIND)

    withdraw_consent(interview, candidate)
    worker.run(job.id)

    run.refresh_from_db()
    assert run.status == ScoreRun.Status.CANCELLED
    assert not run.steps.exists()
