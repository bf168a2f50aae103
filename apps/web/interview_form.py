"""What somebody types to set up an interview, and the plan of it as the page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django import forms

from apps.content.types import USUAL_LENGTH, Flow, Problem
from apps.core.errors import Fault
from apps.interviews.domain.creation import LONGEST_STEP_MIN, MOST_DIVES, Setup
from apps.interviews.models import Interview

LENGTHS: Final = (USUAL_LENGTH, "60")  # minutes that flows and problems have plans for
MINUTES: Final = "minutes_"
USUAL_NOTICE: Final = (
    "The board, the notes and who wrote what are kept, so that the interviewers can look at them "
    "again. People decide, not the machine."
)


@dataclass(frozen=True)
class PlanRow:
    """A step of the plan. value: as typed; at: minutes by the length of the interview."""

    id: str
    number: int
    name: str
    field: str
    value: str
    errors: list[str]
    is_dive: bool
    at: list[tuple[str, int]]

    @property
    def minutes(self) -> int:
        return int(self.value) if self.value.isdecimal() else 0


class InterviewForm(forms.Form):
    """Everything about an interview beyond its problem and flow.

    The domain judges what fits together; this turns text into values and keeps what was typed.
    """

    position = forms.CharField(max_length=120, required=False)
    seniority = forms.ChoiceField(
        choices=[("", "Not said"), *Interview.Seniority.choices], required=False
    )
    preset = forms.ChoiceField(choices=Interview.Preset.choices, required=False)
    preset_reason = forms.CharField(max_length=2000, required=False)
    candidate_name = forms.CharField(max_length=80, required=False)
    candidate_email = forms.EmailField(
        required=False, error_messages={"invalid": "That is not an e-mail address."}
    )
    scheduled_at = forms.CharField(required=False)
    time_zone = forms.CharField(max_length=64, required=False)
    brief = forms.CharField(max_length=20_000, required=False)
    notice = forms.CharField(max_length=20_000, required=False)
    scores_by_itself = forms.BooleanField(required=False)
    organisation = forms.UUIDField(required=False)
    dives = forms.MultipleChoiceField(required=False)

    def __init__(self, data: Mapping[str, Any] | None, flow: Flow, problem: Problem | None) -> None:
        super().__init__(data)
        self.flow = flow
        self.plans = {length: _plan(flow, problem, length) for length in LENGTHS}
        dives = self.fields["dives"]
        assert isinstance(dives, forms.MultipleChoiceField)
        dives.choices = [(step.id, step.name) for step in flow.steps]
        for step in flow.steps:
            self.fields[MINUTES + step.id] = forms.IntegerField(
                min_value=0,
                max_value=LONGEST_STEP_MIN,
                required=False,
                error_messages={
                    "invalid": "Whole minutes.",
                    "min_value": "Not less than 0 minutes.",
                    "max_value": f"At most {LONGEST_STEP_MIN} minutes.",
                },
            )

    def clean_scheduled_at(self) -> datetime | None:
        """In the time zone that the browser named, else in UTC."""
        text: str = self.cleaned_data["scheduled_at"]
        if not text:
            return None
        try:
            local = datetime.fromisoformat(text)
        except ValueError as wrong:
            reason = "Type a day and a time, such as 2026-12-01T10:00."
            raise forms.ValidationError(reason) from wrong
        return local if local.tzinfo else local.replace(tzinfo=_zone(self.data.get("time_zone")))

    def clean_dives(self) -> list[str]:
        dives: list[str] = self.cleaned_data["dives"]
        if len(dives) > MOST_DIVES:
            raise forms.ValidationError(f"At most {MOST_DIVES} steps can be deep dives.")
        return dives

    def rows(self, length: str) -> list[PlanRow]:
        """length: the plan that is shown where nothing was typed."""
        dives = self.data.getlist("dives") if hasattr(self.data, "getlist") else []
        return [
            PlanRow(
                id=step.id,
                number=step.number,
                name=step.name,
                field=MINUTES + step.id,
                value=str(self.data.get(MINUTES + step.id, self.plans[length][step.id])),
                errors=[str(error) for error in self.errors.get(MINUTES + step.id, [])],
                is_dive=step.id in dives,
                at=[(name, self.plans[name][step.id]) for name in LENGTHS],
            )
            for step in self.flow.steps
        ]

    def setup(self, problem: str | None, title: str | None) -> Setup:
        values = self.cleaned_data
        return Setup(
            problem=problem,
            flow=None if problem else self.flow.id,
            title=title,
            position=values["position"],
            seniority=values["seniority"],
            candidate_name=values["candidate_name"],
            candidate_email=values["candidate_email"],
            scheduled_at=values["scheduled_at"],
            plan=self._minutes(),
            deep_dives=values["dives"],
            preset=values["preset"] or Interview.Preset.DEFAULT.value,
            preset_reason=values["preset_reason"],
            brief=values["brief"],
            notice=values["notice"],
            scores_by_itself=values["scores_by_itself"],
            organisation_id=values["organisation"],
        )

    def add_faults(self, faults: list[Fault]) -> None:
        """Each beside the field that it is about."""
        for fault in faults:
            name = _field_of(fault.path)
            self.add_error(name if name in self.fields else None, fault.reason)

    def _minutes(self) -> dict[str, int]:
        usual = self.plans[USUAL_LENGTH]
        typed = {step: self.cleaned_data[MINUTES + step] for step in usual}
        return {step: usual[step] if typed[step] is None else typed[step] for step in usual}


def _plan(flow: Flow, problem: Problem | None, length: str) -> dict[str, int]:
    """The problem's own plan where it has one for this length, else the flow's."""
    own = problem.plan.get(length, {}) if problem else {}
    return {step.id: own.get(step.id, step.plan.get(length, step.minutes)) for step in flow.steps}


def _zone(name: str | None) -> Any:
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _field_of(path: str) -> str:
    """`$.plan.metrics` is about `minutes_metrics`."""
    field, _, step = path.removeprefix("$.").partition(".")
    if field == "deep_dives":
        return "dives"
    return MINUTES + step if field == "plan" and step else field
