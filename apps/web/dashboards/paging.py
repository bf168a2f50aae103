"""One page of a long list: its keys are sorted alone, and only the rows of the page read whole."""

from collections.abc import Sequence
from typing import Any, Final, TypeAlias
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from apps.interviews.domain.queries.mine import with_people
from apps.interviews.domain.queries.seats import Panels

ROWS_A_PAGE: Final = 25

Keys: TypeAlias = Sequence[UUID] | QuerySet[Any, UUID]


def page_of(
    interviews: Panels, keys: Keys, asked: str | None, count: int | None = None
) -> Page[Any]:
    """With the people of each. keys: of all that are listed, in order; count: of them, if known."""
    pages = Paginator(keys, ROWS_A_PAGE)
    if count is not None:
        pages.__dict__["count"] = count  # the paginator's own is counted when first asked for
    page: Page[Any] = pages.get_page(asked)
    listed = list(page.object_list)
    rows = with_people(interviews.order_by().filter(pk__in=listed)).in_bulk()
    page.object_list = [rows[key] for key in listed if key in rows]
    return page
