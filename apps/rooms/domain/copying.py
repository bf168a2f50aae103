"""How does a design become somebody's own practice board? As it is now, or as it was."""

from django.db import transaction

from apps.accounts.actors import Actor
from apps.core.errors import Conflict
from apps.designs.document.live import compose
from apps.designs.document.types import DesignDocument
from apps.designs.domain.creation import TITLE_MAX_LENGTH
from apps.designs.domain.heading import header_of
from apps.designs.domain.importing import import_design
from apps.designs.models import DesignSession
from apps.rooms.domain.history import content_at
from apps.rooms.domain.reading import current_document

SUFFIX = " (copy)"
# A copy would outlive the interview, and its candidate's right to have all of it erased.
OF_INTERVIEWS = "An interview is not copied: it is its candidate's record."


def copy_design(actor: Actor, design: DesignSession, seq: int | None = None) -> DesignSession:
    """A new practice board of the actor's, with its origin named.

    seq: of the state to copy, which the caller has checked READ_HISTORY for; None for the present.
    Raises Conflict for an interview, NotFound for a state that never was, NotReadNow.
    """
    if design.kind == DesignSession.Kind.INTERVIEW:
        raise Conflict(OF_INTERVIEWS)
    document = _document(design, seq)
    title = design.title[: TITLE_MAX_LENGTH - len(SUFFIX)] + SUFFIX
    with transaction.atomic():
        copy = import_design(actor, {**document, "title": title})
        copy.copied_from = design
        copy.save(update_fields=["copied_from"])
    return copy


def _document(design: DesignSession, seq: int | None) -> DesignDocument:
    if seq is None:
        document, _ = current_document(design)
        return document
    return compose(header_of(design), content_at(design.id, seq))
