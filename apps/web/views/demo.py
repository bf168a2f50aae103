"""The one click that makes a browser the demo owner's."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from apps.web.demo import owner_by_token

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_GET
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    login(request, owner_by_token(token), backend=BACKEND)
    return redirect("home")
