"""Named states of a design, and which of them to copy, as JSON."""

from datetime import datetime
from typing import Any

from rest_framework import serializers

from apps.rooms.models import Version


class VersionSerializer(serializers.ModelSerializer[Version]):
    """replay_s: the second of the replay that shows it; `context` holds when that begins."""

    by = serializers.CharField(source="by_name")
    replay_s = serializers.SerializerMethodField()

    class Meta:
        model = Version
        fields = ["id", "seq", "name", "by", "at", "replay_s"]

    def get_replay_s(self, version: Version) -> float:
        begun: datetime | None = self.context["begun_at"]
        return (version.at - begun).total_seconds() if begun else 0.0


class NewVersionSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=80)


class CopySerializer(serializers.Serializer[Any]):
    # The state to copy, by the number of the last change in it; without one, the present.
    seq = serializers.IntegerField(min_value=1, required=False, allow_null=True)
