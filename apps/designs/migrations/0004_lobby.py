"""Sessions from before there was a lobby are open since they were made."""

from django.db import migrations, models
from django.db.models import F


def open_all(apps, schema_editor):
    apps.get_model("designs", "DesignSession").objects.update(opened_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("designs", "0003_pinned_rubric")]

    operations = [
        migrations.AddField(
            "designsession", "opened_at", models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            "designsession", "step_states", models.JSONField(blank=True, default=dict)
        ),
        migrations.AddField("designsession", "is_frozen", models.BooleanField(default=False)),
        migrations.AddField(
            "participant", "admitted_at", models.DateTimeField(blank=True, null=True)
        ),
        migrations.RunPython(open_all, migrations.RunPython.noop),
    ]
