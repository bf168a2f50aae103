"""A 4 needs breadth: one short line, however dense with numbers, does not reach it."""

from typing import Any

import pytest

from tests.scoring.documents import all_of, answer, make_document, score

SHORT = {
    "metrics": "Recall at 10 per week, because 3 % of cases are positive.",
    "data": "Labels from 90 days of 2 million clicks, because 3 % convert.",
    "model": "Logistic regression with 40 features, then boosted trees with 300 because of 10 ms.",
    "prediction-service": "p99 under 100 ms at 4,000 requests per second: users leave after 1 s.",
    "online-testing": "A/B test of 2 weeks with 50 % of 1 million users, alpha 5 %.",
    "scaling-monitoring": "Alert at PSI above 0.2 within 1 hour, retrain every 7 days.",
}
TWO_SENTENCES = (
    "Recall at 10 is 0.42 per week. Precision at 5 is 0.3 because 3 % of cases are positive."
)


def criteria(step: str, notes: str) -> dict[str, Any]:
    reply: Any = score(make_document({step: notes})).reply()
    return {one["id"]: one for one in reply["steps"][step]["criteria"]}


def levels(step: str, notes: str) -> set[int]:
    return {one["level"] for one in criteria(step, notes).values() if one["level"] is not None}


@pytest.mark.parametrize(("step", "line"), SHORT.items(), ids=SHORT)
def test_short_line_with_numbers_is_no_4(step: str, line: str) -> None:
    found = levels(step, line)

    assert found
    assert max(found) <= 3


def test_two_dense_sentences_are_no_4() -> None:
    assert max(levels("metrics", TWO_SENTENCES)) == 3


def test_short_lines_in_every_step_are_no_4_anywhere() -> None:
    reply: Any = score(make_document(SHORT)).reply()

    found = [one["level"] for step in reply["steps"].values() for one in step["criteria"]]

    assert 4 not in found


@pytest.mark.parametrize("step", sorted({*all_of("strong")} & {*SHORT}))
def test_whole_answer_still_reaches_4(step: str) -> None:
    assert max(levels(step, answer(step, "strong"))) == 4


def test_few_words_are_less_sure() -> None:
    reply: Any = score(make_document({"metrics": SHORT["metrics"]})).reply()
    told = reply["trace"]["steps"]["metrics"]["criteria"]["me.offline"]["confidence"]

    assert told["extent"] == pytest.approx(0.6 + 0.4 * 12 / 60)
    assert criteria("metrics", SHORT["metrics"])["me.offline"]["confidence"] < 0.5
