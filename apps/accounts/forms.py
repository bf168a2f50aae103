"""What allauth asks besides e-mail and password."""

from django import forms
from django.http import HttpRequest

from apps.accounts.models import User


class SignupForm(forms.Form):
    name = forms.CharField(max_length=80, label="Your name")
    field_order = ["name", "email", "password1", "password2"]

    def signup(self, _request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
