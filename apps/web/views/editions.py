"""Where problems are written: a draft with its preview, then published, then perhaps retired."""

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
from apps.web.writers import Writer, writers_only


@require_GET
@writers_only
def editions(request: HttpRequest, writer: Writer) -> HttpResponse:
    return _list(request, writer, NewEditionForm())


@require_POST
@writers_only
def start(request: HttpRequest, writer: Writer) -> HttpResponse:
    """A draft: of a problem's next version, or of a new problem."""
    form = NewEditionForm(request.POST)
    if not form.is_valid():
        return _list(request, writer, form, status=400)
    values = form.cleaned_data
    owner = writer.owner(values["organisation"])
    try:
        draft = authoring.start(writer.user, values["problem"], owner)
    except (Conflict, Invalid) as error:
        form.add_error("problem", str(error))
        return _list(request, writer, form, status=409)
    return redirect("edition", draft.id)


@require_http_methods(["GET", "POST"])
@writers_only
def edition(request: HttpRequest, writer: Writer, edition_id: UUID) -> HttpResponse:
    """The text beside what it makes. POST saves it, faults and all, and publishes if asked."""
    shown = writer.edition(edition_id)
    if request.method == "POST":
        shown = authoring.save_draft(writer.user, edition_id, request.POST.get("source", ""))
        if "publish" in request.POST:
            return _publish(request, writer.user, shown)
    return _edit_page(request, shown)


@require_POST
@writers_only
def retire(_request: HttpRequest, writer: Writer, edition_id: UUID) -> HttpResponse:
    authoring.retire(writer.user, writer.edition(edition_id).id)
    return redirect("editions")


@require_POST
@writers_only
def bring_back(_request: HttpRequest, writer: Writer, edition_id: UUID) -> HttpResponse:
    authoring.bring_back(writer.user, writer.edition(edition_id).id)
    return redirect("editions")


@require_POST
@writers_only
def discard(_request: HttpRequest, writer: Writer, edition_id: UUID) -> HttpResponse:
    authoring.discard_draft(writer.edition(edition_id).id)
    return redirect("editions")


def _publish(request: HttpRequest, author: User, draft: ProblemEdition) -> HttpResponse:
    try:
        published = authoring.publish(author, draft.id)
    except Invalid as error:
        return _edit_page(request, draft, str(error), status=400)
    messages.success(request, f"{published.problem_id} {published.version} is published.")
    return redirect("problem", published.problem_id)


def _list(
    request: HttpRequest, writer: Writer, form: NewEditionForm, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "editions": authoring.editions(writer.owners),
        "bank": library.problems(writer.user.id),
        "writer": writer,
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
