"""How an interview comes to be: a design session with a lobby, and the plan for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from apps.accounts.actors import Actor
from apps.content.types import Flow
from apps.core.errors import Fault, Invalid
from apps.designs.domain.creation import create_design
from apps.designs.models import DesignSession
from apps.interviews import signals
from apps.interviews.domain.finding import flow_of
from apps.interviews.models import Interview
from apps.teams.domain.opening import organisation_for_new

LONGEST_STEP_MIN = 120
MOST_DIVES = 2


@dataclass(frozen=True)
class Setup:
    """What somebody wants to interview on, and how.

    plan: minutes by step id; steps that it leaves out get the flow's own.
    organisation_id: the organisation it belongs to; None: the actor's only one, if so.
    """

    problem: str | None = None
    flow: str | None = None
    title: str | None = None
    position: str = ""
    seniority: str = ""
    candidate_name: str = ""
    candidate_email: str = ""
    scheduled_at: datetime | None = None
    plan: Mapping[str, int] = field(default_factory=dict)
    deep_dives: Sequence[str] = ()
    preset: str = Interview.Preset.DEFAULT.value
    preset_reason: str = ""
    brief: str = ""
    notice: str = ""
    scores_by_itself: bool = False
    organisation_id: UUID | None = None


def create_interview(actor: Actor, setup: Setup) -> Interview:
    """The actor owns it. The candidate waits in the lobby until it starts.

    Raises Invalid with every fault of the setup, NotFound for an unknown problem, flow or
    organisation.
    """
    with transaction.atomic():
        design = create_design(
            actor,
            DesignSession.Kind.INTERVIEW,
            setup.problem,
            setup.title,
            setup.flow,
            has_lobby=True,
            organisation=organisation_for_new(actor.user_id, setup.organisation_id),
        )
        interview = _row(design, setup)
        signals.interview_created.send(Interview, interview=interview, by_name=actor.name)
    return interview


def _row(design: DesignSession, setup: Setup) -> Interview:
    flow = flow_of(design)
    if faults := list(_faults(flow, setup)):
        raise Invalid("The interview was not created.", faults)
    return Interview.objects.create(
        design=design,
        position=setup.position.strip(),
        seniority=setup.seniority,
        candidate_name=setup.candidate_name.strip(),
        candidate_email=setup.candidate_email.strip().lower(),
        scheduled_at=setup.scheduled_at,
        plan={step.id: setup.plan.get(step.id, step.minutes) for step in flow.steps},
        deep_dives=list(setup.deep_dives),
        preset=setup.preset,
        preset_reason=setup.preset_reason.strip(),
        brief=setup.brief.strip(),
        notice=setup.notice.strip(),
        scores_by_itself=setup.scores_by_itself,
    )


def _faults(flow: Flow, setup: Setup) -> list[Fault]:
    steps = {step.id for step in flow.steps}
    faults = [
        Fault(f"$.plan.{step}", f"{minutes} is not between 0 and {LONGEST_STEP_MIN} minutes.")
        for step, minutes in setup.plan.items()
        if not 0 <= minutes <= LONGEST_STEP_MIN
    ]
    faults += [
        Fault(f"$.{where}.{step}", f"The flow {flow.id} has no such step.")
        for where, named in (("plan", setup.plan), ("deep_dives", setup.deep_dives))
        for step in named
        if step not in steps
    ]
    if setup.plan and not sum(setup.plan.values()):
        faults.append(Fault("$.plan", "The plan has no minutes at all."))
    if len(set(setup.deep_dives)) > MOST_DIVES:
        faults.append(Fault("$.deep_dives", f"At most {MOST_DIVES} steps can be deep dives."))
    if setup.preset not in Interview.Preset.values:
        faults.append(Fault("$.preset", f"There are no weights called {setup.preset}."))
    elif setup.preset != Interview.Preset.DEFAULT and not setup.preset_reason.strip():
        faults.append(Fault("$.preset_reason", "Say why the weights differ from the default."))
    if setup.seniority and setup.seniority not in Interview.Seniority.values:
        faults.append(Fault("$.seniority", f"{setup.seniority} is not a seniority known here."))
    faults += _too_long(setup)
    return faults + _faults_of_address(setup.candidate_email.strip())


def _too_long(setup: Setup) -> list[Fault]:
    limits = {"position": 120, "candidate_name": 80, "brief": 20_000, "notice": 20_000}
    return [
        Fault(f"$.{name}", f"Longer than {limit} characters.")
        for name, limit in limits.items()
        if len(getattr(setup, name)) > limit
    ]


def _faults_of_address(address: str) -> list[Fault]:
    if not address:
        return []
    try:
        validate_email(address)
    except ValidationError:
        return [Fault("$.candidate_email", "That is not an e-mail address.")]
    return []
