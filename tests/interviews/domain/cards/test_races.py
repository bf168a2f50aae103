"""Several tabs and several people at once: nothing is doubled, lost or half written.

Threads stand for processes: each has a connection of its own to PostgreSQL.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from apps.core.errors import Conflict
from apps.interviews import signals
from apps.interviews.domain.cards.drafting import Change, save
from apps.interviews.domain.cards.making import own_card
from apps.interviews.domain.cards.submitting import revise, submit
from apps.interviews.models import Interview, Rating, ScoreCard
from tests.clock import Clock
from tests.interviews.cards import PANEL, PLAYED, fill_in, interviewer, played_interview, submitted

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def interview(clock: Clock) -> Interview:
    return played_interview()


def at_once(works: Sequence[Callable[[], object]]) -> list[object]:
    """The results, or what was raised, of works that begin together."""
    start = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        try:
            start.wait()
            return work()
        except Conflict as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_first_looks_of_many_tabs_make_one_card(interview: Interview) -> None:
    ada = interviewer(interview)

    at_once([lambda: own_card(interview, ada)] * 4)

    assert ScoreCard.objects.count() == 1


def test_two_tabs_save_side_by_side_and_the_last_of_one_item_wins(interview: Interview) -> None:
    card = own_card(interview, interviewer(interview))

    def tab(number: int) -> Callable[[], object]:
        def save_all() -> None:
            for item in PLAYED:
                save(card, item, Change(level=number, reason=f"Tab {number}"))

        return save_all

    at_once([tab(number) for number in (1, 2, 3, 4)])

    rows = list(Rating.objects.filter(card=card).values_list("item", "level", "reason"))
    assert sorted(item for item, _, _ in rows) == sorted(PLAYED)
    assert all(reason == f"Tab {level}" for _, level, reason in rows)


def test_card_is_submitted_once_from_two_tabs(interview: Interview) -> None:
    heard: list[object] = []

    def hear(**sent: object) -> None:
        heard.append(sent["card"])

    signals.card_submitted.connect(hear)
    card = fill_in(interview, interviewer(interview))

    at_once([lambda: submit(card, "Ada")] * 4)
    signals.card_submitted.disconnect(hear)

    assert len(heard) == 1


def test_saving_while_submitting_is_before_it_or_refused(interview: Interview) -> None:
    card = fill_in(interview, interviewer(interview))

    _, saved = at_once(
        [
            lambda: submit(card, "Ada"),
            lambda: save(card, "data", Change(level=1, reason="Late.")),
        ]
    )

    level = Rating.objects.get(card=card, item="data").level
    assert level == (3 if isinstance(saved, Conflict) else 1)
    assert interview.panel_steps.get(item="data").mean == level


def test_whole_panel_submits_at_once(interview: Interview) -> None:
    raters = [interviewer(interview, name) for name in PANEL]
    cards = [fill_in(interview, rater, level) for level, rater in enumerate(raters, 1)]

    at_once([lambda card=card: submit(card, "Rater") for card in cards])  # type: ignore[misc]

    row = interview.panel_steps.get(item="data")
    assert (row.mean, row.raters, interview.result.raters) == (2.5, 4, 4)


def test_revisions_during_the_debrief_all_count(interview: Interview) -> None:
    cards = [submitted(interview, interviewer(interview, name), 3) for name in PANEL]

    def revised(card: ScoreCard, level: int) -> Callable[[], object]:
        return lambda: revise(
            card, "data", level=level, state="", reason="Talked about it.", by_name="Rater"
        )

    at_once([revised(card, level) for level, card in zip((1, 2, 4, 4), cards, strict=True)])

    row = interview.panel_steps.get(item="data")
    assert (row.mean, sorted(row.levels.values())) == (2.75, [1, 2, 4, 4])
