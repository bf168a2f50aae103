"""One page of a long list: its keys are sorted alone, and only the rows of the page read whole."""

from typing import Any, Final

from django.core.paginator import Page, Paginator

from apps.interviews.domain.queries.mine import with_people
from apps.interviews.domain.queries.seats import Panels

ROWS_A_PAGE: Final = 25


def page_of(interviews: Panels, asked: str | None, count: int | None = None) -> Page[Any]:
    """With the people of each. count: of all interviews, where the caller knows it."""
    keys = Paginator(interviews.values_list("pk", flat=True), ROWS_A_PAGE)
    if count is not None:
        keys.__dict__["count"] = count  # the paginator's own is counted when first asked for
    page: Page[Any] = keys.get_page(asked)
    listed = list(page.object_list)
    rows = with_people(interviews.order_by().filter(pk__in=listed)).in_bulk()
    page.object_list = [rows[key] for key in listed if key in rows]
    return page
