"""How a free text stands against a reference."""

from apps.scoring.engine.match import match

QUESTION = "Why split by time?"
REFERENCE = (
    "A random split lets information from the future leak into training, so the offline result is "
    "too optimistic; splitting by time mirrors how the model is used."
)
GOOD = (
    "Random splitting leaks the future into the training data and makes the offline score look "
    "better than it is. Splitting by time is how the model is really used."
)


def points(answer: str) -> float:
    return match(QUESTION, REFERENCE, [], answer)


def test_answers_are_ordered_by_what_they_cover() -> None:
    assert points(GOOD) > points("A split is needed for training and test.") > points("Yes.") == 0


def test_reference_itself_is_the_best_answer() -> None:
    assert points(REFERENCE) == 1.0


def test_heap_of_the_references_words_stays_below_an_answer() -> None:
    heap = "split time future leak training random offline optimistic result model information used"

    assert points(heap) < points(GOOD)


def test_short_notes_are_no_heap() -> None:
    assert points("future leaks into training") == points("the future leaks into training") > 0
