"""What people type into the pages of a team, checked and cleaned."""

from django import forms

from apps.teams.domain.organisations import Policies
from apps.teams.rules import MemberRole


class TeamForm(forms.Form):
    name = forms.CharField(max_length=80, error_messages={"required": "Type the name of the team."})


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=MemberRole.choices)

    def member_role(self) -> MemberRole:
        return MemberRole(self.cleaned_data["role"])


class InviteForm(RoleForm):
    email = forms.EmailField(error_messages={"required": "Type the address to invite."})


class PoolForm(forms.Form):
    name = forms.CharField(max_length=80, error_messages={"required": "Type the name of the pool."})


class PoliciesForm(forms.Form):
    requires_two_factor = forms.BooleanField(required=False)
    admins_read_notes = forms.BooleanField(required=False)

    def policies(self) -> Policies:
        return Policies(
            requires_two_factor=self.cleaned_data["requires_two_factor"],
            admins_read_notes=self.cleaned_data["admins_read_notes"],
        )
