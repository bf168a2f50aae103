"""The component catalogue: whole, with a drawing of its own for every type, and of one mind."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from apps.content import registry
from apps.content.browser import catalogue_json
from apps.content.checks import check_packs
from apps.content.loader import InvalidPack, read_pack
from apps.content.types import ComponentType
from apps.designs.document.items import OTHER_TYPE
from tests.content.packs import copy_of

ROOT = Path(__file__).parents[2]
CATALOGUE = registry.catalogue()
TYPES = CATALOGUE.components
NAMED = 82  # of the ML systems; beside them the language model parts and `other`
LANGUAGE = {
    "llm-gateway",
    "prompt-store",
    "tool-runner",
    "guardrail",
    "semantic-cache",
    "eval-set",
    "chunker",
}
SYMBOL = re.compile(r'<symbol id="([^"]+)"[^>]*>(.*)</symbol>')

each_type = pytest.mark.parametrize("component", TYPES, ids=lambda component: component.id)


def test_eighty_two_types_seven_of_language_models_and_other() -> None:
    by_category = Counter(component.category for component in TYPES)

    assert {item.id for item in TYPES if item.category == "language"} == LANGUAGE
    assert [item.id for item in TYPES if item.category == "other"] == [OTHER_TYPE]
    assert len(TYPES) - by_category["language"] - by_category["other"] >= NAMED
    assert registry.pack("catalogue", CATALOGUE.id).document["reserved"] == []


def test_every_type_has_a_symbol_of_its_own() -> None:
    symbols = dict(SYMBOL.findall((ROOT / "static/site/icons.svg").read_text(encoding="utf-8")))
    drawings = Counter(symbols.values())

    assert [item.id for item in TYPES if item.icon != item.id] == []
    assert [item.id for item in TYPES if item.id not in symbols] == []
    assert [item.id for item in TYPES if drawings[symbols[item.id]] > 1] == []


@each_type
def test_a_type_says_what_it_is_for_and_when_it_is_not(component: ComponentType) -> None:
    said = [component.description, component.not_for, component.example]

    assert all(text.endswith(".") for text in said)
    assert len(set(said)) == 3
    assert len(component.aliases) >= 4
    assert component.fields
    assert component.steps or component.id == OTHER_TYPE


def test_no_sentence_and_no_alias_is_used_twice() -> None:
    sentences = Counter(
        text for item in TYPES for text in (item.description, item.not_for, item.example)
    )
    aliases = Counter(alias.lower() for item in TYPES for alias in item.aliases)

    assert [text for text, times in (sentences + aliases).items() if times > 1] == []


def test_a_size_has_the_same_unit_wherever_it_is_written() -> None:
    """It is a key of the document's `fields`, which hold no unit."""
    units: dict[str, set[str]] = {}
    for item in TYPES:
        for field in item.fields:
            units.setdefault(field.name, set()).add(field.unit)

    assert {name: found for name, found in units.items() if len(found) > 1} == {}


@each_type
def test_the_editor_proposes_the_kind_of_the_port(component: ComponentType) -> None:
    ports = component.ports.outgoing

    proposed = {
        target: component.outgoing[target] for targets in ports.values() for target in targets
    }

    assert proposed == {target: kind for kind, targets in ports.items() for target in targets}


def test_ports_are_known_from_both_ends() -> None:
    logger = CATALOGUE.component("prediction-log")
    service = CATALOGUE.component("prediction-service")

    assert logger is not None
    assert service is not None
    assert "prediction-log" in service.ports.outgoing["event"]
    assert "prediction-service" in logger.ports.incoming["event"]


def test_kinds_are_proposed_by_target() -> None:
    client = CATALOGUE.component("user-client")

    assert client is not None
    assert client.hue == "blue"
    assert client.outgoing["event-logger"] == "event"
    assert client.outgoing["*"] == "request"


def test_what_a_type_is_evidence_for_stays_on_the_server() -> None:
    shown = catalogue_json(CATALOGUE)["components"]

    assert isinstance(shown, list)
    assert all("steps" not in item for item in shown if isinstance(item, dict))


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("08-model.yaml", "[re-ranker, blender", "[re-ranker, mixing-bowl", "no component type"),
        ("08-model.yaml", "[result mixer,", "[ranking,", 'is called "ranking", as ranker is'),
        ("08-model.yaml", "category: model", "category: modal", "no category"),
        ("08-model.yaml", "otherwise: request", "otherwise: magic", "is not one of"),
    ],
)
def test_a_catalogue_with_a_fault(
    file: str, old: str, new: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy_of("catalogue/ml-systems", tmp_path, (f"components/{file}", old, new))
    find = registry.pack
    monkeypatch.setattr(
        registry,
        "pack",
        cache(
            lambda kind, id_: read_pack(kind, folder) if kind == "catalogue" else find(kind, id_)
        ),
    )
    monkeypatch.setattr(registry, "catalogue", cache(registry.catalogue.__wrapped__))

    with pytest.raises(InvalidPack, match=reason):
        check_packs()
