"""What a rubric is to everybody but the scoring engine."""

from dataclasses import dataclass, field

from apps.core.json import JsonObject


@dataclass(frozen=True)
class RubricPack:
    """A rubric as its pack has it: what the data means is the scoring engine's business."""

    id: str
    version: str
    sha256: str
    data: JsonObject = field(compare=False)  # the hash stands for it
