"""What a pack's document becomes."""

from pathlib import Path

import pytest

from apps.content import registry
from apps.content.build import rubric_of
from apps.content.loader import InvalidPack, read_pack
from tests.content.packs import copy_of

LEXICON = registry.pack("lexicon", "design-interviews")


def test_a_rubric_adds_its_own_words_to_those_of_its_lexicon(tmp_path: Path) -> None:
    own = "names: [zookeeper]\nword_groups: {fruit: [apple, pear]}\nlexicon:"
    folder = copy_of("rubrics/ml-9-step", tmp_path, ("rubric.yaml", "lexicon:", own))

    data = rubric_of(read_pack("rubric", folder), LEXICON).data

    assert data["names"] == [*LEXICON.document["names"], "zookeeper"]
    assert data["word_groups"] == {**LEXICON.document["word_groups"], "fruit": ["apple", "pear"]}


def test_another_lexicon_is_another_rubric_to_score_by(tmp_path: Path) -> None:
    changed = copy_of(
        "lexicons/design-interviews", tmp_path, ("lexicon.yaml", "[near,", "[nigh, near,")
    )
    pack = registry.pack("rubric", "ml-9-step")

    rules = registry.rules_of("ml-9-step")

    before = rubric_of(pack, LEXICON, rules)
    after = rubric_of(pack, read_pack("lexicon", changed), rules)

    assert before.sha256 != after.sha256
    assert before.sha256 == registry.rubric("ml-9-step").sha256


def test_another_rule_is_another_rubric_to_score_by(tmp_path: Path) -> None:
    changed = copy_of("rules/ml-systems", tmp_path, ("rules.yaml", "above: 10000", "above: 5000"))
    pack = registry.pack("rubric", "ml-9-step")

    scored_by = rubric_of(pack, LEXICON, [read_pack("rules", changed)])

    assert scored_by.sha256 != registry.rubric("ml-9-step").sha256
    assert len(scored_by.data["graph_rules"]) == 32  # type: ignore[arg-type] # a list


def test_a_rubric_whose_lexicon_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy_of(
        "rubrics/ml-9-step",
        tmp_path,
        ("rubric.yaml", "lexicon: design-interviews", "lexicon: gone"),
    )
    broken = read_pack("rubric", folder)
    find = registry.pack
    monkeypatch.setattr(
        registry, "pack", lambda kind, id_: broken if kind == "rubric" else find(kind, id_)
    )

    with pytest.raises(InvalidPack, match=r'rubric.yaml:\d+: \$.lexicon There is no "gone"'):
        registry.rubric.__wrapped__("ml-9-step")
