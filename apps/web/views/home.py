"""The first page: what the product is for a stranger, the list of sessions for everybody else."""

from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.cookies import write_guest_id
from apps.accounts.domain.guests import GUEST_NAME, as_guest
from apps.accounts.middleware import actor_of
from apps.content import registry
from apps.designs.domain.creation import create_design
from apps.designs.domain.queries.designs import (
    TAB_CONDITIONS,
    Tab,
    count_by_tab,
    designs_of,
    search,
    with_emptiness,
    with_people,
)
from apps.designs.models import DesignSession
from apps.rooms.domain.projecting import behind

CARDS_A_PAGE = 24
FIRST_PROBLEM = "rec-video"
# The step that is lit on the ruler of the landing page, as an example.
LIT_STEP = 4
TAB_NAMES = {
    Tab.ALL: "All",
    Tab.INTERVIEWS: "Interviews",
    Tab.PRACTICE: "Practice",
    Tab.ENDED: "Ended",
}


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if actor.user_id is None and not designs_of(actor).exists():
        return landing(request)
    return library(request)


def landing(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "pages/landing.html",
        {
            "flow": registry.flow(),
            "lit_step": LIT_STEP,
            "component_count": sum(item.id != "other" for item in registry.catalogue().components),
            "has_screenshot": finders.find("workspace-light.png") is not None,
        },
    )


def library(request: HttpRequest) -> HttpResponse:
    tab, words = _tab_of(request), request.GET.get("q", "").strip()
    found = search(designs_of(actor_of(request)), words)
    counts = count_by_tab(found)
    shown = with_emptiness(with_people(found.filter(TAB_CONDITIONS[tab])))
    page = Paginator(shown, CARDS_A_PAGE).get_page(request.GET.get("page"))
    tabs = [{"id": t.value, "name": TAB_NAMES[t], "count": counts[t], "on": t is tab} for t in Tab]
    context = {
        "page": page,
        # Whether their boards are empty is not known yet: the picture tells.
        "behind": behind([design.id for design in page]),
        "tabs": tabs,
        "tab": tab.value,
        "words": words,
        "section": "sessions",
    }
    return render(request, "pages/library.html", context)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """A practice board at once, also without an account: it belongs to the browser's cookie."""
    actor = as_guest(actor_of(request), GUEST_NAME)
    practice = DesignSession.Kind.PRACTICE
    design = create_design(actor, practice, request.POST.get("problem") or FIRST_PROBLEM)
    response = redirect("workspace", design.id)
    if actor.guest_id:
        write_guest_id(response, actor.guest_id)
    return response


def _tab_of(request: HttpRequest) -> Tab:
    value = request.GET.get("tab", "")
    return Tab(value) if value in set(Tab) else Tab.ALL
