"""Every REST endpoint × everybody who may ask: the table of `designs/rules.py` holds on each.

An endpoint that is missing in `ENDPOINTS` fails the build, so that none is forgotten.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse

from apps.api.urls import urlpatterns
from apps.core.permissions import Action, Role
from apps.designs.models import DesignSession
from apps.designs.rules import RULES
from apps.diagrams.domain.exports import request_export
from apps.interviews.domain import lifecycle
from apps.rooms.domain.reading import current_document
from apps.rooms.domain.versions import keep_version
from apps.scoring.domain.runs import score_as_is
from tests.authorisation.askers import ASKERS
from tests.factories import (
    make_design,
    make_guest,
    make_interview,
    make_link,
    make_participant,
    owner_access,
)

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Endpoint:
    """One method of one address, and the action that it is."""

    name: str
    method: str
    action: Action
    body: dict[str, Any] = field(default_factory=dict)


ENDPOINTS = [
    Endpoint("design", "get", Action.VIEW),
    Endpoint("design", "patch", Action.MANAGE_SESSION, {"title": "New"}),
    Endpoint("design_flow", "post", Action.SWITCH_FLOW, {"flow": "system-design"}),
    Endpoint("design_end", "post", Action.END_SESSION),
    Endpoint("document", "get", Action.EXPORT),
    Endpoint("material", "get", Action.READ_PRIVATE),
    Endpoint("diagram", "get", Action.VIEW),
    Endpoint("thumbnail", "get", Action.VIEW),
    Endpoint("layout", "get", Action.EDIT),
    Endpoint("exports", "post", Action.EXPORT, {"format": "png", "theme": "light"}),
    Endpoint("export", "get", Action.EXPORT),
    Endpoint("export_file", "get", Action.EXPORT),
    Endpoint("scores", "post", Action.RUN_SCORING),
    Endpoint("latest_score", "get", Action.READ_SCORES),
    Endpoint("score", "get", Action.READ_SCORES),
    Endpoint("cancel_score", "post", Action.RUN_SCORING),
    Endpoint("coverage", "post", Action.READ_SCORES),
    Endpoint("judge_consent", "get", Action.READ_SCORES),
    Endpoint("judge_consent", "put", Action.MANAGE_SESSION, {"given": False}),
    Endpoint("judgement", "get", Action.READ_SCORES),
    Endpoint("judgement", "post", Action.RUN_SCORING),
    Endpoint("links", "get", Action.MANAGE_LINKS),
    Endpoint("links", "post", Action.MANAGE_LINKS, {"role": "candidate"}),
    Endpoint("link", "delete", Action.MANAGE_LINKS),
    Endpoint("recover", "post", Action.MANAGE_SESSION),
    Endpoint("replay", "get", Action.REPLAY),
    Endpoint("versions", "get", Action.READ_HISTORY),
    Endpoint("versions", "post", Action.KEEP_VERSION, {"name": "Before the twist"}),
    Endpoint("version", "delete", Action.KEEP_VERSION),
    Endpoint("copies", "post", Action.COPY),
    Endpoint("people", "get", Action.SEE_PEOPLE),
    Endpoint("interview", "get", Action.VIEW_BRIEF),
    Endpoint("interview_start", "post", Action.RUN_INTERVIEW),
    Endpoint("interview_pause", "post", Action.RUN_INTERVIEW),
    Endpoint("interview_resume", "post", Action.RUN_INTERVIEW),
    Endpoint("interview_extend", "post", Action.RUN_INTERVIEW, {"seconds": 300}),
    Endpoint("interview_thinking", "post", Action.RUN_INTERVIEW, {"seconds": 60}),
    Endpoint("interview_end", "post", Action.END_SESSION),
    Endpoint("interview_reopen", "post", Action.REOPEN, {"reason": "The wrong button."}),
    Endpoint("interview_freeze", "post", Action.RUN_INTERVIEW),
    Endpoint("interview_unfreeze", "post", Action.RUN_INTERVIEW),
    Endpoint("interview_admit", "post", Action.RUN_INTERVIEW, {"participant": str(uuid4())}),
    Endpoint("interview_enter", "post", Action.RUN_INTERVIEW, {"step": "data"}),
    Endpoint("interview_deep_dive", "post", Action.RUN_INTERVIEW, {"step": "data"}),
    Endpoint("interview_end_deep_dive", "post", Action.RUN_INTERVIEW, {"step": "data"}),
    Endpoint("interview_skip", "post", Action.SKIP_STEP, {"step": "data"}),
    Endpoint("interview_unskip", "post", Action.SKIP_STEP, {"step": "data"}),
    Endpoint("interview_twist", "post", Action.RUN_INTERVIEW, {"index": 0}),
    Endpoint("interview_clarification", "post", Action.RUN_INTERVIEW, {"index": 0}),
    Endpoint("card", "get", Action.RATE),
    Endpoint("card_rating", "put", Action.RATE, {"level": 3, "reason": "Counts users."}),
    Endpoint("card_verdict", "put", Action.RATE, {"verdict": "yes", "reason": "Sound."}),
    Endpoint("card_submission", "post", Action.RATE),
    Endpoint("card_declined", "post", Action.RATE),
    Endpoint("card_revision", "post", Action.RATE, {"level": 2, "reason": "On reflection."}),
    Endpoint("panel", "get", Action.READ_PANEL),
    Endpoint("accommodations", "get", Action.SET_ACCOMMODATIONS),
    Endpoint("accommodations", "put", Action.SET_ACCOMMODATIONS, {"extra_time": "1.25"}),
    Endpoint("debrief_notes", "post", Action.READ_PANEL, {"text": "We differ on the split."}),
    Endpoint("decision", "put", Action.DECIDE, {"verdict": "yes", "reason": "Sound."}),
    Endpoint("decision_sign_off", "post", Action.SIGN_OFF),
    Endpoint("record_json", "get", Action.EXPORT_RECORD),
    Endpoint("record_csv", "get", Action.EXPORT_RECORD),
    Endpoint("report_pdf", "get", Action.EXPORT_RECORD),
]
OF_INTERVIEWS = (
    "interview",
    "accommodations",
    "card",
    "panel",
    "debrief",
    "decision",
    "record",
    "report",
)
# These concern no design that is there already.
OTHERS = {
    ("designs", "get"),
    ("designs", "post"),
    ("design_import", "post"),
    ("schema", "get"),
    ("document_schema", "get"),
}


# The cells -------------------------------------------------------------------------------------


def test_every_endpoint_is_in_the_table() -> None:
    known = {(endpoint.name, endpoint.method) for endpoint in ENDPOINTS} | OTHERS

    assert set(_endpoints_of(urlpatterns)) == known


@pytest.mark.parametrize("asker", ASKERS)
@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda e: f"{e.method} {e.name}")
def test_policy_holds(endpoint: Endpoint, asker: str) -> None:
    design = _design_for(endpoint)
    address = _address(endpoint, design)
    become, role = ASKERS[asker]
    client = become(design)
    if endpoint.name == "interview_admit":
        endpoint = replace(endpoint, body={"participant": _waiting_candidate(design)})

    answer = _ask(client, endpoint, address)

    if role in RULES[endpoint.action]:
        # An export that is not made yet is a conflict: who hears that was let in.
        assert answer.status_code in {200, 201, 202, 204, 409}
    else:
        missing = _ask(client, endpoint, address.replace(str(design.id), str(uuid4())))
        assert _seen(answer) == _seen(missing)
        assert answer.status_code == 404


@pytest.mark.parametrize("asker", ["candidate", "observer", "holder of a read-only link"])
def test_no_word_of_the_rubric_reaches_who_may_not_score(asker: str) -> None:
    design = make_design()
    become, _ = ASKERS[asker]
    client = become(design)

    answers = [_ask(client, e, _address(e, design)) for e in ENDPOINTS if e.method == "get"]
    bodies = [answer.content for answer in answers]
    bodies.append(client.get(reverse("workspace", args=[design.id])).content)
    bodies.append(client.get(reverse("problems")).content)

    for body in bodies:
        assert b"anchors" not in body
        assert b"pf.clarify" not in body


def test_denied_change_changes_nothing() -> None:
    design = make_design(title="Old")
    client = ASKERS["candidate"][0](design)

    client.patch(f"/api/v1/designs/{design.id}", {"title": "New"}, "application/json")
    client.post(f"/api/v1/designs/{design.id}/end")

    design.refresh_from_db()
    assert (design.title, design.ended_at) == ("Old", None)


def _endpoints_of(patterns: Any) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        if not isinstance(pattern, URLPattern):
            yield from _endpoints_of(pattern.url_patterns)
            continue
        view: Any = pattern.callback
        for method in ("get", "post", "put", "patch", "delete"):
            if hasattr(view.view_class, method):
                yield str(pattern.name), method


def _design_for(endpoint: Endpoint) -> DesignSession:
    """Those of interviews need one that is under way."""
    if not endpoint.name.startswith(OF_INTERVIEWS):
        return make_design()
    interview = make_interview()
    lifecycle.start(interview, owner_access(interview.design))
    return interview.design


def _address(endpoint: Endpoint, design: DesignSession) -> str:
    args: list[UUID | str] = [design.id]
    if endpoint.name == "link":
        args.append(make_link(design)[0].id)
    if endpoint.name == "version":
        args.append(keep_version(design, owner_access(design), "First").id)
    if endpoint.name in {"card_rating", "card_revision"}:
        args.append("data")
    if endpoint.name in {"export", "export_file"}:
        document, _ = current_document(design)
        args.append(request_export(design.id, document, "svg", "light").id)
    if endpoint.name in {"score", "cancel_score", "judgement"}:
        args.append(score_as_is(design, *current_document(design)).id)
    return reverse(f"api:{endpoint.name}", args=args)


def _ask(client: Client, endpoint: Endpoint, address: str) -> HttpResponse:
    send: Callable[..., HttpResponse] = getattr(client, endpoint.method)
    if endpoint.method == "get":
        return send(address)
    return send(address, endpoint.body, content_type="application/json")


def _waiting_candidate(design: DesignSession) -> str:
    return str(make_participant(design, Role.CANDIDATE, make_guest("Late")).id)


def _seen(answer: HttpResponse) -> tuple[int, str, bytes]:
    return answer.status_code, answer.headers["Content-Type"], answer.content
