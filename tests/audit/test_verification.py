"""Each way of tampering with a chain is found; an erasure is none."""

from io import StringIO
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection

from apps.audit import guards
from apps.audit.domain import blank, record, verification, verify, verify_newest
from apps.audit.models import INSTALLATION, AuditEntry, Chain, Personal
from apps.core.jobs import queue, worker
from apps.core.models import Job

pytestmark = pytest.mark.django_db

CANDIDATE, INTERVIEWER, DESIGN = UUID(int=1), UUID(int=2), UUID(int=3)


@pytest.fixture(autouse=True)
def _three_entries() -> None:
    record("link.made", actor_id=INTERVIEWER, actor_name="Ada", design_id=DESIGN)
    record("consent.given", actor_id=CANDIDATE, actor_name="Nadia Rossi", design_id=DESIGN)
    record(
        "candidate.exported",
        actor_id=INTERVIEWER,
        actor_name="Ada",
        design_id=DESIGN,
        personal={"name": "Nadia Rossi", "email": "nadia@example.org"},
        person_id=CANDIDATE,
    )


def tamper(*statements: str) -> None:
    """As somebody would who owns the database and knows of the triggers."""
    guards.remove(connection)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    guards.install(connection)


def test_untouched_chain_is_whole() -> None:
    verdict = verify(INSTALLATION)

    assert (verdict.entries, verdict.blanked, verdict.is_whole) == (3, 0, True)


@pytest.mark.parametrize(
    ("statements", "fault"),
    [
        (["UPDATE audit_auditentry SET kind = 'x' WHERE seq = 2"], "Entry 2 was changed."),
        (["UPDATE audit_auditentry SET details_text = '[]' WHERE seq = 3"], "Entry 3 was changed."),
        (
            ["UPDATE audit_auditentry SET previous_hash = '' WHERE seq = 2"],
            "Entry 2 does not follow the entry before it.",
        ),
        (
            ["DELETE FROM audit_personal", "DELETE FROM audit_auditentry WHERE seq = 1"],
            "Entry 1 is missing.",
        ),
        (
            ["DELETE FROM audit_personal", "DELETE FROM audit_auditentry WHERE seq = 3"],
            "The chain ends with entry 2; it had 3.",
        ),
        (
            ["UPDATE audit_personal SET values_text = '{}' WHERE values_text LIKE '%nadia@%'"],
            "A name in entry 3 was changed.",
        ),
    ],
)
def test_tampering_is_found(statements: list[str], fault: str) -> None:
    tamper(*statements)

    assert verify(INSTALLATION).fault == fault


@pytest.mark.parametrize(
    ("statements", "fault"),
    [
        ([], ""),
        (["UPDATE audit_auditentry SET kind = 'x' WHERE seq = 1"], ""),
        (["UPDATE audit_auditentry SET kind = 'x' WHERE seq = 2"], "Entry 2 was changed."),
        (
            ["UPDATE audit_auditentry SET hash = 'x' WHERE seq = 1"],
            "Entry 2 does not follow the entry before it.",
        ),
        (
            ["DELETE FROM audit_personal", "DELETE FROM audit_auditentry WHERE seq = 3"],
            "The chain ends with entry 2; it had 3.",
        ),
    ],
)
def test_a_look_at_the_log_checks_its_newest_entries(
    statements: list[str], fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "NEWEST", 2)
    tamper(*statements)

    assert verify_newest(INSTALLATION).fault == fault


def test_the_daily_job_notes_what_it_found_of_the_whole_chain() -> None:
    work_once_a_day()
    whole = Chain.objects.get()
    tamper("UPDATE audit_auditentry SET kind = 'x' WHERE seq = 2")
    Job.objects.all().delete()
    work_once_a_day()
    broken = Chain.objects.get()

    assert (whole.verified_seq, whole.verified_fault) == (3, "")
    assert (broken.verified_seq, broken.verified_fault) == (1, "Entry 2 was changed.")
    assert whole.verified_at is not None
    assert broken.verified_at is not None
    assert broken.verified_at > whole.verified_at


def work_once_a_day() -> None:
    worker.run(queue.enqueue(verification.KIND, None, {}).id)


def test_blanking_takes_the_candidate_out_and_leaves_the_chain_whole() -> None:
    blanked = blank({CANDIDATE}, DESIGN)

    verdict = verify(INSTALLATION)
    assert (blanked, verdict.blanked, verdict.is_whole) == (2, 2, True)
    assert [row.values["name"] for row in Personal.objects.order_by("id")] == ["Ada", "Ada"]
    assert blank({CANDIDATE}, DESIGN) == 0


def test_blanked_values_cannot_be_guessed_from_what_is_left() -> None:
    """The commitment is salted, and the salt went with the value."""
    kept = Personal.objects.get(entry__seq=2)
    blank({CANDIDATE})

    entry = AuditEntry.objects.get(seq=2)

    assert kept.salt not in (entry.actor_hash, entry.hash)
    assert not Personal.objects.filter(salt=kept.salt).exists()


def test_command_says_that_chains_are_whole() -> None:
    output = StringIO()

    call_command("verify_audit", stdout=output)

    assert output.getvalue() == "installation: 3 entries. Whole.\n"


def test_command_fails_for_a_broken_chain() -> None:
    tamper("UPDATE audit_auditentry SET kind = 'x' WHERE seq = 2")
    output = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", stdout=output)

    assert ended.value.code == 1
    assert output.getvalue() == "installation: 1 entries. Entry 2 was changed.\n"
