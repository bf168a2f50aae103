"""How much content is there?"""

from collections.abc import Iterable

from apps.content.loader import Pack


def counts_of(packs: Iterable[Pack]) -> dict[str, int]:
    packs = list(packs)

    def number(kind: str) -> int:
        return sum(pack.kind.name == kind for pack in packs)

    def items(kind: str, key: str) -> int:
        return sum(len(pack.document.get(key, [])) for pack in packs if pack.kind.name == kind)

    return {
        "flows": number("flow"),
        "steps": items("flow", "steps"),
        "criteria": items("rubric", "criteria"),
        "components": items("catalogue", "components"),
        "rules": items("rules", "rules"),
        "problems": number("problem"),
        "drills": number("drill"),
        "worked_answers": items("problem", "answers"),
    }
