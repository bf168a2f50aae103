"""Moves rows and snapshots into the new tables, and notes who has used which client id."""

from collections.abc import Iterator

import pycrdt
from django.db import migrations

from apps.rooms.models import new_epoch

FORWARD = """
    INSERT INTO rooms_update (log_id, seq, participant_id, at, payload)
    SELECT log.id, old.seq, old.participant_id, old.at, old.payload
    FROM rooms_oldupdate old
    JOIN rooms_log log ON log.design_id = old.design_id AND log.document = old.document;

    INSERT INTO rooms_snapshot (log_id, seq, at, payload)
    SELECT log.id, old.seq, old.at, old.payload
    FROM rooms_oldsnapshot old
    JOIN rooms_log log ON log.design_id = old.design_id AND log.document = old.document;
"""
BACKWARD = """
    INSERT INTO rooms_oldupdate (design_id, document, seq, participant_id, at, payload)
    SELECT log.design_id, log.document, new.seq, participant.id, new.at, new.payload
    FROM rooms_update new
    JOIN rooms_log log ON log.id = new.log_id
    LEFT JOIN designs_participant participant ON participant.id = new.participant_id;

    INSERT INTO rooms_oldsnapshot (design_id, document, seq, at, payload)
    SELECT log.design_id, log.document, new.seq, new.at, new.payload
    FROM rooms_snapshot new JOIN rooms_log log ON log.id = new.log_id;

    UPDATE rooms_log
    SET seq = (SELECT coalesce(max(seq), 0) FROM rooms_update WHERE log_id = rooms_log.id);

    DELETE FROM rooms_update;
    DELETE FROM rooms_snapshot;
"""


def name_epochs(apps, schema_editor):
    """The column's default was one value for all."""
    Log = apps.get_model("rooms", "Log")
    for log in Log.objects.only("id").iterator():
        Log.objects.filter(id=log.id).update(epoch=new_epoch())


def note_authors(apps, schema_editor):
    """One log at a time; whoever used an id first owns it."""
    Log, Update, Author = (apps.get_model("rooms", name) for name in ("Log", "Update", "Author"))
    for log_id in Log.objects.values_list("id", flat=True):
        owners = {}
        rows = Update.objects.filter(log_id=log_id).order_by("seq")
        for participant_id, payload in rows.values_list("participant_id", "payload").iterator():
            for client in clients_of(bytes(payload)):
                owners.setdefault(client, participant_id)
        Author.objects.bulk_create(
            [
                Author(log_id=log_id, client=client, participant_id=participant_id)
                for client, participant_id in owners.items()
            ]
        )


def forget_authors(apps, schema_editor):
    apps.get_model("rooms", "Author").objects.all().delete()


def clients_of(update: bytes) -> list[int]:
    """The client ids in an update. None in bytes that are not an update."""
    try:
        vector = pycrdt.get_state(update)
    except ValueError:
        return []
    return list(varuints(vector))[1::2]  # count, client, clock, client, clock, ...


def varuints(data: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in data:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield number
            number = shift = 0


class Migration(migrations.Migration):

    dependencies = [('rooms', '0002_log_tables')]

    operations = [
        migrations.RunPython(name_epochs, migrations.RunPython.noop),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(note_authors, forget_authors),
    ]
