"""What a denial reaches, and what only looks like one."""

import pytest

from apps.scoring.engine.lexicon import ARTICLES
from apps.scoring.engine.negation import negated_spans
from apps.scoring.engine.words import tokens_of


def is_denied(text: str, word: str) -> bool:
    tokens = [token for token in tokens_of(text) if token.word not in ARTICLES]
    place = [token.word for token in tokens].index(word)
    return any(start <= place < end for start, end in negated_spans(tokens, text))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("We do not monitor drift.", "drift"),
        ("There is no rollback.", "rollback"),
        ("We ship without any canary.", "canary"),
        ("We never look at nDCG or CTR.", "ctr"),
        ("A feature store is overkill here.", "store"),
        ("Drift is left out.", "drift"),
        ("Bandits are not needed.", "bandits"),
        ("We don’t log features.", "features"),
        ("We do not log features.", "features"),
        ("Nobody watches drift.", "drift"),
    ],
)
def test_denied(text: str, word: str) -> None:
    assert is_denied(text, word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("We do not guess but monitor drift.", "drift"),
        ("Not only clicks but also watch time count.", "clicks"),
        ("Titles that were not clicked are negatives.", "negatives"),
        ("No rollback; we monitor drift.", "drift"),
        ("The hide rate must not rise.", "rise"),
        ("Labels are not available yet, so we annotate.", "annotate"),
        ("We monitor drift, not uptime.", "drift"),
        ("Views were not logged so far.", "far"),
    ],
)
def test_not_denied(text: str, word: str) -> None:
    assert not is_denied(text, word)
