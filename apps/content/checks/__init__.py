"""Do the packs fit together? One module a kind: ids that a pack names must be there."""

from collections.abc import Callable
from typing import Final

from apps.content import registry
from apps.content.checks import catalogue, coverage, drill, flow, problem, rubric, rules
from apps.content.kinds import KINDS
from apps.content.loader import Pack

CHECKS: Final[dict[str, Callable[[Pack], None]]] = {
    "catalogue": catalogue.check,
    "coverage": coverage.check,
    "drill": drill.check,
    "flow": flow.check,
    "problem": problem.check,
    "rubric": rubric.check,
    "rules": rules.check,
}


def check_packs() -> list[Pack]:
    """Every pack. Raises InvalidPack at the first fault."""
    packs = [registry.pack(kind, pack_id) for kind in KINDS for pack_id in registry.pack_ids(kind)]
    for pack in packs:
        check_pack(pack)
    return packs


def check_pack(pack: Pack) -> None:
    """Raises Invalid if the pack names what is not there, or contradicts itself."""
    check = CHECKS.get(pack.kind.name)
    if check is not None:
        check(pack)
