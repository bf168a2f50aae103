"""Is each line of an outline in one bullet, and does what covers it exist?"""

from collections.abc import Iterator
from typing import Final

from apps.content.checks.naming import CRITERION, require_items
from apps.content.coverage import KINDS_OF_COVER, names_to_cover_with
from apps.content.loader import Data, Pack
from apps.content.yaml_files import Keys

_ONE_OF: Final = {
    "prompts": "prompt of the flow",
    "criteria": CRITERION,
    "components": "component type",
    "problems": "problem",
    "drills": "drill",
}


def check(pack: Pack) -> None:
    names = names_to_cover_with(pack.document)
    line, seen = 0, set[str]()
    for keys, bullet in _bullets(pack.document):
        first, last = bullet["lines"]
        if first != line + 1 or last < first:
            raise pack.fault(
                (*keys, "lines"), f"must begin with line {line + 1} and not end before"
            )
        if bullet["id"] in seen:
            raise pack.fault((*keys, "id"), f'"{bullet["id"]}" stands twice')
        line = last
        seen.add(bullet["id"])
        for kind in KINDS_OF_COVER:
            require_items(pack, (*keys, kind), bullet.get(kind, ()), names[kind], _ONE_OF[kind])
    if line != pack.document["lines"]:
        raise pack.fault(("parts",), f"end with line {line} of {pack.document['lines']}")
    for kind, items in pack.document["additions"].items():
        ids = [item["id"] for item in items]
        require_items(pack, ("additions", kind), ids, names[kind], _ONE_OF[kind])


def _bullets(document: Data) -> Iterator[tuple[Keys, Data]]:
    for number, part in enumerate(document["parts"]):
        for index, bullet in enumerate(part["bullets"]):
            yield ("parts", number, "bullets", index), bullet
