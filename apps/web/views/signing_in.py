"""The way to a provider of OpenID Connect."""

from urllib.parse import urlsplit

from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render


def leave_for_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """allauth's view, but a page leads on to the provider instead of a redirect.

    Our policy lets forms go to ourselves alone (form-action), and browsers hold redirects of a
    form against it too, those of the provider to yet another server included.
    """
    response: HttpResponse = openid_connect.login(request, provider_id)
    if isinstance(response, HttpResponseRedirect) and urlsplit(response.url).netloc:
        return render(request, "socialaccount/login_redirect.html", {"redirect_to": response.url})
    return response
