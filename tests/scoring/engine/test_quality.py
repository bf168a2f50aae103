"""Each guard says why a line does not count, and lets an honest line pass."""

import pytest

from apps.scoring.engine.annotate import annotate
from apps.scoring.engine.quality import Quality, Surroundings, judge, runs_of, survey
from apps.scoring.engine.rubric import Rubric
from apps.scoring.engine.units import units_of

TEMPLATE = "Which number, computed on held-out data, would you compare two models by?"
PROMPT = "A streaming service opens on a personal home page with a stack of rows."


def judged(notes: str, rubric: Rubric, step: str = "metrics") -> list[Quality]:
    around = Surroundings(runs_of([TEMPLATE]), runs_of([PROMPT]))
    units = [annotate(unit, rubric, frozenset({"viewer"})) for unit in units_of(notes)]
    survey(units, around)
    return [judge(unit, step, rubric, around) for unit in units]


@pytest.mark.parametrize(
    ("reason", "notes"),
    [
        ("TEMPLATE_COPY", "The number computed on held-out data to compare two models by."),
        ("PROMPT_COPY", "It is a streaming service that opens on a personal home page of rows."),
        ("LIST", "nDCG, CTR, recall, precision, AUC"),
        ("LIST", "Online metrics"),
        ("NO_SPECIFICS", "We use precision and recall as robust metrics to improve quality."),
        ("SALAD", "of the is we nDCG on and the to with rows measure a of."),
        ("OTHER_STEP", "Shadow deployment, then canary release with automatic rollback on errors."),
        ("QUESTION", "Would nDCG on finished titles fit the rows of the page?"),
    ],
)
def test_guard_names_its_reason(reason: str, notes: str, rubric: Rubric) -> None:
    quality = judged(notes, rubric)[0]

    assert reason in quality.reasons
    assert quality.factor < 1


def test_guard_against_the_same_line_twice(rubric: Rubric) -> None:
    first, again = judged(
        "- nDCG fits rows of ten titles.\n- nDCG fits rows of ten titles.", rubric
    )

    assert "DUPLICATE" not in first.reasons
    assert (again.factor, "DUPLICATE" in again.reasons) == (0.0, True)


def test_guard_against_one_frame_with_other_terms(rubric: Rubric) -> None:
    terms = ("nDCG", "recall", "watch time", "CTR")
    notes = "\n".join(f"- Our platform gains much from {term} in every market." for term in terms)

    assert all("FRAME" in quality.reasons for quality in judged(notes, rubric))


@pytest.mark.parametrize(
    "notes",
    [
        "We compare models by nDCG@10 because viewers rarely scroll past ten titles.",
        "The hide rate of children's profiles must not rise by more than 1%, or we stop.",
        "Three thousand questions judged by support staff give the MRR that decides.",
    ],
)
def test_honest_line_passes(notes: str, rubric: Rubric) -> None:
    assert judged(notes, rubric) == [Quality(1.0, ())]
