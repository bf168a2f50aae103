"""How does something get into the audit log? At the end of its chain, in the caller's transaction.

Writers of one chain wait for each other until the transaction ends, so record last in it.
"""

import secrets
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.audit.domain.hashing import commitment, entry_hash, written
from apps.audit.models import INSTALLATION, AuditEntry, Chain, Personal
from apps.core.json import Json, JsonObject

# A detail is an id, a number or a short word. Notes and reasons are longer, and do not belong here.
DETAIL_MAX_LENGTH = 200


def record(
    kind: str,
    *,
    actor_id: UUID | None,
    actor_name: str,
    design_id: UUID | None = None,
    organisation_id: UUID | None = None,
    details: JsonObject | None = None,
    personal: JsonObject | None = None,
    person_id: UUID | None = None,
) -> AuditEntry:
    """Appends an entry, and returns it.

    kind: what happened, such as `interview.started`.
    details: what may stay for ever; no name, no address, nothing that somebody wrote.
    personal: what names people (`person_id` says whom it is about); an erasure takes it away.
    Raises ValueError for a detail that is longer than DETAIL_MAX_LENGTH.
    """
    details_text = _checked(kind, details or {})
    actor = _committed(Personal.Part.ACTOR, actor_id, _actor_values(actor_id, actor_name))
    about = _committed(Personal.Part.ABOUT, person_id, personal or {})
    with transaction.atomic():
        chain = _locked_chain(chain_name(organisation_id))
        entry = AuditEntry(
            chain=chain,
            seq=chain.seq + 1,
            at=timezone.now(),
            kind=kind,
            design_id=design_id,
            organisation_id=organisation_id,
            details_text=details_text,
            actor_hash=_hash_of(actor),
            personal_hash=_hash_of(about),
            previous_hash=chain.hash,
        )
        entry.hash = entry_hash(entry)
        entry.save()
        _keep(entry, [actor, about])
        Chain.objects.filter(name=chain.name).update(seq=entry.seq, hash=entry.hash)
    return entry


def chain_name(organisation_id: UUID | None) -> str:
    return str(organisation_id) if organisation_id else INSTALLATION


def _locked_chain(name: str) -> Chain:
    """SQLite needs no lock of the row: there the transaction itself is the only writer."""
    Chain.objects.get_or_create(name=name)
    return Chain.objects.select_for_update().get(name=name)


def _checked(kind: str, details: JsonObject) -> str:
    for text in _texts(details):
        if len(text) > DETAIL_MAX_LENGTH:
            raise ValueError(
                f"A detail of {kind!r} has {len(text)} characters; at most {DETAIL_MAX_LENGTH} "
                "belong into the audit log."
            )
    return written(details)


def _texts(value: Json) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    return [text for item in value for text in _texts(item)] if isinstance(value, list) else []


def _actor_values(actor_id: UUID | None, name: str) -> JsonObject:
    return {"id": str(actor_id or ""), "name": name} if actor_id or name else {}


def _committed(part: Personal.Part, person_id: UUID | None, values: JsonObject) -> Personal | None:
    if not values:
        return None
    return Personal(
        part=part, person_id=person_id, values_text=written(values), salt=secrets.token_hex(32)
    )


def _hash_of(personal: Personal | None) -> str:
    return commitment(personal.salt, personal.values_text) if personal else ""


def _keep(entry: AuditEntry, rows: list[Personal | None]) -> None:
    for row in rows:
        if row is not None:
            row.entry = entry
            row.save()
