"""The database refuses changes of entries from here on."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from apps.audit import guards


def install(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    guards.install(editor.connection)


def remove(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    guards.remove(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_entries")]

    operations = [migrations.RunPython(install, remove)]
