"""A draft saves itself item by item, and belongs to one person."""

from typing import Any

import pytest

from apps.core.errors import Conflict, Invalid, NotFound
from apps.core.permissions import Role
from apps.designs.domain.flows import switch_flow
from apps.interviews.domain import lifecycle
from apps.interviews.domain.cards.drafting import Change, give_verdict, save
from apps.interviews.domain.cards.evidence import Pointer
from apps.interviews.domain.cards.making import own_card
from apps.interviews.domain.cards.reading import own_card_json
from apps.interviews.models import Evidence, Interview, Rating, ScoreCard
from tests.clock import Clock
from tests.factories import owner_access
from tests.interviews.cards import interviewer, played_interview, somebody, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def interview(clock: Clock) -> Interview:
    return played_interview(has_ended=False)


def told(interview: Interview, access: Any) -> Any:
    return own_card_json(interview, access)


def test_card_is_made_on_the_first_look_and_kept(interview: Interview) -> None:
    ada = interviewer(interview)

    first, second = own_card(interview, ada), own_card(interview, ada)

    assert first.pk == second.pk
    assert (first.rater_id, first.rubric_id) == (ada.participant_id, "ml-9-step")


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.OBSERVER])
def test_nobody_else_has_a_card(interview: Interview, role: Role) -> None:
    access = somebody(interview, role)

    with pytest.raises(NotFound):
        own_card(interview, access)


def test_rating_is_saved_whole_and_again(interview: Interview) -> None:
    card = own_card(interview, interviewer(interview))

    save(card, "data", Change(level=2, reason="  Vague. ", confidence="low", is_probed=True))
    save(card, "data", Change(state="NE"))

    rating = Rating.objects.get(card=card)
    assert (rating.item, rating.kind, rating.level, rating.state) == ("data", "step", None, "NE")
    assert (rating.reason, rating.confidence, rating.is_probed) == ("", "", False)


def test_criteria_stand_below_their_step(interview: Interview) -> None:
    card = own_card(interview, interviewer(interview))

    assert save(card, "da.labels", Change(level=4)).kind == Rating.Kind.CRITERION
    assert save(card, "xc.depth", Change(level=4)).kind == Rating.Kind.CRITERION


def test_what_the_rubric_does_not_know_cannot_be_rated(interview: Interview) -> None:
    card = own_card(interview, interviewer(interview))

    with pytest.raises(NotFound, match=r"da\.nothing"):
        save(card, "da.nothing", Change(level=4))


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (Change(level=5), "$.level"),
        (Change(level=3, state="NE"), "$.level"),
        (Change(state="XX"), "$.state"),
        (Change(level=3, confidence="sure"), "$.confidence"),
        (Change(level=3, reason="x" * 4001), "$.reason"),
        (Change(evidence=(Pointer("smell", {}),)), "$.evidence[0].kind"),
        (Change(evidence=(Pointer("moment", {"seq": -1}),)), "$.evidence[0].pointer.seq"),
        (Change(evidence=(Pointer("component", {"id": "c1"}),)), "$.evidence[0].pointer.name"),
        (Change(evidence=(Pointer("moment", {"seq": 1, "x": 2}),)), "$.evidence[0].pointer"),
        (Change(evidence=(Pointer("moment", {"seq": 1}),) * 21), "$.evidence"),
    ],
)
def test_nonsense_is_refused_with_its_place(
    interview: Interview, change: Change, path: str
) -> None:
    card = own_card(interview, interviewer(interview))

    with pytest.raises(Invalid) as refused:
        save(card, "data", change)

    assert path in [fault.path for fault in refused.value.faults]
    assert not Rating.objects.exists()


def test_evidence_keeps_the_time_at_which_it_was_pointed_at(
    interview: Interview, clock: Clock
) -> None:
    card = own_card(interview, interviewer(interview))
    part = Pointer("component", {"id": "c1", "name": "Cache"})
    phrase = Pointer("note", {"step": "data", "start": 3, "end": 9, "quote": "joined"})

    clock.forward(minutes=7)
    save(card, "data", Change(level=3, evidence=(part,)))
    clock.forward(minutes=5)
    save(card, "data", Change(level=3, evidence=(phrase, part)))
    save(card, "data", Change(level=4))

    found = [(row.kind, row.clock_s) for row in Evidence.objects.order_by("position")]
    assert found == [("note", 12 * 60), ("component", 7 * 60)]


def test_band_is_not_sent_before_a_verdict_of_ones_own(interview: Interview) -> None:
    ada = interviewer(interview)
    card = own_card(interview, ada)
    for step in ("problem-formulation", "architecture", "data", "model"):
        save(card, step, Change(level=4, reason="Said."))
    assert told(interview, ada)["formula"] is None
    assert not interview.reveals.exists()

    give_verdict(card, "no", "A feeling.")

    formula = told(interview, ada)["formula"]
    assert (formula["default"]["total"]["band"], formula["flips"]) == ("strong_yes", False)
    assert [(row.what, row.participant_id) for row in interview.reveals.all()] == [
        ("band", ada.participant_id)
    ]


def test_verdict_after_the_band_is_a_change_with_a_reason(interview: Interview) -> None:
    ada = interviewer(interview)
    card = own_card(interview, ada)
    give_verdict(card, "no", "")
    give_verdict(card, "yes", "")  # nothing was shown yet
    told(interview, ada)

    with pytest.raises(Invalid):
        give_verdict(card, "strong_yes", " ")
    give_verdict(card, "strong_yes", "The figures made me think again.")

    card.refresh_from_db()
    assert card.verdict == "strong_yes"
    assert list(card.revisions.values_list("item", "level_before", "level_after")) == [
        ("verdict", 3, 4)
    ]


def test_submitted_card_is_not_saved_to(interview: Interview) -> None:
    lifecycle.end(interview, owner_access(interview.design))
    ada = interviewer(interview)
    card = submitted(interview, ada)

    with pytest.raises(Conflict):
        save(card, "data", Change(level=1, reason="No."))
    with pytest.raises(Conflict):
        give_verdict(card, "no", "No.")

    card.refresh_from_db()
    assert (card.status, card.verdict) == (ScoreCard.Status.SUBMITTED, "yes")


def test_card_of_a_gold_session_is_for_training(interview: Interview) -> None:
    interview.is_gold = True

    assert own_card(interview, interviewer(interview)).is_training


def test_draft_follows_its_session_into_another_flow(interview: Interview) -> None:
    ada = interviewer(interview)
    card = own_card(interview, ada)
    save(card, "data", Change(level=3))
    save(card, "xc.depth", Change(level=3, reason="Went deep."))
    give_verdict(card, "yes", "Fine.")

    switch_flow(interview.design, "system-design")

    body = told(interview, ada)
    assert body["card"]["rubric"]["id"] == "system-design"
    assert body["formula"]["default"]["cross"]["score"] == 3
    assert "$.ratings.data" not in [row["path"] for row in body["missing"]]
