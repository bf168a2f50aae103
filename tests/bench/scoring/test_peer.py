"""Does the keyword counter count keywords, and nothing else?"""

from bench.scoring import peer


def test_more_terms_are_worth_more_and_a_dozen_are_enough() -> None:
    one = points("We look at nDCG.")
    two = points("We look at nDCG and at precision.")

    assert 0 < one < two < 100
    assert points(", ".join(sorted(peer.terms_of("metrics"))[:40])) == 100


def test_same_term_said_twice_is_one() -> None:
    assert points("nDCG, NDCG, ndcg") == points("nDCG")


def test_text_without_terms_earns_nothing() -> None:
    assert points("Grandmother bakes a cake.") == 0


def test_term_within_a_word_is_none() -> None:
    assert points("endcgx") == 0


def points(text: str) -> float:
    return peer.points("", {"metrics": text})["metrics"]
