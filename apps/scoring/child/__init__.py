"""Scores documents in a child process that may be killed.

`client` asks, `program` is what answers, `messages` is what goes between them. Notes that hang or
crash the engine, or make it eat memory, cost one child.
"""

from apps.scoring.child.client import (
    Limits,
    Material,
    Scorer,
    ScorerFailed,
    scorer,
    use,
)

__all__ = ["Limits", "Material", "Scorer", "ScorerFailed", "scorer", "use"]
