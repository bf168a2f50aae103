"""The letter that asks somebody into a team."""

from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from apps.teams.models import Invitation


def send_invitation(request: HttpRequest, invitation: Invitation, token: str) -> None:
    address = request.build_absolute_uri(reverse("open_invitation", args=[token]))
    context = {"invitation": invitation, "address": address}
    send_mail(
        subject=f"Join {invitation.organisation.name} on Ninestep",
        message=render_to_string("teams/email/invitation.txt", context),
        from_email=None,
        recipient_list=[invitation.email],
    )
