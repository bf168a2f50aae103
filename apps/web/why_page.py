"""What does the page "Why this score" show? The stored trace of a run, as sentences and tables.

Nothing is computed anew here: each figure is read from what the run left behind, so that the page
says the same as long as the run is kept.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from apps.content import registry
from apps.content.domain import library
from apps.content.types import RubricPack
from apps.core.errors import Invalid, NotFound
from apps.scoring.models import ScoreRun
from apps.web.why_words import (
    ROLES,
    STATES,
    TERMS,
    channel_words,
    counted_words,
    doubt_words,
    guard_words,
    match_words,
    not_counted_words,
    plain,
    predicate_words,
    sureness,
)

Trace = Mapping[str, Any]

# Below this a share is told as a reason why the score is lower.
# Of the confidence, in the order they are told in: a database need not keep it.
FACTORS: Final = ("margin", "agreement", "quality", "extent")
WHOLE: Final = 0.995


@dataclass(frozen=True)
class Rule:
    """by: the notes or the board, each of which reaches a level alone."""

    level: int
    by: str
    met: bool
    text: str


@dataclass(frozen=True)
class Term:
    """What adds to the reading that the level is taken from. count: a number, or a share."""

    name: str
    count: float | None
    each: float | None
    adds: float


@dataclass(frozen=True)
class EvidenceRow:
    """A line that speaks of the criterion. how: what in it was recognised, and by which channel."""

    quote: str
    facet: str
    role: str
    how: str
    strength: float
    counted: bool
    why: str


@dataclass(frozen=True)
class BoardRow:
    asks: str
    holds: bool
    parts: str


@dataclass(frozen=True)
class GuardRow:
    quote: str
    why: str


@dataclass(frozen=True)
class CriterionWhy:
    """level: 1 to 4, or the state where there is none. sum: how its value comes about."""

    id: str
    label: str
    level: int | str
    anchor: str
    summary: str
    sureness: str
    doubts: list[str]
    value: float | None
    weight: float | None
    points: float | None
    sum: str
    reading: float | None
    terms: list[Term]
    confidence: str
    rules: list[Rule]
    evidence: list[EvidenceRow]
    board: list[BoardRow]
    guards: list[GuardRow]
    missing: list[str]


@dataclass(frozen=True)
class Line:
    """A unit of the notes. holds: what was noticed in it; guards: why it counts less."""

    number: int
    quote: str
    quality: float
    holds: str
    guards: list[str]


@dataclass(frozen=True)
class StepWhy:
    id: str
    number: int
    name: str
    score: float | None
    status: str
    sentences: list[str]
    sum: str
    criteria: list[CriterionWhy]
    weights: float
    points: float
    lines: list[Line]


@dataclass(frozen=True)
class Share:
    """What a step adds to the total."""

    number: int
    name: str
    score: float | None
    weight: float
    multiplier: float
    share: float
    points: float


@dataclass(frozen=True)
class Cap:
    text: str
    limit: float


@dataclass(frozen=True)
class WhyPage:
    has_trace: bool
    score: float | None
    band: str
    coverage: float
    channels: str
    model: str | None
    lead: list[str]
    fit: str
    shares: list[Share]
    caps: list[Cap]
    steps: list[StepWhy]


def why_page(run: ScoreRun) -> WhyPage:
    """run: done. Results from before traces were kept are shown without their arithmetic."""
    result: Any = run.result
    trace: Trace = result.get("trace") or {}
    reader = _Reader(result, trace, run.document, rubric_of(run))
    steps = list(reader.steps())
    return WhyPage(
        has_trace=bool(trace),
        score=result["overall"]["score"],
        band=reader.band(),
        coverage=result["overall"]["coverage"],
        channels=channel_words(result.get("channels", ())),
        model=trace.get("model"),
        lead=reader.lead(steps),
        fit=_fit_words(trace.get("fit")),
        shares=reader.shares(),
        caps=reader.caps(),
        steps=steps,
    )


def rubric_of(run: ScoreRun) -> RubricPack:
    with suppress(NotFound, Invalid):
        return library.rubric_at(run.rubric_id, run.rubric_version)
    return registry.rubric(run.rubric_id)


@dataclass(frozen=True)
class _Reader:
    result: Any
    trace: Trace
    document: Any
    rubric: RubricPack

    @property
    def data(self) -> Any:
        return self.rubric.data

    def steps(self) -> Iterator[StepWhy]:
        bodies = {body["id"]: body for body in self.document["steps"]}
        for known in self.data["steps"]:
            step_id = known["id"]
            scored = self.result["steps"].get(step_id)
            if scored is not None:
                notes = bodies.get(step_id, {}).get("notes", "")
                yield self._step(known, scored, notes)

    def lead(self, steps: list[StepWhy]) -> list[str]:
        """The whole in three sentences."""
        asked = [one for step in steps for one in step.criteria if one.level != "NA"]
        found = sum(isinstance(one.level, int) for one in asked)
        lines = sum(len(step.lines) for step in steps)
        parts = len(self.document["board"].get("components", ()))
        return [
            f"The machine read {counted_words(lines, 'line', 'lines')} of notes and"
            f" {counted_words(parts, 'part', 'parts')} of the board."
            if self.trace
            else "The machine read the notes and the board.",
            f"It found evidence for {found} of {len(asked)} criteria.",
            self._total_words(),
        ]

    def _total_words(self) -> str:
        score = self.result["overall"]["score"]
        if score is None:
            return "That is too little for a total."
        return f"Its total is {score:g} of 100."

    def band(self) -> str:
        wanted = self.result["overall"]["band"]
        return next((one["name"] for one in self.data["bands"] if one["id"] == wanted), "")

    def shares(self) -> list[Share]:
        rows = self.trace.get("overall", {}).get("steps", ())
        numbers = {one["id"]: one["number"] for one in self.data["steps"]}
        return [
            Share(
                numbers.get(row["id"], 0),
                self._step_name(row["id"]),
                row["score"],
                row["weight"],
                row["multiplier"],
                100 * row["share"],
                (row["score"] or 0) * row["share"],
            )
            for row in rows
        ]

    def caps(self) -> list[Cap]:
        caps = self.trace.get("overall", {}).get("caps", ())
        return [Cap(self._with_names(one["rule"]), one["limit"]) for one in caps]

    def _with_names(self, sentence: str) -> str:
        """The trace calls steps by their ids."""
        for step in self.data["steps"]:
            sentence = sentence.replace(step["id"], f"“{self._step_name(step['id'])}”")
        return sentence

    def _step_name(self, step_id: str) -> str:
        with suppress(NotFound):
            step = registry.flow(self.data["flow"]).step(step_id)
            if step is not None:
                return step.name
        return plain(step_id).capitalize()

    def _step(self, known: Any, scored: Any, notes: str) -> StepWhy:
        traced = self.trace.get("steps", {}).get(known["id"], {})
        quotes = {unit["n"]: notes[unit["start"] : unit["end"]] for unit in traced.get("units", ())}
        criteria = [
            self._criterion(one, traced.get("criteria", {}).get(one["id"], {}), quotes)
            for one in scored["criteria"]
        ]
        return StepWhy(
            id=known["id"],
            number=known["number"],
            name=self._step_name(known["id"]),
            score=scored["score"],
            status=self.data["statuses"].get(scored["status"], {}).get("name", ""),
            sentences=list(self._step_sentences(scored, traced)),
            sum=traced.get("sum", ""),
            criteria=criteria,
            weights=sum(one.weight or 0 for one in criteria if one.level != "NA"),
            points=sum(one.points or 0 for one in criteria),
            lines=[_line(unit, quotes[unit["n"]]) for unit in traced.get("units", ())],
        )

    def _step_sentences(self, scored: Any, traced: Any) -> Iterator[str]:
        if scored["score"] is None:
            yield self.data["statuses"][scored["status"]]["meaning"]
            return
        if not traced:
            return
        yield (
            f"Its criteria are worth {traced['mean']:.2f} on average, by their weights, of 1 at"
            " most."
        )
        if traced["focus"] < WHOLE:
            yield (
                f"Part of the notes speaks of other things, so {100 * traced['focus']:.0f} % of"
                " that is kept."
            )
        if traced["fit"] < WHOLE:
            yield _fit_sentence(traced)

    def _criterion(self, scored: Any, traced: Any, quotes: Mapping[int, str]) -> CriterionWhy:
        rated = next((one for one in self.data["criteria"] if one["id"] == scored["id"]), None)
        level = scored["level"]
        value, weight = traced.get("value"), traced.get("weight")
        is_asked = scored["state"] != "NA" and value is not None and weight is not None
        return CriterionWhy(
            id=scored["id"],
            label=rated["label"] if rated else scored["id"],
            level=level if level is not None else scored["state"],
            anchor=rated["anchors"][level - 1] if rated and level else _state_words(scored),
            summary=scored["summary"],
            sureness=sureness(scored["confidence"]),
            doubts=doubt_words(scored.get("doubts", ())),
            value=value if is_asked else None,
            weight=weight if is_asked else None,
            points=value * weight if is_asked else None,
            sum=_sum_words(traced),
            reading=(traced.get("reading") or {}).get("value"),
            terms=_terms(traced.get("reading")),
            confidence=_confidence_words(traced.get("confidence"), scored["confidence"]),
            rules=[
                Rule(one["level"], one.get("by", ""), one["met"], one["text"])
                for one in traced.get("rules", ())
            ],
            evidence=[_evidence(row, quotes) for row in traced.get("evidence", ())],
            board=[self._board(row) for row in traced.get("board", ())],
            guards=[
                GuardRow(one["quote"].strip(), guard_words(one["reason"]))
                for one in scored.get("guards", ())
            ],
            missing=scored["missing"],
        )

    def _board(self, row: Any) -> BoardRow:
        names = {one["id"]: one["name"] for one in self.document["board"].get("components", ())}
        parts = ", ".join(names.get(one, one) for one in row["components"])
        types = {one.id: one.name for one in registry.catalogue().components}
        return BoardRow(predicate_words(str(row["predicate"]), types), row["holds"], parts)


def _state_words(scored: Any) -> str:
    return STATES.get(scored["state"], "")


def _evidence(row: Any, quotes: Mapping[int, str]) -> EvidenceRow:
    return EvidenceRow(
        quote=quotes.get(row["unit"], "").strip(),
        facet=plain(str(row["facet"])),
        role=ROLES.get(row["role"], row["role"]),
        how=match_words(row["channel"], row["matched"], row["similarity"]),
        strength=row["strength"],
        counted=row["counted"],
        why="" if row["counted"] else not_counted_words(row["why"]),
    )


def _terms(reading: Any) -> list[Term]:
    """The sum behind the level: what each criterion starts with, and what is there of it."""
    if not reading:
        return []
    rows = [
        Term(TERMS.get(one["what"], plain(one["what"])), one["count"], one["each"], _product(one))
        for one in reading["terms"]
    ]
    ease = [Term(TERMS["ease"], None, None, reading["ease"])] if reading["ease"] else []
    return [Term(TERMS["base"], None, None, reading["base"]), *rows, *ease]


def _product(term: Any) -> float:
    product: float = term["count"] * term["each"]
    return product


def _confidence_words(parts: Any, value: float) -> str:
    if not parts:
        return ""
    product = " × ".join(f"{name} {parts[name]:.2f}" for name in FACTORS if name in parts)
    return f"{product} = {value:.2f}"


def _line(unit: Any, quote: str) -> Line:
    return Line(
        number=unit["n"] + 1,
        quote=quote.strip(),
        quality=unit["quality"],
        holds=", ".join(_noticed(unit)),
        guards=[guard_words(one["reason"]) for one in unit["guards"]],
    )


def _noticed(unit: Any) -> Iterator[str]:
    if unit["figures"]:
        yield counted_words(unit["figures"], "figure", "figures")
    if unit["names"]:
        yield counted_words(unit["names"], "name", "names")
    if unit["entities"]:
        yield counted_words(unit["entities"], "thing of the problem", "things of the problem")
    if unit["reason"]:
        yield "a reason"
    if unit["negated"]:
        yield "a denial"


def _sum_words(traced: Any) -> str:
    """How the value of a criterion comes about, in one line of arithmetic."""
    parts = traced.get("parts")
    if not parts or traced.get("value") is None:
        return ""
    inside = f"foot {parts['foot']:.2f} + span {parts['span']:.2f} × within {parts['within']:.4f}"
    worth = f"trust {parts['trust']:.4f} × substance {parts['substance']:.4f}"
    return f"({inside}) × {worth} = {traced['value']:.4f}"


def _fit_sentence(traced: Trace) -> str:
    kept = f"so {100 * traced['fit']:.0f} % of it is kept"
    about = traced.get("problem")
    if not about:
        return f"The design seldom names its problem, {kept}, in this step as in all."
    lines = counted_words(about["units"], "line", "lines")
    return f"{about['named']} of {lines} name something of the problem, {kept}."


def _fit_words(fit: Any) -> str:
    """Of results from when all steps together were held against the problem."""
    if not fit:
        return ""
    return (
        f"{fit['named']} of {counted_words(fit['units'], 'line', 'lines')} name something of the"
        f" problem: a share of {100 * fit['share']:.0f} %, where {100 * fit['expected']:.0f} % is"
        f" expected. Each step keeps {100 * fit['value']:.0f} % of its score for that."
    )
