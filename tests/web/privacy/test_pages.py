"""Pages about data open to whom they are for, and do what they say."""

import io
import json
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from apps.audit.models import AuditEntry
from apps.core.models import Job
from apps.core.permissions import Role
from apps.designs.document import validation
from apps.designs.domain.importing import import_design
from apps.interviews.domain.privacy import erasure
from apps.interviews.domain.privacy.notices import consent_of, give_consent
from apps.interviews.models import GroupAnswer, Interview, RetentionRule
from apps.rooms.domain.reading import current_document
from apps.teams.domain.organisations import create_organisation
from apps.teams.models import Organisation
from tests.factories import (
    actor_for,
    browser_of,
    make_interview,
    make_participant,
    make_user,
    owner_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def interview() -> Interview:
    return make_interview(candidate_name="Nadia Rossi")


@pytest.fixture
def owner(interview: Interview) -> Client:
    return browser_of(owner_of(interview.design))


@pytest.fixture
def candidate(interview: Interview) -> Client:
    person = make_participant(interview.design)
    give_consent(interview, person)
    return browser_of(person.guest)


CONTROLLERS_PAGES = [("get", "privacy"), ("post", "privacy_export"), ("post", "privacy_erase")]
CANDIDATES_PAGES = [("get", "my_data"), ("post", "withdraw"), ("get", "groups"), ("post", "groups")]
TEAMS_PAGES = [
    ("get", "team_audit"),
    ("get", "team_retention"),
    ("post", "team_retention"),
    ("get", "score_rates"),
    ("get", "score_rates_csv"),
]


@pytest.mark.parametrize(("method", "name"), CONTROLLERS_PAGES)
@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.CANDIDATE, Role.OBSERVER])
def test_only_who_answers_for_the_data_opens_its_pages(
    interview: Interview, role: Role, method: str, name: str
) -> None:
    browser = browser_of(make_participant(interview.design, role).guest)

    answer = getattr(browser, method)(reverse(name, args=[interview.pk]))

    assert answer.status_code == 404
    assert not Job.objects.filter(kind=erasure.KIND).exists()


@pytest.mark.parametrize(("method", "name"), CANDIDATES_PAGES)
def test_pages_of_the_candidate_are_nobody_elses(
    interview: Interview, owner: Client, method: str, name: str
) -> None:
    interviewer = browser_of(make_participant(interview.design, Role.INTERVIEWER).guest)

    for browser in (owner, interviewer, Client()):
        assert getattr(browser, method)(reverse(name, args=[interview.pk])).status_code == 404


@pytest.mark.parametrize(("method", "name"), TEAMS_PAGES)
def test_pages_of_a_team_are_its_administrators(method: str, name: str) -> None:
    organisation = create_organisation(make_user(), "Acme")

    for browser in (browser_of(make_user()), Client()):
        answer = getattr(browser, method)(reverse(name, args=[organisation.id]))
        assert answer.status_code == 404


def test_owner_reads_what_is_kept(owner: Client, interview: Interview, candidate: Client) -> None:
    page = owner.get(reverse("privacy", args=[interview.pk])).content.decode()

    for words in ("What is kept about Nadia Rossi", "24 months", "agreed on", "Consent: given"):
        assert words in page


def test_export_imports_again_to_an_equal_design(owner: Client, interview: Interview) -> None:
    answer = owner.post(reverse("privacy_export", args=[interview.pk]), {"scores": "on"})

    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    document = json.loads(archive.read("design.json"))
    copy = import_design(actor_for(make_user()), validation.parse(document))
    again, _ = current_document(copy)
    assert set(archive.namelist()) == {
        "design.json", "interview.json", "consents.json", "scores.json",
    }  # fmt: skip
    for part in ("title", "flow", "problem", "steps", "board"):
        assert again[part] == document[part]
    assert AuditEntry.objects.filter(kind="candidate.exported").count() == 1


def test_export_holds_private_notes_where_they_are_asked_for(
    owner: Client, interview: Interview
) -> None:
    answer = owner.post(reverse("privacy_export", args=[interview.pk]), {"notes": "on"})

    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert json.loads(archive.read("notes.json")) == {"debrief": [], "private": [{}]}
    assert "scores.json" not in archive.namelist()


def test_erasing_asks_for_one_job(owner: Client, interview: Interview) -> None:
    for _ in range(2):
        owner.post(reverse("privacy_erase", args=[interview.pk]))

    assert Job.objects.get(kind=erasure.KIND).subject == interview.pk


def test_candidate_withdraws(candidate: Client, interview: Interview) -> None:
    Interview.objects.filter(pk=interview.pk).update(scores_by_itself=True)

    candidate.post(reverse("withdraw", args=[interview.pk]))

    interview.refresh_from_db()
    person = interview.design.participants.get(role=Role.CANDIDATE.value)
    assert consent_of(interview, person) is None
    assert interview.scores_by_itself is False
    assert (
        "have not agreed" in candidate.get(reverse("my_data", args=[interview.pk])).content.decode()
    )


def test_group_answer_leads_to_no_interview(candidate: Client, interview: Interview) -> None:
    address = reverse("groups", args=[interview.pk])

    candidate.post(address, {"sex": "female", "ethnicity": "asian"})

    answer = GroupAnswer.objects.get()
    assert (answer.sex, answer.ethnicity) == ("female", "asian")
    assert interview.pk.hex not in answer.key
    assert "selected" not in candidate.get(address).content.decode()


@pytest.fixture
def team() -> Organisation:
    return create_organisation(make_user(email="admin@example.org"), "Acme")


@pytest.fixture
def admin(team: Organisation) -> Client:
    return browser_of(team.memberships.get().user)


def test_administrator_sets_how_long_interviews_are_kept(admin: Client, team: Organisation) -> None:
    admin.post(reverse("team_retention", args=[team.id]), {"months": 6, "warns_days": 7})

    rule = RetentionRule.objects.get()
    assert (rule.months, rule.warns_days, rule.keeps_statistics) == (6, 7, False)
    page = admin.get(reverse("team_audit", args=[team.id])).content.decode()
    assert "Retention: changed" in page
    assert "Whole" in page


def test_rates_without_interviews_are_empty(admin: Client, team: Organisation) -> None:
    assert admin.get(reverse("score_rates", args=[team.id])).status_code == 200
    body = admin.get(reverse("score_rates_csv", args=[team.id])).content.decode()
    assert body == "by,group,people,above_median,scoring_rate,impact_ratio\r\n"
