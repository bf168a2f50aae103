"""What do the words hold as they stand? A glance while people write, by words alone.

Of a design there is one, of its newest state; nothing is kept of earlier ones. Only steps that
changed are scored anew.
"""

from functools import partial
from typing import Any, Final

from apps.core.events import Audience, publish
from apps.core.jobs import queue
from apps.core.jobs.lease import Lease
from apps.core.jobs.registry import JobFailed
from apps.core.json import JsonObject
from apps.core.permissions import Action
from apps.designs.document.types import DesignDocument
from apps.designs.models import DesignSession
from apps.designs.rules import Access, check
from apps.scoring.child import ScorerFailed, scorer
from apps.scoring.domain.engines import engine
from apps.scoring.domain.materials import (
    LEXICAL,
    as_played,
    material_by_words,
    rubric_pinned_by,
)
from apps.scoring.domain.working import LEASE
from apps.scoring.models import Coverage
from apps.scoring.signals import is_withheld

KIND: Final = "score.coverage"
# Later it would be of no use, and notes that take longer must not hold up what does matter.
LIMIT_S: Final = 3.0


def request_coverage(design: DesignSession, seq: int, access: Access | None) -> None:
    """Tells the interviewers what is found at this state: at once if it is known, else soon.

    However often it is asked, one job a design does it, and the newest state wins. Raises NotFound
    if the asker may not read scores.
    """
    check(access, Action.READ_SCORES)
    known = Coverage.objects.filter(design=design).first()
    if known and (known.seq, *_versions(known)) == (seq, *_versions_now(design)):
        _tell(known)
    else:
        queue.enqueue_anew(KIND, design.id, {}, key=f"{KIND}:{design.id}")


def cover(design: DesignSession, document: DesignDocument, seq: int, lease: Lease) -> None:
    """Raises JobFailed: there is no other try, for the next pause in typing asks again."""
    rubric = rubric_pinned_by(design)
    earlier = Coverage.objects.filter(design=design).first()
    steps: Any = earlier.steps if earlier else {}
    known = {step: one["input_hash"] for step, one in steps.items()}
    renew = partial(lease.renew, LEASE)
    try:
        found: Any = scorer().put(
            "cover",
            material_by_words(as_played(document, rubric), rubric),
            {"known": known},
            while_waiting=renew,
            answer_s=LIMIT_S,
        )
    except ScorerFailed as failure:
        raise JobFailed(str(failure)) from failure
    now = {step: one if "levels" in one else steps[step] for step, one in found.items()}
    if coverage := _save(design, seq, now):
        _tell(coverage)


def _save(design: DesignSession, seq: int, steps: JsonObject) -> Coverage | None:
    """None if a newer one was faster."""
    rubric_sha256, engine_version = _versions_now(design)
    values = {
        "seq": seq,
        "rubric_sha256": rubric_sha256,
        "engine_version": engine_version,
        "steps": steps,
    }
    older = Coverage.objects.filter(design=design, seq__lte=seq)
    if not older.update(**values):
        Coverage.objects.get_or_create(design=design, defaults=values)
    return Coverage.objects.filter(design=design, seq=seq).first()


def _versions(coverage: Coverage) -> tuple[str, str]:
    return coverage.rubric_sha256, coverage.engine_version


def _versions_now(design: DesignSession) -> tuple[str, str]:
    return rubric_pinned_by(design).sha256, engine().version


def _tell(coverage: Coverage) -> None:
    if is_withheld(coverage.design_id):
        return
    steps: Any = coverage.steps
    body: JsonObject = {
        "seq": coverage.seq,
        "channels": [*LEXICAL],
        "steps": {
            step: {"score": one["score"], "levels": one["levels"]} for step, one in steps.items()
        },
    }
    publish(coverage.design_id, Audience.INTERVIEWERS, "score.coverage", body)
