"""Collections of a running server leave alone what was loaded at its start."""

import gc
from collections.abc import Iterator

import pytest

from apps.web.serving.garbage import ALLOCATIONS, collect_seldom


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_what_is_there_is_looked_at_no_more_and_what_comes_is_seldom() -> None:
    loaded = [object()]
    collect_seldom()

    assert not any(one is loaded for one in gc.get_objects())
    assert gc.get_threshold()[0] == ALLOCATIONS


def test_cycles_made_later_are_still_found() -> None:
    collect_seldom()
    cycle: list[object] = []
    cycle.append(cycle)
    del cycle

    assert gc.collect() >= 1
