from django.db import migrations


def queue_interrupted_runs(apps, _schema_editor):
    """Their jobs are still there, and find out what is to become of them."""
    runs = apps.get_model("scoring", "ScoreRun").objects
    runs.filter(status="running").update(status="queued", done_steps=0)


class Migration(migrations.Migration):

    dependencies = [
        ("scoring", "0003_runs_by_steps"),
    ]

    operations = [
        migrations.RunPython(queue_interrupted_runs, migrations.RunPython.noop),
    ]
