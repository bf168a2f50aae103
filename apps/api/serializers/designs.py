"""Design sessions, their people and links, as JSON."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from apps.designs.models import LINK_ROLES, DesignSession, Participant, ShareLink

LINK_ROLE_CHOICES = [role.value for role in LINK_ROLES]
LINK_MAX_HOURS = 24 * 366


class DesignSerializer(serializers.ModelSerializer[DesignSession]):
    url = serializers.SerializerMethodField()

    class Meta:
        model = DesignSession
        fields = [
            "id",
            "url",
            "title",
            "kind",
            "problem_id",
            "problem_title",
            "flow_id",
            "created_at",
            "updated_at",
            "ended_at",
        ]

    def get_url(self, design: DesignSession) -> str:
        return reverse("workspace", args=[design.id])


class NewDesignSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(DesignSession.Kind.choices, default=DesignSession.Kind.PRACTICE)
    problem = serializers.CharField(max_length=80, required=False, allow_null=True)
    # For a design without a problem; a problem has a flow of its own.
    flow = serializers.CharField(max_length=80, required=False, allow_null=True)
    title = serializers.CharField(max_length=200, required=False, allow_null=True)


class TitleSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=200)


class FlowSerializer(serializers.Serializer[Any]):
    flow = serializers.CharField(max_length=80)


class CreatedSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    url = serializers.CharField()


class PersonSerializer(serializers.ModelSerializer[Participant]):
    email = serializers.SerializerMethodField()

    class Meta:
        model = Participant
        fields = ["id", "name", "role", "color", "email", "joined_at"]

    def get_email(self, participant: Participant) -> str | None:
        return participant.user.email if participant.user else None


class LinkSerializer(serializers.ModelSerializer[ShareLink]):
    class Meta:
        model = ShareLink
        fields = ["id", "role", "created_at", "expires_at"]


class NewLinkSerializer(serializers.Serializer[Any]):
    role = serializers.ChoiceField(LINK_ROLE_CHOICES)
    expires_in_hours = serializers.IntegerField(
        min_value=1, max_value=LINK_MAX_HOURS, required=False, allow_null=True
    )

    def lifetime(self) -> timedelta | None:
        hours = self.validated_data.get("expires_in_hours")
        return timedelta(hours=hours) if hours else None


class MadeLinkSerializer(LinkSerializer):
    """A link just made, with its address: the only time that anybody sees it."""

    url = serializers.SerializerMethodField()

    class Meta(LinkSerializer.Meta):
        fields = [*LinkSerializer.Meta.fields, "url"]

    def get_url(self, _link: ShareLink) -> str:
        return str(self.context["url"])
