"""What people type into pages, checked and cleaned."""

import re
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat

from apps.content import registry
from apps.content.types import Problem
from apps.core.errors import Fault, Invalid
from apps.core.permissions import Role
from apps.designs.models import DesignSession

LINK_ENDS = [("", "No end"), ("24", "1 day"), ("168", "7 days"), ("720", "30 days")]
LINK_ROLES = [
    (Role.CANDIDATE.value, "Candidate"),
    (Role.INTERVIEWER.value, "Interviewer"),
    (Role.OBSERVER.value, "Read only"),
]


class NewSessionForm(forms.Form):
    """A problem of the bank, which has a flow; or a flow alone, for a problem of one's own."""

    kind = forms.ChoiceField(choices=DesignSession.Kind.choices)
    problem = forms.CharField(max_length=80, required=False)
    flow = forms.CharField(max_length=80, required=False)
    title = forms.CharField(max_length=200, required=False)

    def __init__(self, bank: Sequence[Problem], *args: Any, **kwargs: Any) -> None:
        """bank: what the person may choose from."""
        super().__init__(*args, **kwargs)
        self._bank = bank

    def clean_problem(self) -> str:
        problem_id: str = self.cleaned_data["problem"]
        known = {"", *(problem.id for problem in self._bank)}
        if problem_id not in known:
            raise forms.ValidationError("There is no such problem. Choose one from the list.")
        return problem_id

    def clean_flow(self) -> str:
        flow_id: str = self.cleaned_data["flow"]
        if not flow_id and not self.cleaned_data.get("problem"):
            raise forms.ValidationError("Choose a problem, or a flow for one of your own.")
        if flow_id and flow_id not in registry.pack_ids("flow"):
            raise forms.ValidationError("There is no such flow. Choose one from the list.")
        return flow_id


class NewEditionForm(forms.Form):
    """problem: the id of one there is, for its next version, or of a new one.

    organisation: whose it is; empty for one that everybody sees.
    """

    organisation = forms.UUIDField(required=False)
    problem = forms.SlugField(
        max_length=80,
        error_messages={"invalid": "An id has small letters, digits and hyphens: my-problem."},
    )

    def clean_problem(self) -> str:
        problem_id: str = self.cleaned_data["problem"]
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", problem_id):
            raise forms.ValidationError(self.fields["problem"].error_messages["invalid"])
        return problem_id


class JoinForm(forms.Form):
    name = forms.CharField(
        max_length=80,
        error_messages={
            "required": "Type the name that the others should see.",
            "max_length": "A name has at most 80 characters.",
        },
    )


class ConsentingJoinForm(JoinForm):
    """Of a candidate, whom a notice tells what is recorded."""

    consent = forms.BooleanField(
        error_messages={"required": "Tick this to go on, or ask who invited you."}
    )


class LinkForm(forms.Form):
    role = forms.ChoiceField(choices=LINK_ROLES)
    hours = forms.ChoiceField(choices=LINK_ENDS, required=False)

    def lifetime(self) -> timedelta | None:
        hours = self.cleaned_data["hours"]
        return timedelta(hours=int(hours)) if hours else None


class AccommodationForm(forms.Form):
    """What is set for one candidate; the others on the session are not told."""

    NAMES: ClassVar = ("extra_time", "has_written_brief", "hides_clock", "focus_mode")

    extra_time = forms.DecimalField(
        min_value=Decimal(1),
        max_value=Decimal(3),
        decimal_places=2,
        error_messages={
            "required": "Type how many times the planned minutes: 1 for no extra time.",
            "invalid": "Type a number such as 1.25.",
            "min_value": "Not less than 1, the planned time itself.",
            "max_value": "At most 3 times the planned time.",
            "max_decimal_places": "At most two places after the point, such as 1.25.",
        },
    )
    has_written_brief = forms.BooleanField(required=False)
    hides_clock = forms.BooleanField(required=False)
    focus_mode = forms.BooleanField(required=False)


class DrawForm(forms.Form):
    """From which pool of the team, and how many."""

    pool = forms.UUIDField()
    count = forms.IntegerField()

    def pool_and_count(self) -> tuple[UUID, int]:
        """Raises Invalid if they are not a pool's id and a number."""
        if not self.is_valid():
            raise Invalid("Nobody was drawn.", [Fault("$", "Choose a pool and type a number.")])
        return self.cleaned_data["pool"], self.cleaned_data["count"]


class ImportForm(forms.Form):
    file = forms.FileField(
        error_messages={
            "required": "Choose the JSON file of a design.",
            "empty": "The file is empty.",
        }
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """No larger than what REST takes: it is read whole."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        size, limit = file.size or 0, settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if size > limit:
            has, most = filesizeformat(size), filesizeformat(limit)
            raise forms.ValidationError(f"The file has {has}; a design has at most {most}.")
        return file
