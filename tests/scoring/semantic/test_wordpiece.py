"""Texts are cut into pieces exactly as the model's own tokenizer does it."""

import pytest

from apps.scoring.semantic.wordpiece import MOST_PIECES, VOCABULARY, piece_ids

PIECES = VOCABULARY.read_text(encoding="utf-8").splitlines()


def pieces(text: str) -> list[str]:
    return [PIECES[number] for number in piece_ids(text)]


# As the library `tokenizers` cuts them with the model's tokenizer.json.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "[CLS] [SEP]"),
        ("Retrained nightly.", "[CLS] re ##train ##ed nightly . [SEP]"),
        ("p95 under 200ms", "[CLS] p ##9 ##5 under 200 ##ms [SEP]"),
        ("A/B-test", "[CLS] a / b - test [SEP]"),
        ("naïve Café", "[CLS] naive cafe [SEP]"),
        ("cafe\u0301", "[CLS] cafe [SEP]"),
        ("東京", "[CLS] 東 京 [SEP]"),
        ("tab\there\u00a0and\u3000there", "[CLS] tab here and there [SEP]"),
        ("zero\u200bwidth\x00", "[CLS] zero ##wi ##dt ##h [SEP]"),
        ("🙂", "[CLS] [UNK] [SEP]"),
        ("x" * 101, "[CLS] [UNK] [SEP]"),
    ],
)
def test_a_text_is_cut_as_the_model_learned_it(text: str, expected: str) -> None:
    assert " ".join(pieces(text)) == expected


def test_a_long_text_is_cut_at_the_models_window() -> None:
    ids = piece_ids("word " * 1000)

    assert len(ids) == MOST_PIECES
    assert PIECES[ids[-1]] == "[SEP]"
