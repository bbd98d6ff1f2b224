"""From now on the database refuses changes to what is published of a course."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from training.triggers import courses


def _install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    courses.install(schema_editor.connection)


def _remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    courses.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("training", "0005_policies_in_consultation")]

    operations = [migrations.RunPython(_install, _remove)]
