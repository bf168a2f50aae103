"""Does a drill name steps, criteria and problems that are there?"""

from apps.content import registry
from apps.content.build import drill_of
from apps.content.checks.naming import CRITERION, STEP, criteria_of, require_items, steps_of
from apps.content.loader import Pack


def check(pack: Pack) -> None:
    drill = drill_of(pack)
    bank = registry.pack_ids("problem")
    require_items(pack, ("steps",), drill.steps, steps_of(registry.flow()), STEP)
    require_items(pack, ("criteria",), drill.criteria, criteria_of(registry.rubric()), CRITERION)
    require_items(pack, ("problems",), drill.problems, bank, "problem")
