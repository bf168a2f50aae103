"""How is a person taken out of the audit log, with the chains left whole?"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from apps.audit.models import Personal


def blank(person_ids: Collection[UUID], design_id: UUID | None = None) -> int:
    """Deletes what names these people, and all that is about somebody on this design.

    Who else acted on the design stays named: they answer for what they did. Returns how many
    values went. Doing it again finds nothing.
    """
    gone = Q(person_id__in=person_ids)
    if design_id is not None:
        gone |= Q(entry__design_id=design_id, part=Personal.Part.ABOUT)
    ids = list(Personal.objects.filter(gone).values_list("id", flat=True))
    Personal.objects.filter(id__in=ids).delete()
    return len(ids)
