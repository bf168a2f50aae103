"""What is left of a whole interview that three interviewers and a candidate played by clicks and
keys: times, states, cards, the order of the reveal, decision, reports. `whole` is how they played.
"""

from itertools import pairwise
from typing import Any

import pytest

from tests.e2e.whole import DIVE, LEVELS_OF_THE_MODEL, NOTE, SKIPPED, Played

# Where several processes share the tests, one of them plays it, for test_canaries.py too.
pytestmark = [pytest.mark.services, pytest.mark.xdist_group("whole interview")]
EVENTS = (
    "admitted", "started", "dived", "paused", "resumed", "frozen", "unfrozen", "clarified",
    "twist", "skipped", "ended",
)  # fmt: skip
SLOW_S = 300  # what four browsers may take in all


def test_time_is_counted_by_step_and_stands_still_in_the_pause(played: Played) -> None:
    interview = played.interview
    planned = {
        step["id"]: 0 if step["state"] == "skipped_by_candidate" else step["planned_s"]
        for step in interview["steps"]
    }

    beyond = {step["id"]: step["spent_s"] - planned[step["id"]] for step in interview["steps"]}

    assert interview["planned_s"] == 45 * 60
    # What the browsers took in real time comes on top; the ten minutes of the pause do not.
    assert all(0 <= seconds < SLOW_S for seconds in beyond.values()), beyond
    assert sum(planned.values()) <= interview["elapsed_s"] < sum(planned.values()) + SLOW_S


def test_deep_dive_and_skip_are_in_the_plan_and_in_the_weights(played: Played) -> None:
    states = [step["state"] for step in played.interview["steps"]]
    weights = [step["weight"] for step in played.record["steps"]]

    assert (states[DIVE - 1], states[SKIPPED - 1]) == ("deep_dive", "skipped_by_candidate")
    assert states.count("in_play") == 7
    assert weights[DIVE - 1] == max(weights)
    assert weights[SKIPPED - 1] == min(weights)


def test_events_came_in_their_order(played: Played) -> None:
    kinds = [kind for (kind,) in played.rows("SELECT kind FROM interviews_playevent ORDER BY seq")]

    assert tuple(kind for kind in kinds if kind in EVENTS) == EVENTS


def test_three_cards_and_one_revision_are_kept(played: Played) -> None:
    cards = played.record["cards"]
    model = [rating["level"] for card in cards for rating in card["ratings"] if _is_model(rating)]
    (revision,) = [one for card in cards for one in card["revisions"]]

    assert [card["verdict"] for card in cards] == ["yes"] * 3
    assert (revision["before"], revision["after"]) == (min(LEVELS_OF_THE_MODEL), 3)
    assert sorted(model) == [3, *sorted(LEVELS_OF_THE_MODEL)[1:]]


def _is_model(rating: dict[str, Any]) -> bool:
    return bool(rating["item"] == "model")


def test_nobody_saw_a_colleague_before_the_own_card_was_in(played: Played) -> None:
    seen = played.rows(
        """
        SELECT card.verdict_at, card.submitted_at, shown.what, shown.at
        FROM interviews_scorecard card
        JOIN interviews_reveal shown ON shown.participant_id = card.rater_id
        """,
    )

    assert {what for *_, what, _ in seen} == {"band", "peers", "machine"}
    for verdict_at, submitted_at, what, at in seen:
        assert (verdict_at if what == "band" else submitted_at) <= at


def test_panel_decided_and_signed_off_after_the_debrief(played: Played) -> None:
    record = played.record
    times = [
        record["interview"]["started_at"],
        record["interview"]["ended_at"],
        max(card["submitted_at"] for card in record["cards"]),
        *(note["at"] for note in record["notes"]),
        record["decision"]["at"],
        *(one["at"] for one in record["decision"]["signed_off"]),
    ]

    assert all(before < after for before, after in pairwise(times)), times
    assert [NOTE in note["text"] for note in record["notes"]] == [True]
    assert record["decision"]["verdict"] == record["panel"]["band"] == "yes"
    assert [one["by"] for one in record["decision"]["signed_off"]] == ["Anneke", "Kofi"]


def test_report_is_set_and_the_candidate_s_is_gone_when_revoked(played: Played) -> None:
    opened, loaded_again, opened_again, never_was = played.report_statuses

    assert played.pdf.startswith(b"%PDF-")
    assert opened == 200
    assert loaded_again == opened_again == never_was == 404
