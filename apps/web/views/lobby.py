"""The lobby of an interview: interviewers get ready there, and the candidate waits in it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.middleware import actor_of
from apps.core.errors import Conflict, Invalid, NotFound
from apps.core.permissions import Action, Role
from apps.designs.domain.access import open_design
from apps.designs.domain.queries.people import people_on
from apps.designs.models import DesignSession, Participant
from apps.designs.rules import Access, can
from apps.interviews.domain import accommodations, lifecycle, pools
from apps.interviews.domain.finding import find_interview, interview_of
from apps.interviews.domain.reading import accommodation_of, read
from apps.interviews.models import Interview
from apps.interviews.play import Stage
from apps.web.bootstrap import sockets_of
from apps.web.flows import flow_of
from apps.web.forms import LINK_ENDS, AccommodationForm, DrawForm
from apps.web.links_page import link_rows, roles_to_link


@require_GET
def lobby(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """The same address for both sides. Who is not waiting any more goes on to the board."""
    design, access = open_design(actor_of(request), design_id, Action.VIEW_BRIEF)
    interview = find_interview(design_id)
    if access.is_waiting:
        context = _waiting_context(design, interview)
        context["has_data"] = access.role == Role.CANDIDATE and interview is not None
        response = render(request, "pages/waiting.html", context)
    elif interview is None or not can(access, Action.RUN_INTERVIEW):
        return redirect("links" if can(access, Action.MANAGE_LINKS) else "workspace", design_id)
    else:
        context = _lobby_context(request, interview, access)
        response = render(request, "pages/lobby.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def start(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Somebody else may have been faster: then it runs, which is what was wanted."""
    _, access = open_design(actor_of(request), design_id, Action.RUN_INTERVIEW)
    interview = interview_of(design_id)
    try:
        lifecycle.start(interview, access)
    except Conflict:
        if read(interview).stage == Stage.ENDED:
            raise
    return redirect("workspace", design_id)


@require_POST
def admit(request: HttpRequest, design_id: UUID, participant_id: UUID) -> HttpResponse:
    _, access = open_design(actor_of(request), design_id, Action.RUN_INTERVIEW)
    lifecycle.admit(interview_of(design_id), access, participant_id)
    return redirect("lobby", design_id)


@require_POST
def draw(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Interviewers from a pool of the interview's team."""
    _, access = open_design(actor_of(request), design_id, Action.MANAGE_LINKS)
    form = DrawForm(request.POST)
    try:
        names = pools.draw(interview_of(design_id), access, *form.pool_and_count())
    except (Invalid, NotFound, Conflict) as refused:
        faults = refused.faults if isinstance(refused, Invalid) else []
        messages.error(request, " ".join([str(refused), *(fault.reason for fault in faults)]))
    else:
        are = "is" if len(names) == 1 else "are"
        messages.success(request, f"{' and '.join(names)} {are} on the interview now.")
    return redirect("lobby", design_id)


@require_POST
def set_accommodations(request: HttpRequest, design_id: UUID) -> HttpResponse:
    _, access = open_design(actor_of(request), design_id, Action.SET_ACCOMMODATIONS)
    interview = interview_of(design_id)
    form = AccommodationForm(request.POST)
    if form.is_valid():
        accommodations.set_for(interview, access, **form.cleaned_data)
        return redirect("lobby", design_id)
    context = _lobby_context(request, interview, access) | {"accommodations": form}
    return render(request, "pages/lobby.html", context, status=400)


def _waiting_context(design: DesignSession, interview: Interview | None) -> dict[str, object]:
    return {
        "design": design,
        "interview": interview,
        "minutes": _minutes_for_candidate(interview),
        "host": design.participants.get(role=Role.OWNER.value).name,
        "sockets": sockets_of(design),
    }


def _lobby_context(request: HttpRequest, interview: Interview, access: Access) -> dict[str, object]:
    design = interview.design
    people = list(people_on(design))
    waits = [person for person in people if _waits(person, design)]
    candidates = [person for person in people if person.role == Role.CANDIDATE]
    offered = list(pools.pools_for(interview)) if can(access, Action.MANAGE_LINKS) else []
    return {
        "design": design,
        "interview": interview,
        "stage": read(interview).stage.value,
        "minutes": _minutes(interview),
        "rows": _plan_rows(interview),
        "links": link_rows(request, design),
        "roles": roles_to_link(design),
        "ends": LINK_ENDS,
        "people": people,
        "waits": waits,
        "me": access.participant_id,
        "candidate": candidates[0].name if candidates else interview.candidate_name,
        "pools": offered,
        "can_draw": any(free for _, free in offered),
        "most": pools.MOST,
        "accommodations": _accommodation_form(interview, access),
        "accommodation": accommodation_of(interview),
        "sockets": sockets_of(design),
        "section": "sessions",
    }


def _accommodation_form(interview: Interview, access: Access) -> AccommodationForm | None:
    """None for everybody who does not set them: raters do not know of them."""
    if not can(access, Action.SET_ACCOMMODATIONS):
        return None
    row = accommodation_of(interview)
    return AccommodationForm(initial={name: getattr(row, name) for name in AccommodationForm.NAMES})


def _waits(person: Participant, design: DesignSession) -> bool:
    is_candidate = person.role == Role.CANDIDATE
    return is_candidate and design.opened_at is None and person.admitted_at is None


def _plan_rows(interview: Interview) -> list[dict[str, object]]:
    return [
        {
            "number": step.number,
            "name": step.name,
            "minutes": interview.plan.get(step.id, step.minutes),
            "is_dive": step.id in interview.deep_dives,
        }
        for step in flow_of(interview.design).steps
    ]


def _minutes(interview: Interview) -> int:
    """As planned, without what was set for the candidate: others look over their shoulder."""
    return sum(interview.plan.values())


def _minutes_for_candidate(interview: Interview | None) -> int | None:
    """None for who is to have no clock."""
    if interview is None or accommodation_of(interview).hides_clock:
        return None
    return round(read(interview).planned_s / 60)
