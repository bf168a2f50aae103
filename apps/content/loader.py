"""How does a pack file become a value? Read, check against its schema, build.

A fault in a pack stops the loading with the file, the path inside it and the reason.
"""

import hashlib
import json
from collections.abc import Hashable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from apps.content.types import (
    Catalogue,
    Category,
    Clarification,
    ComponentType,
    Flow,
    FlowStep,
    KeyComponent,
    Problem,
    Prompt,
    RubricPack,
    SpecialCriterion,
    Twist,
)
from apps.core.errors import Fault, Invalid

CONTENT = Path(__file__).parent
PACKS = CONTENT / "packs"
SCHEMAS = CONTENT / "schemas"

# Data of a pack once its schema has accepted it: the schema is what vouches for the shape.
Data = dict[str, Any]


class InvalidPack(Invalid):
    """A pack that cannot be used. `file` is its name, `faults` say where and why."""

    def __init__(self, file: Path, path: str, reason: str) -> None:
        super().__init__(f"{file.name}: {path} {reason}", [Fault(path, reason)])
        self.file = file


def load_flow(file: Path) -> Flow:
    data = read_pack(file, "flow")
    steps = tuple(
        FlowStep(**{**step, "number": number, "prompts": _prompts(step)})
        for number, step in enumerate(data["steps"], start=1)
    )
    return Flow(data["id"], data["version"], data["name"], steps)


def load_catalogue(file: Path) -> Catalogue:
    data = read_pack(file, "catalogue")
    categories = tuple(Category(**category) for category in data["categories"])
    hues = {category.id: category.hue for category in categories}
    components = []
    for index, item in enumerate(data["components"]):
        if item["category"] not in hues:
            where = f"$.components[{index}].category"
            raise InvalidPack(file, where, f'names "{item["category"]}", which is no category')
        lists = {key: tuple(item[key]) for key in ("aliases", "steps")}
        components.append(ComponentType(**{**item, **lists, "hue": hues[item["category"]]}))
    return Catalogue(data["id"], data["version"], categories, tuple(components))


def load_problem(file: Path) -> Problem:
    data = read_pack(file, "problem")
    return Problem(
        **{
            **data,
            "prompt": data["prompt"].strip(),
            "clarifications": tuple(Clarification(**item) for item in data["clarifications"]),
            "key_components": tuple(KeyComponent(**item) for item in data["key_components"]),
            "special_criteria": tuple(
                SpecialCriterion(**item) for item in data["special_criteria"]
            ),
            "twists": tuple(Twist(**item) for item in data["twists"]),
            "not_applicable": tuple(data["not_applicable"]),
        }
    )


def load_rubric(file: Path) -> RubricPack:
    data = read_pack(file, "rubric")
    return RubricPack(data["id"], data["version"], sha256_of(file), data)


def read_pack(file: Path, schema: str) -> Data:
    """The data of a pack file that its schema accepts. Raises InvalidPack."""
    data = read_yaml(file)
    error = best_match(_validator(schema).iter_errors(data))
    if error is not None:
        raise InvalidPack(file, error.json_path, error.message)
    if data["id"] != file.stem:
        raise InvalidPack(file, "$.id", f'is "{data["id"]}", but the file is called {file.name}')
    return dict(data)


def read_yaml(file: Path) -> Any:
    try:
        return yaml.load(file.read_text(encoding="utf-8"), _StrictLoader)  # noqa: S506 a safe loader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InvalidPack(file, "$", f"is not YAML: {error}") from error


def sha256_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


class _StrictLoader(yaml.CSafeLoader):
    """YAML's safe subset. A key given twice is a slip of the author, not an override."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(
                None, None, f'the key "{twice}" stands twice in one mapping', node.start_mark
            )
        return super().construct_mapping(node, deep=deep)


def _prompts(step: Data) -> tuple[Prompt, ...]:
    return tuple(Prompt(**prompt) for prompt in step["prompts"])


@cache
def _validator(schema: str) -> Draft202012Validator:
    text = (SCHEMAS / f"{schema}.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))
