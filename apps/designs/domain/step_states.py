"""What became of each step, where somebody keeps track of it.

That is the server's to say (an interview's clock and skips), not the live document's: so it stands
in a column, and overrides the status that the document began with.
"""

from typing import cast

from apps.designs.document.types import DesignDocument
from apps.designs.models import DesignSession


def with_states(document: DesignDocument, design: DesignSession) -> DesignDocument:
    states = design.step_states
    if not states:
        return document
    steps = [
        {**step, "status": states.get(step["id"], step["status"])} for step in document["steps"]
    ]
    return cast(DesignDocument, {**document, "steps": steps})
