"""The rows are in their new tables: 0003."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [('rooms', '0003_move_rows')]

    operations = [
        migrations.RemoveField('log', 'seq'),
        migrations.DeleteModel('OldSnapshot'),
        migrations.DeleteModel('OldUpdate'),
    ]
