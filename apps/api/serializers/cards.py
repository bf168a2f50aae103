"""What may be said on a score card."""

from typing import Any

from rest_framework import serializers

from apps.interviews.domain.cards.drafting import Change
from apps.interviews.domain.cards.evidence import Pointer
from apps.interviews.enums import Confidence, RatingState, Verdict

_STATES = [(state.value, state.value) for state in RatingState]
_CONFIDENCES = [(one.value, one.value) for one in Confidence]
_VERDICTS = [(verdict.value, verdict.value) for verdict in Verdict]


class PointerSerializer(serializers.Serializer[Any]):
    """pointer: note {step, start, end, quote}, component and connection {id, name}, moment {seq}.
    clock_s: the interview's clock now, if it is left out."""

    kind = serializers.CharField(max_length=10)
    pointer = serializers.DictField()
    clock_s = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=86_400
    )


class RatingSerializer(serializers.Serializer[Any]):
    """A level from 1 to 4, or a state, or neither to take both back."""

    level = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=4)
    state = serializers.ChoiceField(
        choices=_STATES, required=False, allow_null=True, allow_blank=True
    )
    confidence = serializers.ChoiceField(
        choices=_CONFIDENCES, required=False, allow_null=True, allow_blank=True
    )
    reason = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    is_probed = serializers.BooleanField(required=False)
    evidence = PointerSerializer(many=True, required=False)

    def change(self) -> Change:
        said = self.validated_data
        pointers = said.get("evidence")
        return Change(
            level=said.get("level"),
            state=said.get("state") or "",
            confidence=said.get("confidence") or "",
            reason=said.get("reason", ""),
            is_probed=said.get("is_probed", False),
            evidence=None if pointers is None else tuple(Pointer(**one) for one in pointers),
        )


class VerdictSerializer(serializers.Serializer[Any]):
    verdict = serializers.ChoiceField(choices=_VERDICTS)
    reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=4000)


class RevisionSerializer(serializers.Serializer[Any]):
    """Of a rating; or of the item "verdict", as a level of 4 (strong yes) to 1 (strong no)."""

    level = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=4)
    state = serializers.ChoiceField(
        choices=_STATES, required=False, allow_null=True, allow_blank=True
    )
    reason = serializers.CharField(allow_blank=True, max_length=4000)
