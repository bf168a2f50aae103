"""A design from a file: the page of the Import button."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from apps.accounts.cookies import write_guest_id
from apps.accounts.domain.guests import GUEST_NAME, as_guest
from apps.accounts.middleware import actor_of
from apps.core.errors import Invalid
from apps.designs.document.validation import parse_text
from apps.designs.domain.importing import import_design
from apps.web.forms import ImportForm


def import_file(request: HttpRequest) -> HttpResponse:
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _create(request, form.cleaned_data["file"].read())
        except Invalid as error:
            return _page(request, form, error)
    return _page(request, form, None)


def _create(request: HttpRequest, content: bytes) -> HttpResponse:
    document = parse_text(content)
    actor = as_guest(actor_of(request), GUEST_NAME)
    design = import_design(actor, document)
    response = redirect("workspace", design.id)
    if actor.guest_id:
        write_guest_id(response, actor.guest_id)
    return response


def _page(request: HttpRequest, form: ImportForm, error: Invalid | None) -> HttpResponse:
    status = 400 if error or (form.is_bound and form.errors) else 200
    context = {"form": form, "error": error, "section": "sessions"}
    return render(request, "pages/import.html", context, status=status)
