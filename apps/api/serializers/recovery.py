"""What is said of documents that were recovered."""

from typing import Any

from rest_framework import serializers

from apps.rooms.documents import DocumentName


class RecoveredSerializer(serializers.Serializer[Any]):
    documents = serializers.ListField(child=serializers.ChoiceField([*DocumentName]))
