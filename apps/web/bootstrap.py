"""What the workspace page hands to its script, as `frontend/src/workspace/bootstrap.ts` has it."""

from django.templatetags.static import static

from apps.accounts.actors import Actor
from apps.content import registry
from apps.content.browser import catalogue_json, flow_json
from apps.core.json import JsonObject
from apps.core.permissions import Action, Role
from apps.designs.models import DesignSession
from apps.designs.rules import Access, allowed_actions, can
from apps.interviews.domain.finding import find_interview
from apps.interviews.domain.reading import accommodation_of
from apps.rooms.documents import READ
from apps.rooms.domain.quarantine import in_quarantine
from apps.web.flows import flow_of


def bootstrap_of(design: DesignSession, access: Access, actor: Actor, nonce: str) -> JsonObject:
    return {
        "design": _design_json(design, access),
        "interview": _interview_json(design, access),
        "problem": _problem_json(design),
        "flow": flow_json(flow_of(design)),
        "other_flows": [flow_json(flow) for flow in registry.flows() if flow.id != design.flow_id],
        "me": _me_json(access, actor),
        "catalogue": catalogue_json(registry.catalogue()),
        "api": f"/api/v1/designs/{design.id}",
        "sockets": sockets_of(design),
        "sprite": static("icons.svg"),
        "csp_nonce": nonce,
    }


def sockets_of(design: DesignSession) -> str:
    """Where the sockets of a design begin."""
    return f"/ws/designs/{design.id}"


def _design_json(design: DesignSession, access: Access) -> JsonObject:
    return {
        "id": str(design.id),
        "title": design.title,
        "kind": design.kind,
        "copied_from": design.copied_from.title if design.copied_from else None,
        "ended": design.ended_at is not None,
        "quarantined": any(can(access, READ[name]) for name in in_quarantine(design.id)),
    }


def _interview_json(design: DesignSession, access: Access) -> JsonObject | None:
    interview = find_interview(design.id)
    if interview is None:
        return None
    is_interviewer = can(access, Action.RUN_INTERVIEW)
    may_keep_brief = access.role != Role.CANDIDATE or accommodation_of(interview).has_written_brief
    about = [interview.candidate_name, interview.position] if is_interviewer else []
    return {
        "brief": interview.brief if may_keep_brief else "",
        "about": ", ".join(filter(None, about)),
    }


def _problem_json(design: DesignSession) -> JsonObject | None:
    if not design.problem_id:
        return None
    return {
        "id": design.problem_id,
        "title": design.problem_title,
        "prompt": design.problem_prompt,
    }


def _me_json(access: Access, actor: Actor) -> JsonObject:
    return {
        "participant": str(access.participant_id) if access.participant_id else None,
        "name": access.name,
        "color": access.color,
        "role": access.role.value,
        "signed_in": actor.user_id is not None,
        "can": [action.value for action in allowed_actions(access)],
    }
