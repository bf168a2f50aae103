"""What the panel says: notes, the decision."""

from rest_framework import serializers

from apps.interviews.enums import Verdict
from apps.interviews.models import DebriefNote, Decision


class NewDebriefNoteSerializer(serializers.Serializer[DebriefNote]):
    item = serializers.CharField(required=False, default="", allow_blank=True, max_length=80)
    text = serializers.CharField(max_length=4000)


class DebriefNoteSerializer(serializers.ModelSerializer[DebriefNote]):
    class Meta:
        model = DebriefNote
        fields = ["id", "item", "author_name", "text", "at"]


class NewDecisionSerializer(serializers.Serializer[Decision]):
    verdict = serializers.ChoiceField([verdict.value for verdict in Verdict])
    reason = serializers.CharField(max_length=4000)


class DecisionSerializer(serializers.ModelSerializer[Decision]):
    class Meta:
        model = Decision
        fields = ["verdict", "reason", "by_name", "at"]


class ReportChoiceSerializer(serializers.Serializer[object]):
    notes = serializers.BooleanField(required=False, default=True)
    private_notes = serializers.BooleanField(required=False, default=False)
