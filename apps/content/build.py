"""What does a pack that its schema accepted mean? Its document as a typed value."""

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec

from apps.content.loader import Data, Pack, sha256_of
from apps.content.types import (
    Catalogue,
    Category,
    ComponentType,
    Drill,
    Flow,
    FlowStep,
    Problem,
    RubricPack,
)

Value = TypeVar("Value")


def flow_of(pack: Pack) -> Flow:
    data = pack.document
    numbered = [{**step, "number": n} for n, step in enumerate(data["steps"], start=1)]
    steps = _value(tuple[FlowStep, ...], pack, numbered)
    return Flow(pack.id, pack.version, data["name"], data["rubric"], steps)


def catalogue_of(pack: Pack) -> Catalogue:
    """Raises InvalidPack for a component of no category."""
    data = pack.document
    categories = _value(tuple[Category, ...], pack, data["categories"])
    hues = {category.id: category.hue for category in categories}
    for index, item in enumerate(data["components"]):
        if item["category"] not in hues:
            reason = f'names "{item["category"]}", which is no category'
            raise pack.fault(("components", index, "category"), reason)
    incoming = _incoming(data["components"])
    components = [
        {
            "icon": item["id"],
            **item,
            "hue": hues[item["category"]],
            "ports": {"incoming": incoming[item["id"]], "outgoing": item["ports"]},
            "outgoing": _proposed(item),
        }
        for item in data["components"]
    ]
    return Catalogue(
        pack.id, pack.version, categories, _value(tuple[ComponentType, ...], pack, components)
    )


def _incoming(components: list[Data]) -> dict[str, dict[str, list[str]]]:
    """By type and kind: the types whose ports lead there. A port is said once, by its source."""
    found: dict[str, dict[str, list[str]]] = {item["id"]: {} for item in components}
    for item in components:
        for kind, targets in item["ports"].items():
            for target in targets:
                found.setdefault(target, {}).setdefault(kind, []).append(item["id"])
    return found


def _proposed(component: Data) -> dict[str, str]:
    """The kind of a new connection by target: of two kinds of port the first that is named."""
    kinds = {"*": component["otherwise"]}
    for kind, targets in component["ports"].items():
        for target in targets:
            kinds.setdefault(target, kind)
    return kinds


def problem_of(pack: Pack) -> Problem:
    return _value(Problem, pack, {**pack.document, "prompt": pack.document["prompt"].strip()})


def drill_of(pack: Pack) -> Drill:
    return _value(Drill, pack, pack.document)


def rubric_of(pack: Pack, lexicon: Pack, rules: Sequence[Pack] = ()) -> RubricPack:
    """With the words of its lexicon, and the graph rules and type groups of its rules packs.

    The hash is that of all of them: each can change a score.
    """
    own, shared = pack.document, lexicon.document
    data = {
        **own,
        "phrases": shared["phrases"],
        "synonyms": shared["synonyms"],
        "word_groups": {**shared["word_groups"], **own.get("word_groups", {})},
        "names": [*shared["names"], *own.get("names", [])],
        "type_groups": {
            name: types for one in rules for name, types in one.document["groups"].items()
        },
        "graph_rules": [rule for one in rules for rule in one.document["rules"]],
    }
    return RubricPack(pack.id, pack.version, sha256_of(data), data)


def _value(kind: type[Value], pack: Pack, data: Any) -> Value:
    """Raises InvalidPack where schema and type disagree, which is a fault of ours."""
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise pack.fault((), f"does not fit: {error}") from error
