"""Whose panels does a list show, and when is the rest withheld?"""

import pytest

from apps.interviews.domain.queries.seats import panels_of
from apps.interviews.models import Interview, Reveal, ScoreCard
from bench.dashboards.rows import make_many
from tests.factories import actor_for, make_guest, make_user

pytestmark = pytest.mark.django_db


def test_one_sees_the_panels_of_ones_own_seats_only() -> None:
    anneke, kofi, priya = make_user("Anneke"), make_user("Kofi"), make_user("Priya")
    make_many([anneke, kofi], 2)

    assert panels_of(actor_for(anneke)).count() == 2
    assert panels_of(actor_for(kofi)).count() == 2
    assert panels_of(actor_for(priya)).count() == 0
    assert panels_of(actor_for(make_guest())).count() == 0
    assert panels_of(actor_for(None)).count() == 0


def test_others_cards_are_withheld_until_ones_own_is_in() -> None:
    anneke, kofi = make_user("Anneke"), make_user("Kofi")
    make_many([anneke, kofi], 1)
    ScoreCard.objects.filter(rater__user=kofi).update(status="draft")
    Reveal.objects.filter(participant__user=kofi).delete()

    assert panels_of(actor_for(anneke)).get().is_own_card_in
    assert not panels_of(actor_for(kofi)).get().is_own_card_in


def test_a_link_that_was_taken_away_shows_nothing() -> None:
    anneke, kofi = make_user("Anneke"), make_user("Kofi")
    make_many([anneke, kofi], 1)
    design = Interview.objects.get().design
    design.participants.filter(user=kofi).update(removed_at=design.ended_at)

    assert panels_of(actor_for(kofi)).count() == 0


def test_the_owner_is_known() -> None:
    anneke, kofi = make_user("Anneke"), make_user("Kofi")
    make_many([anneke, kofi], 1)

    assert panels_of(actor_for(anneke)).get().is_own
    assert not panels_of(actor_for(kofi)).get().is_own
