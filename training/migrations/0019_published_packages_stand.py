"""From now on the database refuses changes to a published package."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from training.triggers import packages


def _install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    packages.install(schema_editor.connection)


def _remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    packages.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("training", "0018_packages_are_unpacked_by_a_worker")]

    operations = [migrations.RunPython(_install, _remove)]
