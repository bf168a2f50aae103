"""Claims of others about a step: they count where the engine's own evidence would."""

from typing import Any

import pytest

from apps.scoring.engine.claimed import Basis, CardClaim, Claim, Weighed, weigh
from apps.scoring.engine.evidence import CRITERIA_PER_UNIT
from apps.scoring.engine.rubric import Rubric
from tests.scoring.documents import make_board, make_document, score

LINE = "Offline we use nDCG@10, because only ten titles of a row are visible."
OTHER = "New viewers are reported on their own: 30 days, and titles under one week."


def basis_of(notes: str, board: dict[str, Any] | None = None) -> Basis:
    return score(make_document({"metrics": notes}, board)).basis("metrics")


def index(rubric: Rubric, criterion: str, facet: str) -> int:
    found = (one for one in rubric.facets if (one.criterion, one.id) == (criterion, facet))
    return next(found).index


def claim(rubric: Rubric, notes: str, quote: str, criterion: str, facet: str) -> Claim:
    start = notes.index(quote)
    return Claim(index(rubric, criterion, facet), start, start + len(quote))


def weighed(rubric: Rubric, notes: str, *claims: tuple[str, str, str]) -> Weighed:
    """claims: quote, criterion, facet."""
    return weigh(basis_of(notes), [claim(rubric, notes, *one) for one in claims])


def test_nothing_claimed_is_no_evidence_whatever_the_notes_say(rubric: Rubric) -> None:
    assert set(weighed(rubric, LINE).levels.values()) == {None}


def test_levels_come_from_the_rules(rubric: Rubric) -> None:
    one = (LINE, "me.offline", "metric")
    two = (OTHER, "me.offline", "slices")

    first, both = weighed(rubric, LINE, one), weighed(rubric, f"{LINE}\n{OTHER}", one, two)

    assert first.refused == both.refused == {}
    assert (first.levels["me.offline"] or 0) >= 2
    assert (both.levels["me.offline"] or 0) >= (first.levels["me.offline"] or 0)


def test_the_same_claim_twice_is_one(rubric: Rubric) -> None:
    one = (LINE, "me.offline", "metric")

    assert weighed(rubric, LINE, one, one) == weighed(rubric, LINE, one)


@pytest.mark.parametrize(
    ("notes", "quote", "why"),
    [
        ("We will not use nDCG or any metric.", "use nDCG or any metric", "NEGATED"),
        ("An offline metric is left out.", "An offline metric", "NEGATED"),
        ("# Offline metric of the ranking\n", "Offline metric of the ranking", "NO_UNIT"),
        ("```\noffline = ndcg(10)\n```\n", "offline = ndcg(10)", "NO_UNIT"),
        ("nDCG, MRR, recall, AUC, F1.", "nDCG, MRR, recall, AUC, F1.", "LIST"),
        (f"{LINE[:-1]}?", f"{LINE[:-1]}?", "QUESTION"),
    ],
)
def test_what_the_guards_refuse_does_not_count(
    rubric: Rubric, notes: str, quote: str, why: str
) -> None:
    result = weighed(rubric, notes, (quote, "me.offline", "metric"))

    assert list(result.refused.values()) == [why]
    assert result.levels["me.offline"] is None


def test_a_denial_beside_the_claim_does_no_harm(rubric: Rubric) -> None:
    notes = "Offline we use nDCG@10 per segment, without a human in the loop."

    assert weighed(rubric, notes, (notes, "me.offline", "metric")).refused == {}


def test_a_unit_serves_its_best_criteria_only(rubric: Rubric) -> None:
    facets = (
        ("me.offline", "metric"),
        ("me.rank", "order"),
        ("me.online", "online"),
        ("me.counter", "guard"),
        ("me.cost", "latency"),
    )

    result = weighed(rubric, LINE, *((LINE, *facet) for facet in facets))

    too_many = len(facets) - CRITERIA_PER_UNIT
    assert list(result.refused.values()) == ["EXCLUSIVE"] * too_many
    assert sum(level is not None for level in result.levels.values()) == CRITERIA_PER_UNIT


def test_a_claim_on_everything_is_a_claim_on_one_unit(rubric: Rubric) -> None:
    notes = f"{LINE} {OTHER}"
    everything, line = (notes, "me.offline", "metric"), (OTHER, "me.offline", "metric")

    assert weighed(rubric, notes, everything).levels == weighed(rubric, notes, line).levels


def test_a_card_is_worth_a_part_on_the_board(rubric: Rubric) -> None:
    board = make_board({"a": "user", "b": "other"}, "a>b request")
    facet = index(rubric, "me.counter", "guard")

    result = weigh(basis_of(LINE, board), [], [CardClaim(facet, "b")])

    assert result.levels["me.counter"] == 2


def test_a_card_shows_nothing_where_the_board_cannot(rubric: Rubric) -> None:
    board = make_board({"a": "user", "b": "other"}, "a>b request")
    facet = index(rubric, "me.offline", "metric")

    result = weigh(basis_of(LINE, board), [], [CardClaim(facet, "b")])

    assert result.levels["me.offline"] is None
