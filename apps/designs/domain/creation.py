"""How a design session comes into being: its row, its owner, its first document."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.accounts.actors import Actor
from apps.content import registry
from apps.content.domain import library
from apps.content.types import Problem
from apps.core.ids import new_id
from apps.core.json import JsonObject
from apps.core.permissions import Role
from apps.designs import signals
from apps.designs.document import validation
from apps.designs.document.types import FORMAT, VERSION, DesignDocument, ProblemRef
from apps.designs.domain.flows import empty_steps
from apps.designs.domain.projection import project
from apps.designs.models import DesignSession, Participant
from apps.teams.models import Organisation

UNTITLED = "Untitled design"
TITLE_MAX_LENGTH = 200
FIRST_SEQ = 1  # of the change that rooms write when a design is created
# Keys of a document that have a column of their own, or that live in the document's log.
KNOWN_KEYS = frozenset(
    {"format", "version", "id", "title", "created_at", "updated_at", "flow", "problem"}
    | {"steps", "board"}
)


@dataclass(frozen=True)
class _Header:
    """What the columns of a new design say."""

    title: str
    flow_id: str
    flow_version: str
    problem: ProblemRef | None
    extra: JsonObject


def create_design(
    actor: Actor,
    kind: str,
    problem_id: str | None = None,
    title: str | None = None,
    flow_id: str | None = None,
    document: DesignDocument | None = None,
    has_lobby: bool = False,
    organisation: Organisation | None = None,
) -> DesignSession:
    """A new session that belongs to the actor, empty or with the content of `document`.

    With a lobby, candidates and visitors wait there until somebody opens it.

    A document brings its own flow, problem and title; `title` overrides the last. The problem is
    copied, and decides the flow. Raises NotFound for an unknown problem or flow.
    """
    design_id = new_id()
    if document is None:
        document = _empty_document(design_id, problem_id, title, flow_id, actor.user_id)
    header = _header_of(document, title)
    with transaction.atomic():
        design = _create_row(design_id, kind, header, has_lobby, organisation)
        _add_owner(design, actor)
        signals.design_created.send(sender=DesignSession, design_id=design.id, document=document)
        project(design, document, FIRST_SEQ)
    return design


def _empty_document(
    design_id: UUID,
    problem_id: str | None,
    title: str | None,
    flow_id: str | None,
    reader: UUID | None,
) -> DesignDocument:
    problem = library.problem(problem_id, reader) if problem_id else None
    flow = registry.flow(problem.flow if problem else flow_id or registry.DEFAULT_FLOW)
    return validation.parse(
        {
            "format": FORMAT,
            "version": VERSION,
            "id": str(design_id),
            "title": title or (problem.title if problem else UNTITLED),
            "flow": {"id": flow.id, "version": flow.version},
            **({"problem": _problem_ref(problem)} if problem else {}),
            "steps": empty_steps(flow),
            "board": {},
        }
    )


def _problem_ref(problem: Problem) -> ProblemRef:
    return {
        "id": problem.id,
        "version": problem.version,
        "title": problem.title,
        "prompt": problem.prompt.strip(),
    }


def _header_of(document: DesignDocument, title: str | None) -> _Header:
    return _Header(
        title=(title or document["title"] or UNTITLED)[:TITLE_MAX_LENGTH],
        flow_id=document["flow"]["id"],
        flow_version=document["flow"]["version"],
        problem=document.get("problem"),
        extra={key: value for key, value in document.items() if key not in KNOWN_KEYS},  # type: ignore[misc]
    )


def _create_row(
    design_id: UUID,
    kind: str,
    header: _Header,
    has_lobby: bool,
    organisation: Organisation | None,
) -> DesignSession:
    now = timezone.now()
    problem = header.problem or {"id": "", "version": "", "title": "", "prompt": ""}
    rubric = library.rubric_for(header.flow_id, problem["id"])
    return DesignSession.objects.create(
        id=design_id,
        kind=DesignSession.Kind(kind),
        title=header.title,
        organisation=organisation,
        flow_id=header.flow_id,
        flow_version=header.flow_version,
        rubric_id=rubric.id,
        rubric_version=rubric.version,
        problem_id=problem["id"],
        problem_version=problem["version"],
        problem_title=problem["title"],
        problem_prompt=problem["prompt"],
        extra=header.extra,
        updated_at=now,
        opened_at=None if has_lobby else now,
    )


def _add_owner(design: DesignSession, actor: Actor) -> None:
    if actor.is_stranger:
        raise ValueError("A stranger cannot own a design: make them a guest first.")
    Participant.objects.create(
        design=design,
        user_id=actor.user_id,
        guest_id=actor.guest_id,
        role=Role.OWNER.value,
        name=actor.name,
        color=1,
    )
