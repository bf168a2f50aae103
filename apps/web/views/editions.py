"""Where staff write problems: a draft with its preview, then published, then perhaps retired."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.accounts.models import User
from apps.content.build import problem_of
from apps.content.domain import authoring, library
from apps.content.models import ProblemEdition
from apps.core.errors import Conflict, Invalid
from apps.web.forms import NewEditionForm
from apps.web.problem_page import problem_context
from apps.web.staff import staff_only


@require_GET
@staff_only
def editions(request: HttpRequest, _staff: User) -> HttpResponse:
    return _list(request, NewEditionForm())


@require_POST
@staff_only
def start(request: HttpRequest, staff: User) -> HttpResponse:
    """A draft: of a problem's next version, or of a new problem."""
    form = NewEditionForm(request.POST)
    if not form.is_valid():
        return _list(request, form, status=400)
    try:
        draft = authoring.start(staff, form.cleaned_data["problem"])
    except Conflict as error:
        form.add_error("problem", str(error))
        return _list(request, form, status=409)
    return redirect("edition", draft.id)


@require_http_methods(["GET", "POST"])
@staff_only
def edition(request: HttpRequest, staff: User, edition_id: UUID) -> HttpResponse:
    """The text beside what it makes. POST saves it, faults and all, and publishes if asked."""
    shown = authoring.edition(edition_id)
    if request.method == "POST":
        shown = authoring.save_draft(staff, edition_id, request.POST.get("source", ""))
        if "publish" in request.POST:
            return _publish(request, staff, shown)
    return _edit_page(request, shown)


@require_POST
@staff_only
def retire(_request: HttpRequest, staff: User, edition_id: UUID) -> HttpResponse:
    authoring.retire(staff, edition_id)
    return redirect("editions")


@require_POST
@staff_only
def bring_back(_request: HttpRequest, staff: User, edition_id: UUID) -> HttpResponse:
    authoring.bring_back(staff, edition_id)
    return redirect("editions")


@require_POST
@staff_only
def discard(_request: HttpRequest, _staff: User, edition_id: UUID) -> HttpResponse:
    authoring.discard_draft(edition_id)
    return redirect("editions")


def _publish(request: HttpRequest, staff: User, draft: ProblemEdition) -> HttpResponse:
    try:
        published = authoring.publish(staff, draft.id)
    except Invalid as error:
        return _edit_page(request, draft, str(error), status=400)
    messages.success(request, f"{published.problem_id} {published.version} is published.")
    return redirect("problem", published.problem_id)


def _list(request: HttpRequest, form: NewEditionForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "editions": authoring.editions(),
        "bank": library.problems(),
        "section": "problems",
    }
    return render(request, "pages/editions.html", context, status=status)


def _edit_page(
    request: HttpRequest, shown: ProblemEdition, fault: str = "", status: int = 200
) -> HttpResponse:
    """The preview, or what keeps the text from being published."""
    context: dict[str, object] = {"edition": shown, "section": "problems"}
    try:
        written = problem_of(authoring.read_source(shown.source, shown.problem_id))
        context |= problem_context(written, shows_brief=True)
    except Invalid as error:
        fault = fault or str(error)
    return render(request, "pages/edition.html", context | {"fault": fault}, status=status)
