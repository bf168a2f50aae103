"""No sentence serves in two packs: each was written for its own."""

from apps.content.checks import check_packs
from apps.content.loader import Pack, pack_from
from tests.content.packs import A_DRILL
from tests.content.prose import near_duplicates, sentences_of

LEAST = 0.55


def drill(pack_id: str, topic: str) -> Pack:
    return pack_from("drill", {**A_DRILL, "id": pack_id, "topic": topic})


def test_no_two_packs_share_a_sentence() -> None:
    sentences = (sentence for pack in check_packs() for sentence in sentences_of(pack))

    alike = near_duplicates(sentences, LEAST)

    assert [
        f"{share:.2f} {one.where}: {one.text} | {other.where}: {other.text}"
        for share, one, other in alike
    ] == []


def test_a_sentence_with_one_word_changed_is_found() -> None:
    first = drill("one", "The negatives come from what was seen on the screen and passed over.")
    second = drill("two", "The negatives come from what was seen on the page and passed over.")
    topics = [
        sentence
        for pack in (first, second)
        for sentence in sentences_of(pack)
        if sentence.where.endswith("topic")
    ]

    assert len(near_duplicates(topics, LEAST)) == 1
