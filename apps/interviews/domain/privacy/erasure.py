"""How is a candidate taken out of the product? Everywhere, by a job that can be killed at any time.

1. Nobody is on the board any more: sockets close, nothing new is written.
2. Pictures, files and vectors that were made of it go.
3. All rows go in one transaction, which also writes what stays: an entry in the audit log and, if
   the rule says so, levels without words or people (`ErasedInterview`).
4. What deleted rows left in the database's file is overwritten.

Whoever comes back after step 3 finds nothing and does the fourth again.
"""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet

from apps.accounts.cookies import GRANTS_KEY
from apps.accounts.models import Guest
from apps.audit.domain import blank, record
from apps.core import clock
from apps.core.caching import forget
from apps.core.jobs import queue
from apps.core.jobs.lease import Lease
from apps.core.json import Json, JsonObject
from apps.core.models import Job
from apps.core.permissions import Role
from apps.core.scrubbing import scrub
from apps.designs.domain.announcing import announce_access
from apps.designs.models import DesignSession, Participant
from apps.diagrams.domain.rendering import KEY_PREFIX
from apps.diagrams.models import DiagramFile
from apps.interviews import signals
from apps.interviews.domain.privacy.groups import forget_answer
from apps.interviews.domain.privacy.retention import rule_for
from apps.interviews.models import ErasedInterview, Interview
from apps.rooms.domain.reading import forget_readings
from apps.rooms.models import Log, Update
from apps.scoring.domain import sentence_store

KIND: Final = "interviews.erase"


def request_erasure(interview: Interview, actor_id: UUID | None, actor_name: str) -> Job:
    """The caller has checked Action.ERASE. Asking twice is asking once."""
    payload: JsonObject = {"actor_id": str(actor_id or ""), "actor_name": actor_name}
    return queue.enqueue(KIND, interview.pk, payload, key=f"{KIND}:{interview.pk}")


def erase(job: Job, lease: Lease) -> JsonObject:
    """The handler of the job."""
    interview = Interview.objects.filter(pk=job.subject).select_related("design").first()
    if interview is not None:
        _close(interview.design)
        lease.renew()
        _forget_pictures(interview.design)
        sentence_store.forget_all()
        lease.renew()
        _delete_rows(interview, job)
    forget_readings()
    lease.renew()
    scrub()
    return {}


def interviews_of_candidate(interview: Interview) -> QuerySet[Interview]:
    """This one, and those of the same candidate at the same organisation or owner."""
    same = Q(pk=interview.pk)
    if interview.candidate_email:
        same |= _of_the_same_controller(interview.design) & Q(
            candidate_email__iexact=interview.candidate_email
        )
    return Interview.objects.filter(same).select_related("design").distinct()


def _of_the_same_controller(design: DesignSession) -> Q:
    if design.organisation_id:
        return Q(design__organisation_id=design.organisation_id)
    owners = design.participants.filter(role=Role.OWNER.value, user__isnull=False)
    return Q(
        design__organisation=None,
        design__participants__role=Role.OWNER.value,
        design__participants__user__in=owners.values("user_id"),
    )


def _close(design: DesignSession) -> None:
    with transaction.atomic():
        now = clock.now()
        DesignSession.objects.filter(id=design.id, ended_at=None).update(ended_at=now)
        design.participants.filter(removed_at=None).update(removed_at=now)
        design.links.filter(revoked_at=None).update(revoked_at=now)
        announce_access(design.id)


def _forget_pictures(design: DesignSession) -> None:
    """Which cached pictures are of this board only its past states could tell: all go. They are
    drawn again when somebody looks."""
    results = Job.objects.filter(subject=design.id).values_list("result", flat=True)
    keys = [result["key"] for result in results if result and "key" in result]
    DiagramFile.objects.filter(key__in=keys).delete()
    forget(KEY_PREFIX)


def _delete_rows(interview: Interview, job: Job) -> None:
    design = interview.design
    candidates = list(design.participants.filter(role=Role.CANDIDATE.value))
    with transaction.atomic():
        signals.candidate_erased.send(
            Interview, interview=interview, by_name=str(job.payload["actor_name"])
        )
        if rule_for(interview).keeps_statistics:
            _keep_levels(interview)
        _blank_audit(interview, candidates)
        _record(interview, job.payload)
        forget_answer(design.id)
        logs = list(Log.objects.filter(design=design).values_list("id", flat=True))
        guests = [person.guest_id for person in candidates if person.guest_id]
        Job.objects.filter(subject=design.id).exclude(id=job.id).delete()
        design.delete()
        # The database itself does not tie these rows to their log.
        Update.objects.filter(log_id__in=logs).delete()
        Guest.objects.filter(id__in=guests, participant=None).delete()
        _forget_grants(str(interview.pk))


def _keep_levels(interview: Interview) -> None:
    result = getattr(interview, "result", None)
    if result is None or interview.ended_at is None:
        return
    steps = interview.panel_steps.filter(median__isnull=False)
    ErasedInterview.objects.create(
        month=interview.ended_at.date().replace(day=1),
        problem_id=interview.design.problem_id,
        rubric_id=result.rubric_id,
        rubric_version=result.rubric_version,
        raters=result.raters,
        total=result.total,
        medians=dict(steps.values_list("item", "median")),
    )


def _blank_audit(interview: Interview, candidates: Iterable[Participant]) -> None:
    people = list(candidates)
    names = {interview.candidate_name, *(person.name for person in people)} - {""}
    known = [(person.id, person.guest_id, person.user_id) for person in people]
    blank([one for ids in known for one in ids if one], interview.pk, names)


def _record(interview: Interview, payload: dict[str, Json]) -> None:
    actor = str(payload["actor_id"])
    record(
        "candidate.erased",
        actor_id=UUID(actor) if actor else None,
        actor_name=str(payload["actor_name"]),
        design_id=interview.pk,
        organisation_id=interview.design.organisation_id,
    )


def _forget_grants(design_id: str) -> None:
    """Browser sessions that hold a link of the design lose it."""
    for session in Session.objects.iterator(chunk_size=500):
        data = session.get_decoded()
        if design_id in data.get(GRANTS_KEY, {}):
            del data[GRANTS_KEY][design_id]
            session.session_data = Session.objects.encode(data)
            session.save(update_fields=["session_data"])
