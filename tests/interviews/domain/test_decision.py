"""Deciding: after the end, after one's own card, with a reason, signed off."""

import pytest

from apps.core.errors import Conflict, Invalid, NotFound
from apps.interviews.domain.decision import decide, decision_of, sign_off
from tests.clock import Clock
from tests.interviews.panels import Played, access_of, play_interview, rated_interview

pytestmark = pytest.mark.django_db


@pytest.fixture
def rated(clock: Clock) -> Played:
    return rated_interview(clock)


def test_the_owner_decides_once_the_cards_are_in(rated: Played, clock: Clock) -> None:
    decision = decide(rated.interview, access_of(rated.owner), "yes", "  Sound throughout. ")

    assert (decision.verdict, decision.reason) == ("yes", "Sound throughout.")
    assert (decision.by_name, decision.at) == ("Owner", clock.now)


def test_nobody_decides_without_a_card(clock: Clock) -> None:
    played = play_interview(clock)

    with pytest.raises(Conflict, match="No score card"):
        decide(played.interview, access_of(played.owner), "yes", "Sound.")


def test_nobody_decides_before_their_own_card_is_in(clock: Clock) -> None:
    rated = rated_interview(clock, owner_rates=True)

    with pytest.raises(Conflict, match="your own score card"):
        decide(rated.interview, access_of(rated.owner), "no", "Weak.")

    assert decision_of(rated.interview) is None


@pytest.mark.parametrize(("verdict", "reason"), [("maybe", "Sound."), ("yes", "  ")])
def test_a_decision_has_a_verdict_and_a_reason(rated: Played, verdict: str, reason: str) -> None:
    with pytest.raises(Invalid):
        decide(rated.interview, access_of(rated.owner), verdict, reason)


def test_a_candidate_does_not_even_learn_that_there_is_a_decision(rated: Played) -> None:
    with pytest.raises(NotFound):
        decide(rated.interview, access_of(rated.candidate), "strong_yes", "Me.")


def test_another_decision_is_signed_off_again(rated: Played) -> None:
    decide(rated.interview, access_of(rated.owner), "yes", "Sound.")
    sign_off(rated.interview, access_of(rated.raters[0]))

    decision = decide(rated.interview, access_of(rated.owner), "no", "Read once more.")

    assert not decision.sign_offs.exists()


def test_signing_off_twice_is_once(rated: Played) -> None:
    rater = rated.raters[0]
    decision = decide(rated.interview, access_of(rated.owner), "yes", "Sound.")

    sign_off(rated.interview, access_of(rater))
    sign_off(rated.interview, access_of(rater))

    assert [row.participant_id for row in decision.sign_offs.all()] == [rater.id]


def test_there_is_nothing_to_sign_before_the_decision(rated: Played) -> None:
    with pytest.raises(Conflict, match="no decision"):
        sign_off(rated.interview, access_of(rated.raters[0]))
