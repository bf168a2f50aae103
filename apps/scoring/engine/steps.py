"""What does one step earn? From all that it is scored from to its result and how it came about."""

from collections import Counter
from dataclasses import asdict

from apps.core.json import Json, JsonObject
from apps.scoring.engine.confidence import confidence_of, doubts_about, doubts_of
from apps.scoring.engine.evidence import Found, gather
from apps.scoring.engine.ground import Judged
from apps.scoring.engine.inputs import Settings, StepInput
from apps.scoring.engine.interface import StepScored
from apps.scoring.engine.levels import Rating, rate
from apps.scoring.engine.overall import StepSum, step_confidence, step_sum
from apps.scoring.engine.quality import REPEATED, Surroundings, judge
from apps.scoring.engine.report import Report, Verdict
from apps.scoring.engine.rubric import Criterion, Rubric
from apps.scoring.engine.topic import Fit, focus, problem_fit
from apps.scoring.engine.trace import trace_criterion, trace_ground, trace_units


def score_step(given: StepInput, settings: Settings) -> StepScored:
    units = judged(given, settings)
    verdicts = _verdicts(given, units, settings)
    fit = problem_fit(given.units, settings.entities, given.elsewhere)
    added_up = _added_up(given, verdicts, fit, settings.rubric)
    return {
        "result": _result(given, verdicts, added_up, settings.rubric),
        "trace": _trace(given, units, verdicts, fit, added_up),
    }


def judged(given: StepInput, settings: Settings) -> list[Judged]:
    """The step's units, each with what its guards found."""
    around = Surroundings(
        settings.template_runs,
        settings.prompt_runs,
        frames=Counter(dict.fromkeys(given.frames, REPEATED)),
        seen=set(given.said_before),
    )
    return [
        Judged(unit, judge(unit, given.step.id, settings.rubric, around)) for unit in given.units
    ]


def _verdicts(given: StepInput, units: list[Judged], settings: Settings) -> list[Verdict]:
    found = gather(given.step, units)
    notes = given.body["notes"]
    about_text = doubts_about(notes, units, settings.rubric, settings.templates)
    verdicts = []
    for criterion in given.step.criteria:
        own = found[criterion.id]
        rating = _rating(criterion, own, given)
        sure = confidence_of(rating, own)
        verdicts.append(Verdict(criterion, rating, own, sure, doubts_of(rating, about_text)))
    return verdicts


def _rating(criterion: Criterion, found: Found, given: StepInput) -> Rating | None:
    """None for what the problem does not ask for, unless something is said about it."""
    rating = rate(criterion, found, given.board[criterion.id])
    is_asked = criterion.id not in given.not_applicable
    return rating if is_asked or rating.level is not None else None


def _added_up(given: StepInput, verdicts: list[Verdict], fit: Fit, rubric: Rubric) -> StepSum:
    ratings = [(one.criterion, one.rating) for one in verdicts]
    on_topic = focus(given.step, given.units, rubric)
    return step_sum(given.body["status"], ratings, on_topic, fit.value, rubric)


def _result(
    given: StepInput, verdicts: list[Verdict], added_up: StepSum, rubric: Rubric
) -> JsonObject:
    status = given.body["status"]
    report = Report(given.step, rubric, given.body["notes"], given.names, given.rules)
    sure = [(one.criterion, one.confidence.value) for one in verdicts if one.rating is not None]
    return {
        "score": added_up.score,
        "confidence": step_confidence(status, sure, rubric),
        "status": status,
        "criteria": list[Json](map(report.criterion, verdicts)),
    }


def _trace(
    given: StepInput, units: list[Judged], verdicts: list[Verdict], fit: Fit, added_up: StepSum
) -> JsonObject:
    return {
        "units": trace_units(units),
        "ground": trace_ground(given.step, units),
        "criteria": {
            one.criterion.id: {
                **trace_criterion(one, given.board[one.criterion.id], units),
                "weight": added_up.weights.get(one.criterion.id, 0.0),
            }
            for one in verdicts
        },
        "mean": added_up.mean,
        "focus": added_up.focus,
        "problem": asdict(fit),
        "fit": added_up.fit,
        "score": added_up.score,
        "sum": added_up.text,
    }
