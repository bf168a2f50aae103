"""What may be asked of an interview."""

from typing import Any

from rest_framework import serializers

from apps.interviews.models import Accommodation

Body = serializers.Serializer[Any]


class SecondsSerializer(Body):
    seconds = serializers.IntegerField()


class ReasonSerializer(Body):
    reason = serializers.CharField(max_length=2000, allow_blank=True)


class AdmittedSerializer(Body):
    participant = serializers.UUIDField()


class StepSerializer(Body):
    step = serializers.CharField(max_length=80)


class IndexSerializer(Body):
    index = serializers.IntegerField()


class AccommodationSerializer(serializers.ModelSerializer[Accommodation]):
    class Meta:
        model = Accommodation
        fields = ["extra_time", "has_written_brief", "hides_clock", "focus_mode"]
