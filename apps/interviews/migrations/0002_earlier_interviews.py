"""Interviews from before they had a plan get one, by their flow's own minutes."""

from django.db import migrations


def give_rows(apps, schema_editor):
    designs = apps.get_model("designs", "DesignSession").objects.filter(kind="interview")
    interviews = apps.get_model("interviews", "Interview").objects
    event = apps.get_model("interviews", "PlayEvent")
    for design in designs.iterator():
        interview, _ = interviews.get_or_create(
            design=design,
            defaults={"started_at": design.opened_at, "ended_at": design.ended_at},
        )
        marks = [("started", design.opened_at), ("ended", design.ended_at)]
        event.objects.bulk_create(
            event(interview=interview, seq=seq, kind=kind, at=at)
            for seq, (kind, at) in enumerate(marks, start=1)
            if at
        )


class Migration(migrations.Migration):
    dependencies = [("interviews", "0001_initial"), ("designs", "0004_lobby")]
    operations = [migrations.RunPython(give_rows, migrations.RunPython.noop)]
