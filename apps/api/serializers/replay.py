"""A part of a session's history, as JSON. Written out for the description; the view fills it."""

from typing import Any

from rest_framework import serializers

from apps.designs.models.membership import ROLES
from apps.rooms.domain.history import PAGE_ROWS_MAX


class ReplayQuerySerializer(serializers.Serializer[Any]):
    """limit 0 asks only how far the session has come."""

    after = serializers.IntegerField(min_value=0, default=0)
    limit = serializers.IntegerField(min_value=0, max_value=PAGE_ROWS_MAX, default=500)


class ReplayPersonSerializer(serializers.Serializer[Any]):
    participant = serializers.UUIDField()
    name = serializers.CharField()
    role = serializers.ChoiceField(ROLES)
    color = serializers.IntegerField()


class ReplayRowSerializer(serializers.Serializer[Any]):
    """update: a Yjs update, format 1, in base64. participant: null for the server."""

    seq = serializers.IntegerField()
    at = serializers.DateTimeField()
    participant = serializers.UUIDField(allow_null=True)
    update = serializers.CharField()  # type: ignore[assignment]  # hides a method we never call


class ReplayMarkerSerializer(serializers.Serializer[Any]):
    """A moment to jump to: when the document was as it was at `seq`. New kinds may come."""

    kind = serializers.CharField()
    seq = serializers.IntegerField()
    at = serializers.DateTimeField()
    title = serializers.CharField()


class ReplaySerializer(serializers.Serializer[Any]):
    """last: the session goes up to this seq now. people: those who made the changes."""

    epoch = serializers.CharField()
    last = serializers.IntegerField()
    people = ReplayPersonSerializer(many=True)
    rows = ReplayRowSerializer(many=True)
    markers = ReplayMarkerSerializer(many=True)
