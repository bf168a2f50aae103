"""My interviews: upcoming, to score, in debrief, done, and what I have to do next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from apps.accounts.middleware import actor_of
from apps.api.files import download
from apps.designs.models import Participant
from apps.interviews.domain.queries.mine import Shelf, count_by_shelf, mine, on_shelf, with_people
from apps.interviews.domain.queries.seats import SeatedInterview
from apps.interviews.exports.listing import Line, list_csv
from apps.web.dashboards.addresses import address_with
from apps.web.dashboards.links import open_address
from apps.web.dashboards.names import VERDICTS, candidate_of, is_hidden, raters_of
from apps.web.dashboards.paging import page_of

MOST_LINES: Final = 10_000  # of a file; the last ones of a longer list are left out
SHELF_NAMES: Final = {
    Shelf.UPCOMING: "Upcoming",
    Shelf.TO_SCORE: "To score",
    Shelf.DEBRIEF: "In debrief",
    Shelf.DONE: "Done",
}


@dataclass(frozen=True)
class Row:
    """when: planned or ended. verdict: words and tone. next_step: the words of a link."""

    candidate: str
    position: str
    problem: str
    when: datetime | None
    raters: list[Participant]
    verdict: tuple[str, str] | None
    total: float | None
    next_step: str
    address: str
    id: UUID
    can_hide_names: bool
    is_blind: bool


@require_GET
def my_interviews(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    found = mine(actor_of(request), words)
    counts = count_by_shelf(found)
    shelf = _shelf_of(request, counts)
    keys = on_shelf(found, shelf).values_list("pk", flat=True)
    page = page_of(found, keys, request.GET.get("page"), counts[shelf])
    context = {
        "page": page,
        "rows": [_row(one, shelf) for one in page],
        "shelves": [
            {"id": one.value, "name": SHELF_NAMES[one], "count": counts[one], "on": one is shelf}
            for one in Shelf
        ],
        "shelf": shelf.value,
        "words": words,
        "page_address": address_with(request),
        "to_do": list(_to_do(counts)),
        "section": "interviews",
    }
    return render(request, "dashboards/mine.html", context)


@require_GET
def my_interviews_csv(request: HttpRequest) -> HttpResponse:
    """What the page lists under the same address, all of its pages."""
    found = mine(actor_of(request), request.GET.get("q", "").strip())
    shelf = _shelf_of(request, count_by_shelf(found))
    rows = with_people(on_shelf(found, shelf))[:MOST_LINES]
    content = list_csv(_line(one) for one in rows).encode()
    response = download(content, "text/csv; charset=utf-8", f"interviews {shelf.value}", "csv")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _line(interview: SeatedInterview) -> Line:
    people: list[Participant] = getattr(interview.design, "people")  # noqa: B009 - as in `_row`
    candidate = "" if is_hidden(interview) else candidate_of(interview, people)
    return Line(interview, candidate, shows_scores=interview.is_own_card_in)


def _shelf_of(request: HttpRequest, counts: dict[Shelf, int]) -> Shelf:
    """The one that is asked for, else the first with something to do."""
    value = request.GET.get("shelf", "")
    if value in set(Shelf):
        return Shelf(value)
    urgent = (Shelf.TO_SCORE, Shelf.DEBRIEF, Shelf.UPCOMING)
    return next((shelf for shelf in urgent if counts[shelf]), Shelf.UPCOMING)


def _to_do(counts: dict[Shelf, int]) -> Iterator[dict[str, Any]]:
    for shelf, one, many in (
        (Shelf.TO_SCORE, "card to submit", "cards to submit"),
        (Shelf.DEBRIEF, "debrief without a decision", "debriefs without a decision"),
        (Shelf.UPCOMING, "interview ahead", "interviews ahead"),
    ):
        if count := counts[shelf]:
            words = f"{count} {one if count == 1 else many}"
            yield {"words": words, "address": f"{reverse('my_interviews')}?shelf={shelf.value}"}


def _row(interview: SeatedInterview, shelf: Shelf) -> Row:
    design = interview.design
    people: list[Participant] = getattr(design, "people")  # noqa: B009 - of `with_people`
    decision, result = getattr(interview, "decision", None), getattr(interview, "result", None)
    seen = interview.is_own_card_in
    next_step, address = open_address(interview, shelf)
    return Row(
        candidate=candidate_of(interview, people),
        position=interview.position,
        problem=design.problem_title or design.title,
        when=interview.ended_at or interview.started_at or interview.scheduled_at,
        raters=raters_of(interview, people),
        verdict=VERDICTS.get(decision.verdict) if decision and seen else None,
        total=result.total if result and seen else None,
        next_step=next_step,
        address=address,
        id=interview.pk,
        can_hide_names=interview.is_own and decision is None,
        is_blind=interview.is_blind,
    )
