"""How does a session keep the version of a pack that it began with?"""

import dataclasses
from collections.abc import Iterable

from django.db import connection, transaction

from apps.content import registry
from apps.content.kinds import KINDS
from apps.content.loader import Pack, sha256_of
from apps.content.models import PackVersion, ProblemEdition
from apps.core.errors import NotFound


def has_tables() -> bool:
    return PackVersion._meta.db_table in connection.introspection.table_names()


def record_versions(packs: Iterable[Pack], *, replace: bool = False) -> int:
    """Remembers each version that is new here, and returns how many were.

    Raises Invalid if a known version says something else now: sessions rely on what it said.
    `replace` takes the new text, for authors at work on a version that nobody uses yet.
    """
    known = {
        (row.kind, row.pack_id, row.version): row.sha256
        for row in PackVersion.objects.defer("document")
    }
    whole = [_with_shared_parts(pack) for pack in packs]
    changed = [pack for pack in whole if known.get(_key(pack)) != pack.sha256]
    for pack in changed:
        if _key(pack) in known and not replace:
            raise pack.fault(
                ("version",), f"is {pack.version} as before, but the pack says {_MORE}"
            )
    with transaction.atomic():
        for pack in changed:
            PackVersion.objects.update_or_create(
                kind=pack.kind.name,
                pack_id=pack.id,
                version=pack.version,
                defaults={"sha256": pack.sha256, "document": pack.document},
            )
    return len(changed)


def pack_at(kind: str, pack_id: str, version: str) -> Pack:
    """The pack as that version had it. Raises NotFound if it was never in use here."""
    if pack_id in registry.pack_ids(kind):
        current = registry.pack(kind, pack_id)
        if current.version == version:
            return current
    row = PackVersion.objects.filter(kind=kind, pack_id=pack_id, version=version).first()
    if row is None:
        raise NotFound(f'There is no version {version} of the {kind} "{pack_id}" here.')
    return Pack(KINDS[kind], row.document, row.sha256)


def pack_of(edition: ProblemEdition) -> Pack:
    """The pack that a published edition is. It was checked when it was published."""
    assert edition.document is not None  # a constraint of the table
    return Pack(KINDS["problem"], edition.document, sha256_of(edition.document))


_MORE = "something else; give it a new version, or run load_content --replace if nobody used it"


def _with_shared_parts(pack: Pack) -> Pack:
    """A rubric is remembered with its lexicon and rules: each of them can change a score."""
    if pack.kind.name != "rubric":
        return pack
    scored_by = registry.rubric(pack.id)
    return dataclasses.replace(pack, document=scored_by.data, sha256=scored_by.sha256)


def _key(pack: Pack) -> tuple[str, str, str]:
    return pack.kind.name, pack.id, pack.version
