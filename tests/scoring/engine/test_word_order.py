"""Words thrown together are told from sentences."""

import pytest

from apps.scoring.engine.word_order import fluency_of, order_worth


@pytest.mark.parametrize(
    "text",
    [
        "We compare models by nDCG@10 because viewers rarely scroll past ten titles.",
        "There is a loop to be careful with.",
        "Is the order of rows ours as well, or only the titles inside?",
        "Latency: 30 ms for retrieval, 80 ms for ranking; the rest is the way back.",
        "What it costs depends on who is asking and on where they are.",
    ],
)
def test_sentence_passes(text: str) -> None:
    assert order_worth(fluency_of(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Models nDCG@10 we by compare past the of scroll rarely because and viewers titles.",
        "Loop with careful be a is the of there to.",
        "for ranking. The 80 of retrieval ms and rest. Way is back the We",
    ],
)
def test_thrown_together_words_do_not(text: str) -> None:
    assert order_worth(fluency_of(text)) <= 0.5
