"""What we make of a person whom an OpenID Connect provider has signed in."""

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest

from apps.accounts.models import User


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> User:
        """Our users have one name, not two."""
        user: User = super().populate_user(request, sociallogin, data)
        limit = User._meta.get_field("name").max_length
        user.name = str(data.get("name") or "")[:limit]
        return user
