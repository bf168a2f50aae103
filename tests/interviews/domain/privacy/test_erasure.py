"""After an erasure nothing of a candidate is left: twenty canaries, wherever somebody may write."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from apps.accounts.cookies import GRANTS_KEY
from apps.accounts.models import Guest, User
from apps.audit.domain import record, verify
from apps.audit.models import AuditEntry
from apps.core.jobs import queue, worker
from apps.core.models import Job
from apps.core.permissions import Role
from apps.designs.document import validation
from apps.designs.domain.projection import project
from apps.designs.models import DesignSession, Participant
from apps.diagrams.domain.exports import request_export
from apps.diagrams.domain.rendering import render_document, render_thumbnail
from apps.diagrams.models import DiagramFile
from apps.interviews import signals
from apps.interviews.domain.privacy import erasure, groups
from apps.interviews.domain.privacy.erasure import interviews_of_candidate, request_erasure
from apps.interviews.domain.privacy.notices import give_consent
from apps.interviews.models import (
    Accommodation,
    DebriefNote,
    Decision,
    ErasedInterview,
    Evidence,
    GroupAnswer,
    Interview,
    MachineStep,
    PanelResult,
    PanelStep,
    PlayEvent,
    Rating,
    ReleasedReport,
    RetentionWarning,
    Reveal,
    Revision,
    ScoreCard,
    SignOff,
)
from apps.notifications.models import Delivery, Letter, Webhook
from apps.rooms.domain.reading import current_document
from apps.rooms.models import Author, Log, Snapshot, Update, Version
from apps.scoring.models import (
    Coverage,
    JudgeConsent,
    Judgement,
    RunStep,
    ScoreRun,
    SentenceVector,
    StepScore,
)
from apps.teams.domain.organisations import create_organisation
from tests.databases import within
from tests.factories import make_design, make_interview, make_participant, make_user

CANARIES = [f"canary{number:02d}zq" for number in range(49)]

# Tables that hold nothing of one interview, and why. Of every other table `fill` makes a row, with
# a canary in it if it has a place for words: a new table fails the test until it is in one or the
# other.
OF_NO_INTERVIEW = {
    "django_migrations": "the schema",
    "django_content_type": "the schema",
    "auth_permission": "the schema",
    "auth_group": "unused",
    "auth_group_permissions": "unused",
    "accounts_user": "an account is its owner's, before and after an interview",
    "accounts_user_groups": "unused",
    "accounts_user_user_permissions": "unused",
    "account_emailaddress": "an account's",
    "account_emailconfirmation": "an account's",
    "mfa_authenticator": "an account's",
    "socialaccount_socialaccount": "an account's",
    "socialaccount_socialapp": "the installation's",
    "socialaccount_socialtoken": "an account's",
    "teams_organisation": "the controller",
    "teams_membership": "who works for the controller",
    "teams_invitation": "who is asked to work for the controller",
    "teams_pool": "interviewers to draw from",
    "teams_pool_members": "interviewers to draw from",
    "content_packversion": "problems and rubrics",
    "content_problemedition": "problems",
    "notifications_webhook": "the controller's",
    "interviews_retentionrule": "the controller's",
    "scoring_evaluation": "the engine on reference designs",
    "audit_chain": "hashes",
}
# What erasure itself leaves: that it happened, levels without words or people, and browsers that
# somebody may be signed in with.
LEFT_BY_ERASURE = {
    "core_job", "audit_chain", "audit_auditentry", "audit_personal", "interviews_erasedinterview",
    "django_session",
}  # fmt: skip
# Rows of an interview without a place for words: only their number is looked at.
WITHOUT_WORDS = {
    "rooms_author", "scoring_sentencevector", "interviews_groupanswer", "interviews_reveal",
    "interviews_signoff", "interviews_retentionwarning", "interviews_erasedinterview",
    "audit_auditentry",
}  # fmt: skip


@pytest.fixture
def in_product(database_file: Path | None) -> Callable[[Callable[[], Any]], Any]:
    """Runs something with the database as the product has it."""

    def run(work: Callable[[], Any]) -> Any:
        with within(database_file):
            return work()

    def run_in_a_thread(work: Callable[[], Any]) -> Any:
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(run, work).result()

    return run_in_a_thread


@dataclass(frozen=True)
class Controller:
    """Who answers for the interview, and was there before it."""

    owner: User
    rater: User
    webhook: Webhook


def make_controller() -> Controller:
    owner, rater = make_user("Owner"), make_user("Rater")
    organisation = create_organisation(owner, "Acme")
    webhook = Webhook.objects.create(
        organisation=organisation, url="https://hooks.example.org", created_at=timezone.now()
    )
    return Controller(owner, rater, webhook)


def fill(controller: Controller | None = None) -> Interview:
    """An interview with a canary in everything that people can write about a candidate, or make."""
    controller = controller or make_controller()
    c = iter(CANARIES)
    interview = make_interview(
        controller.owner, candidate_name=next(c), candidate_email=f"{next(c)}@example.org",
        position=next(c), preset_reason=next(c), preset="equal", brief=next(c), notice=next(c),
    )  # fmt: skip
    design = interview.design
    guest = Guest.objects.create(name=next(c))
    candidate = make_participant(design, Role.CANDIDATE, guest)
    give_consent(interview, candidate)
    rater = make_participant(design, Role.INTERVIEWER, controller.rater)
    interview.candidate, interview.ended_at = candidate, timezone.now()
    interview.reopened_reason = next(c)
    interview.save()
    PlayEvent.objects.create(
        interview=interview, seq=1, at=timezone.now(), kind="admitted", text=next(c)
    )
    Accommodation.objects.create(interview=interview, set_by_name=next(c))
    RetentionWarning.objects.create(
        interview=interview, at=timezone.now(), erases_at=timezone.now()
    )
    _cards(interview, rater, c)
    _panel(interview, rater, c)
    _traces_of_scoring(design, c)
    _board(design, c)
    _notifications(interview, controller.webhook, c)
    DesignSession.objects.filter(id=design.id).update(extra={"comments": [next(c)]})
    design.links.filter(role=Role.CANDIDATE.value).update(token_hash=next(c))
    session = SessionStore()
    session[GRANTS_KEY] = {str(design.id): next(c)}
    session.save()
    groups.save_answer(design.id, "female", "")
    record(
        "link.made", actor_id=None, actor_name="Owner", design_id=design.id,
        personal={"for": next(c)},
    )  # fmt: skip
    assert list(c) == [], "these canaries were not used"
    return interview


def _cards(interview: Interview, rater: Participant, c: Iterator[str]) -> None:
    now = timezone.now()
    card = ScoreCard.objects.create(
        interview=interview, rater=rater, rubric_id="r", rubric_version="1", rubric_sha256="0",
        verdict_reason=next(c), created_at=now, updated_at=now,
    )  # fmt: skip
    rating = Rating.objects.create(
        card=card, item="data", kind="step", level=2, reason=next(c), updated_at=now
    )
    Evidence.objects.create(rating=rating, position=0, kind="note", pointer={"quote": next(c)})
    Revision.objects.create(card=card, item="data", reason=next(c), at=now)
    Reveal.objects.create(interview=interview, participant=rater, what="peers", at=now)


def _panel(interview: Interview, rater: Participant, c: Iterator[str]) -> None:
    """What is made of the cards: the debrief, its decision, and what the candidate was given."""
    now = timezone.now()
    PanelStep.objects.create(
        interview=interview, item="data", median=2, raters=1, levels={next(c): 2}
    )
    PanelResult.objects.create(
        interview=interview, total=2.5, raters=1, refreshed_at=now, why_no_total=next(c)
    )
    MachineStep.objects.create(interview=interview, item="data", level=2, engine_id=next(c))
    DebriefNote.objects.create(interview=interview, author=rater, text=next(c), at=now)
    decision = Decision.objects.create(
        interview=interview, verdict="yes", reason=next(c), by_name=next(c), at=now
    )
    SignOff.objects.create(decision=decision, participant=rater, at=now)
    ReleasedReport.objects.create(
        interview=interview, token_hash="0", body={"sections": [next(c)]}, released_by="Owner",
        released_at=now,
    )  # fmt: skip
    # Tells webhooks and the audit log.
    signals.report_released.send(Interview, interview=interview, by_name="Owner")


def _traces_of_scoring(design: DesignSession, c: Iterator[str]) -> None:
    run = ScoreRun.objects.create(
        design=design, seq=1, document={"notes": next(c)}, rubric_id="r", rubric_version="1",
        rubric_sha256="0", engine_id="e", engine_version="1", total_steps=1, status="done",
        result={"quote": next(c)},
    )  # fmt: skip
    scored = StepScore.objects.create(
        design=design, step="data", input_hash="0", result={"quote": next(c)}, trace={"in": next(c)}
    )
    RunStep.objects.create(run=run, step="data", position=0, input_hash=next(c), scored=scored)
    Judgement.objects.create(
        run=run, host="h", model="m", seed=1, total_steps=1, steps={"data": next(c)}
    )
    JudgeConsent.objects.create(design=design, host="h", model="m", given_by_name=next(c))
    Coverage.objects.create(
        design=design, seq=1, rubric_sha256="0", engine_version="1", steps={"data": next(c)}
    )
    SentenceVector.objects.create(key="0", vector=b"half floats")


def _board(design: DesignSession, c: Iterator[str]) -> None:
    """Its log, a snapshot, a version, its rows, a picture in the cache, an exported file and the
    job that made it."""
    log = Log.objects.get(design=design, document="private")
    Update.objects.create(log=log, seq=99, at=timezone.now(), payload=next(c).encode())
    Snapshot.objects.create(log=log, seq=99, payload=next(c).encode())
    Author.objects.create(log=log, client=1)
    Version.objects.create(design=design, seq=1, name=next(c), by_name=next(c), at=timezone.now())
    Log.objects.filter(id=log.id).update(quarantine=next(c))
    document, _ = current_document(design)
    board = {
        "components": [{"id": "c1", "type": "service", "name": next(c), "x": 0, "y": 0}],
        "connections": [{"id": "c2", "source": "c1", "target": "c1", "label": next(c)}],
        "groups": [{"id": "g1", "name": next(c)}],
        "stickies": [{"id": "s1", "text": next(c), "x": 0, "y": 0}],
    }
    steps = [{**step, "notes": next(c)} for step in document["steps"][:1]]
    document = validation.parse({**document, "board": board, "steps": steps})
    project(design, document, design.projected_seq + 1)
    render_document(document, "svg")
    render_thumbnail(document, "light")
    worker.run(request_export(design.id, document, "svg", "light").id)
    assert DiagramFile.objects.filter(body__isnull=False).exists()
    queue.enqueue("unknown", design.id, {"text": next(c)})


def _notifications(interview: Interview, webhook: Webhook, c: Iterator[str]) -> None:
    now = timezone.now()
    Letter.objects.create(
        interview_id=interview.pk, kind=Letter.Kind.INVITATION, email=f"{next(c)}@example.org",
        event={"title": next(c)}, reason=next(c), next_at=now, created_at=now,
    )  # fmt: skip
    Delivery.objects.create(
        webhook=webhook, kind="interview.ended", interview_id=interview.pk, body=next(c),
        reason=next(c), next_at=now, created_at=now,
    )  # fmt: skip


def erase_all(interview: Interview) -> None:
    worker.run(request_erasure(interview, None, "Owner").id)


def found_in_database() -> dict[str, list[str]]:
    """Every value of every table of the database, searched."""
    hits: dict[str, list[str]] = {}
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            text = repr([[_plain(value) for value in row] for row in cursor.fetchall()])
        if found := [canary for canary in CANARIES if canary in text]:
            hits[table] = found
    return hits


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def rows_by_table() -> dict[str, int]:
    counts = {}
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts


def found_in_sessions() -> list[str]:
    text = repr([row.get_decoded() for row in Session.objects.all()])
    return [canary for canary in CANARIES if canary in text]


def found_in_cache() -> list[str]:
    if settings.EMBEDDED:
        held = repr(list(cache._cache.values()))  # type: ignore[attr-defined]
    else:
        client = cache._cache.get_client()  # type: ignore[attr-defined]
        held = repr([(key, _value(client, key)) for key in client.scan_iter()])
    return [canary for canary in CANARIES if canary in held]


def _value(client: Any, key: bytes) -> object:
    return client.get(key) if client.type(key) == b"string" else client.dump(key)


def found_in_files(path: Path) -> dict[str, list[str]]:
    files = [path, *path.parent.glob(f"{path.name}-*")]
    bodies = {file.name: file.read_bytes() for file in files}
    return {
        name: found
        for name, body in bodies.items()
        if (found := [canary for canary in CANARIES if canary.encode() in body])
    }


def test_nothing_of_a_candidate_is_left(
    in_product: Callable[[Callable[[], Any]], Any],
    database_file: Path | None,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    controller = in_product(make_controller)
    before = in_product(rows_by_table)
    interview = in_product(lambda: fill(controller))
    planted = {canary for found in in_product(found_in_database).values() for canary in found}
    assert planted | set(in_product(found_in_sessions)) == set(CANARIES)
    assert in_product(found_in_cache)

    in_product(lambda: erase_all(interview))

    assert in_product(found_in_database) == {}
    after = in_product(rows_by_table)
    assert {table for table, count in after.items() if count > before[table]} <= LEFT_BY_ERASURE
    assert in_product(found_in_sessions) == []
    assert in_product(found_in_cache) == []
    if database_file:
        assert found_in_files(database_file) == {}
    said = "".join(capfd.readouterr()) + caplog.text
    assert [canary for canary in CANARIES if canary in said] == []
    assert in_product(lambda: Job.objects.get(subject=interview.pk).status) == Job.Status.DONE
    chain = str(interview.design.organisation_id)
    assert in_product(lambda: verify(chain)).is_whole
    assert in_product(lambda: GroupAnswer.objects.exists()) is False


@pytest.mark.django_db(transaction=True)
def test_every_table_is_filled_or_holds_nothing_of_an_interview() -> None:
    """A new table belongs into `fill`, or into `OF_NO_INTERVIEW` with a reason."""
    before = rows_by_table()

    fill(make_controller())

    filled = {table for table, count in rows_by_table().items() if count > before[table]}
    with_words = {table for table in filled if table in found_in_database()}
    everything = set(connection.introspection.table_names())
    assert everything - filled - OF_NO_INTERVIEW.keys() - {"interviews_erasedinterview"} == set()
    assert filled - with_words - OF_NO_INTERVIEW.keys() - {"django_session"} <= WITHOUT_WORDS


@pytest.mark.django_db(transaction=True)
def test_what_stays_is_levels_without_words_or_people() -> None:
    interview = fill()

    erase_all(interview)

    kept = ErasedInterview.objects.get()
    assert (kept.problem_id, kept.total, kept.medians) == ("rec-video", 2.5, {"data": 2.0})
    assert kept.month.day == 1
    assert AuditEntry.objects.filter(kind="candidate.erased", design_id=interview.pk).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["_forget_pictures", "_delete_rows", "forget_readings", "scrub"])
def test_a_job_killed_before_any_step_is_finished_by_the_next_try(
    step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    interview = fill()
    job = request_erasure(interview, None, "Owner")
    with monkeypatch.context() as patch:
        patch.setattr(erasure, step, _killed)
        with pytest.raises(KeyboardInterrupt):
            worker.run(job.id)

    Job.objects.filter(id=job.id).update(lease_until=timezone.now() - timedelta(days=1))
    worker.run(job.id)

    job.refresh_from_db()
    assert job.status == Job.Status.DONE
    assert found_in_database() == {}
    assert ErasedInterview.objects.count() == 1


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.django_db(transaction=True)
def test_other_interviews_stay_as_they_are() -> None:
    other = make_design()
    before = current_document(other)

    erase_all(fill())

    assert current_document(other) == before
    assert DesignSession.objects.get().id == other.id


@pytest.mark.django_db
def test_interviews_of_a_candidate_are_those_of_the_same_controller() -> None:
    owner = make_user()
    first = make_interview(owner, candidate_email="nadia@example.org")
    second = make_interview(owner, candidate_email="Nadia@example.org")
    make_interview(owner, candidate_email="other@example.org")
    make_interview(make_user(), candidate_email="nadia@example.org")

    found = set(interviews_of_candidate(first))

    assert found == {first, second}
