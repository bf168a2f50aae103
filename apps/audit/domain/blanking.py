"""How is a person taken out of the audit log, with the chains left whole?"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from apps.audit.models import Personal


def blank(
    person_ids: Collection[UUID], design_id: UUID | None = None, names: Collection[str] = ()
) -> int:
    """Deletes what names these people, and all that is about somebody, on this design or, without
    one, everywhere.

    names: of people on the design whom some entries know by their names only.

    Who else acted on the design stays named: they answer for what they did. Returns how many
    values went. Doing it again finds nothing.
    """
    gone = Q(person_id__in=person_ids)
    if design_id is None:
        ids = list(Personal.objects.filter(gone).values_list("id", flat=True))
    else:
        rows = Personal.objects.filter(entry__design_id=design_id)
        ids = list(rows.filter(gone | Q(part=Personal.Part.ABOUT)).values_list("id", flat=True))
        ids += [row.id for row in rows.exclude(id__in=ids) if row.values.get("name") in names]
    Personal.objects.filter(id__in=ids).delete()
    return len(ids)
