"""What may be asked of pictures and files."""

from typing import Any

from rest_framework import serializers

THEMES = ["light", "dark"]
EXPORT_FORMATS = ["svg", "png", "pdf"]


class ThemeSerializer(serializers.Serializer[Any]):
    theme = serializers.ChoiceField(THEMES, default="light")


class NewExportSerializer(ThemeSerializer):
    format = serializers.ChoiceField(EXPORT_FORMATS)


class ExportSerializer(serializers.Serializer[Any]):
    """status: queued, leased, done or failed. reason: why it failed. url: the file, once done."""

    id = serializers.UUIDField()
    status = serializers.CharField()
    reason = serializers.CharField()
    url = serializers.CharField(allow_null=True)
