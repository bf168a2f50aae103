"""What may be asked of the judge."""

from typing import Any

from rest_framework import serializers


class ConsentSerializer(serializers.Serializer[Any]):
    given = serializers.BooleanField()
