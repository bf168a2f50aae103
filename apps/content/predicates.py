"""What does a predicate over a board name? Its component types, groups of them, and steps.

What predicates mean is the scoring engine's business; here it only matters that the names exist.
"""

from collections.abc import Iterator
from typing import Any, Final

from apps.content.yaml_files import Keys

# The arguments that list types. Other lists are of words, units, kinds and steps.
_TYPES: Final = {
    "exists", "of", "from", "to", "through", "avoiding", "except", "these", "those", "before",
}  # fmt: skip
_STEPS: Final = {"steps"}


def types_in(predicate: Any) -> Iterator[tuple[Keys, str]]:
    """Each type or "@group" with its place in the predicate. "*" stands for any and is no name."""
    return ((keys, name) for keys, name in _names(predicate, _TYPES, ()) if name != "*")


def steps_in(predicate: Any) -> Iterator[tuple[Keys, str]]:
    return _names(predicate, _STEPS, ())


def _names(value: Any, arguments: set[str], keys: Keys) -> Iterator[tuple[Keys, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in arguments and isinstance(inner, list):  # a share is `of` a number
                yield from (((*keys, key, place), name) for place, name in enumerate(inner))
            else:
                yield from _names(inner, arguments, (*keys, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _names(inner, arguments, (*keys, place))
