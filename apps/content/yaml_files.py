"""What does a YAML file say, and on which line does it say so?"""

from collections import Counter
from collections.abc import Hashable
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml

from apps.core.errors import Fault, Invalid

# Where a value stands in a document: keys and indices from the top.
Keys: TypeAlias = tuple[str | int, ...]
FIRST_LINE: Final = 1
LONG: Final = 80  # characters; a longer text is a block of its own


class BadFile(ValueError):
    """A file of a pack that cannot be read as what it should hold. `line` counts from 1."""

    def __init__(self, file: Path, line: int, reason: str) -> None:
        super().__init__(reason)
        self.file, self.line = file, line


def read_yaml(file: Path) -> Any:
    """The file's value. Raises BadFile."""
    try:
        return _parse(file.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        raise BadFile(file, _line_of(error), f"is not YAML: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadFile(file, FIRST_LINE, f"is not YAML: {error}") from error


def parse_yaml(text: str) -> Any:
    """The value of a text that stands in no file. Raises Invalid with the line."""
    try:
        return _parse(text)
    except yaml.MarkedYAMLError as error:
        reason = f"line {_line_of(error)} is not YAML: {error.problem}"
    except yaml.YAMLError as error:
        reason = f"is not YAML: {error}"
    raise Invalid(f"$ {reason}", [Fault("$", reason)])


def write_yaml(value: Any) -> str:
    """The value as text to be edited: keys in their order, long texts as blocks."""
    text: str = yaml.dump(
        value, Dumper=_BlockDumper, sort_keys=False, allow_unicode=True, width=100
    )
    return text


def line_of(file: Path, keys: Keys) -> int:
    """The line on which the value at `keys` begins, or the nearest one around it that is there."""
    return line_in(file.read_text(encoding="utf-8"), keys)


def line_in(text: str, keys: Keys) -> int:
    """The same in a text that stands in no file."""
    node = yaml.compose(text, _StrictLoader)
    line = FIRST_LINE
    for key in keys:
        found = _child(node, key)
        if found is None:
            break
        node, line = found
    return line


def _parse(text: str) -> Any:
    return yaml.load(text, _StrictLoader)  # noqa: S506 a safe loader


class _StrictLoader(yaml.CSafeLoader):
    """YAML's safe subset. A key given twice is a slip of the author, not an override."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        twice = next((key for key, count in Counter(_keys(node)).items() if count > 1), None)
        if twice is not None:
            problem = f'the key "{twice}" stands twice in one mapping'
            raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark)
        mapping = super().construct_mapping(node, deep=deep)
        return {_as_text(key): value for key, value in mapping.items()}


# Dates stay text, as JSON has none. Everything else of the safe subset is JSON too.
_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


class _BlockDumper(yaml.SafeDumper):
    """Plain text where it can be, a block where quotes would only be in the way."""


def _as_block(dumper: _BlockDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text.strip() else ">" if len(text) > LONG else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_BlockDumper.add_representer(str, _as_block)


def _keys(node: yaml.MappingNode) -> list[str]:
    return [str(key.value) for key, _ in node.value]


def _as_text(key: Hashable) -> Hashable:
    """JSON's keys are text: a level's `3` is "3"."""
    return str(key) if isinstance(key, int) else key


def _child(node: yaml.Node | None, key: str | int) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        for key_node, value in node.value:
            if key_node.value == str(key):
                return value, _line(key_node.start_mark)
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        item: yaml.Node = node.value[key]
        return item, _line(item.start_mark)
    return None


def _line_of(error: yaml.MarkedYAMLError) -> int:
    return _line(error.problem_mark or error.context_mark)


def _line(mark: yaml.Mark | None) -> int:
    return mark.line + 1 if mark else FIRST_LINE
