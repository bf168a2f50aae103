"""The arithmetic of `rubric.md`, section 2, written a second time and in another way.

Every level gets one coefficient, which says how much of the total it makes up; the total is the
sum of their products. Nothing is shared with the product's code, and no pack is read: the figures
of the text stand here as such. By the preset `equal` a deep dive counts like any other step.
"""

import re
from fractions import Fraction
from typing import Any

# Weight of each step, and its criteria with theirs, as the table of the text has them.
WEIGHTS = {
    "problem-formulation": 14,
    "metrics": 10,
    "architecture": 13,
    "data": 13,
    "features": 10,
    "model": 14,
    "prediction-service": 10,
    "online-testing": 7,
    "scaling-monitoring": 9,
}
TABLE = {
    "problem-formulation": (
        "pf.clarify 3, pf.goal 3, pf.scope 2, pf.perf 2, pf.dataavail 2, pf.assume 1, "
        "pf.mlframe 3, pf.needml 1"
    ),
    "metrics": (
        "me.offline 3, me.rank 2, me.imbalance 2, me.online 3, me.counter 2, me.cost 2, "
        "me.tradeoff 2"
    ),
    "architecture": ("ar.nonml 3, ar.mlcomp 3, ar.flow 3, ar.modular 2, ar.mvp 2, ar.readable 1"),
    "data": (
        "da.needs 2, da.sources 2, da.storage 1, da.labels 3, da.negatives 2, da.scarcity 2, "
        "da.pipeline 3, da.bias 1"
    ),
    "features": (
        "fe.actors 3, fe.cross 2, fe.repr 2, fe.prep 2, fe.serve 3, fe.privacy 1, fe.importance 1"
    ),
    "model": (
        "md.baseline 3, md.choice 3, md.sample 2, md.split 3, md.imbalance 1, md.loss 2, "
        "md.eval 3, md.iterate 1"
    ),
    "prediction-service": (
        "ps.mode 3, ps.path 3, ps.verify 2, ps.retrieval 2, ps.edge 2, ps.compress 1"
    ),
    "online-testing": ("ot.ab 3, ot.decide 2, ot.bandit 1, ot.rollout 3, ot.gate 1"),
    "scaling-monitoring": (
        "sm.scale_sw 2, sm.scale_ml 2, sm.logging 2, sm.drift 3, sm.failure 3, sm.update 2, "
        "sm.extend 1, sm.trust 1"
    ),
    "xc": ("xc.structure 3, xc.tradeoff 3, xc.depth 3, xc.comm 2, xc.coherent 2"),
}
MULTIPLIERS = {
    "in_play": Fraction(1),
    "deep_dive": Fraction(2),
    "skipped_by_interviewer": Fraction(0),
    "skipped_by_candidate": Fraction(1, 2),
    "not_reached": Fraction(0),
}
LARGEST, CROSS = Fraction(35, 100), Fraction(15, 100)


CRITERIA = {
    step: [(id_, int(weight)) for id_, weight in re.findall(r"(\S+) ([1-3])", rows)]
    for step, rows in TABLE.items()
}


def calculate(card: Any, states: Any, *, equal: bool) -> dict[str, Any]:
    """card: item -> (level, state, probed)."""
    dives = [step for step in WEIGHTS if states[step] == "deep_dive"][:2]
    coefficients: dict[str, dict[str, Fraction]] = {}
    for step, criteria in CRITERIA.items():
        found = _within(step, criteria, card, states.get(step), equal, step in dives)
        if found:
            coefficients[step] = found
    pull = {
        step: (Fraction(1) if equal else Fraction(WEIGHTS[step]))
        * _m(states[step], step in dives and not equal)
        for step in coefficients
        if step != "xc" and MULTIPLIERS[states[step]]
    }
    coverage = Fraction(sum(WEIGHTS[step] for step in pull), 100)
    has_total = (
        "problem-formulation" in pull
        and ("architecture" in pull or "model" in pull)
        and len(pull) >= 4
        and coverage >= Fraction(45, 100)
    )
    if not has_total:
        # No figure is shown, and so no band.
        return {"total": None, "band": "", "coverage": coverage, "steps": coefficients}
    across = CROSS if "xc" in coefficients else Fraction(0)
    shares = {step: part * (1 - across) for step, part in _shares(pull).items()}
    if across:
        shares["xc"] = across
    total = sum(
        (
            share * part * _level(card, item)
            for step, share in shares.items()
            for item, part in coefficients[step].items()
        ),
        Fraction(0),
    )
    return {"total": total, "band": _band(total), "coverage": coverage, "steps": coefficients}


def _within(
    step: str, criteria: Any, card: Any, state: Any, equal: bool, is_dive: bool
) -> dict[str, Fraction]:
    """Which levels make up a step, and how much of it each."""
    own = card.get(step, (None, "", False))
    if own[1]:
        return {}
    if own[0] is not None:
        return {step: Fraction(1)}
    weights = {
        item: Fraction(1) if equal else Fraction(4 if is_dive and weight == 3 else weight)
        for item, weight in criteria
        if card.get(item, (None, "", False))[1] != "NA"
    }
    levels = {}
    for item in weights:
        level, _, probed = card.get(item, (None, "", False))
        if level is not None or (state == "skipped_by_candidate" and probed):
            levels[item] = weights[item]
    carried = sum(levels.values(), Fraction(0))
    if not carried or (step != "xc" and 2 * carried < sum(weights.values(), Fraction(0))):
        return {}
    return {item: weight / carried for item, weight in levels.items()}


def _level(card: Any, item: str) -> int:
    level = card[item][0]
    return 1 if level is None else level


def _m(state: str, is_dive: bool) -> Fraction:
    return MULTIPLIERS["in_play" if state == "deep_dive" and not is_dive else state]


def _shares(pull: dict[str, Fraction]) -> dict[str, Fraction]:
    """The heaviest k steps stand at the limit, the others share the rest: the first k that fits."""
    heaviest = sorted(pull, key=lambda step: -pull[step])
    for k in range(len(heaviest)):
        rest = heaviest[k:]
        unit = (1 - k * LARGEST) / sum(pull[step] for step in rest)
        if pull[rest[0]] * unit <= LARGEST:
            return dict.fromkeys(heaviest[:k], LARGEST) | {s: pull[s] * unit for s in rest}
    raise AssertionError("no k fits")


def _band(total: Fraction) -> str:
    hundredths = (total * 100 + Fraction(1, 2)).__floor__()
    if hundredths >= 340:
        return "strong_yes"
    if hundredths >= 270:
        return "yes"
    return "no" if hundredths >= 200 else "strong_no"
