"""From now on the database refuses changes to what was recorded of a conversation."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from training.triggers import conversations


def _install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    conversations.install(schema_editor.connection)


def _remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    conversations.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("training", "0013_conversations")]

    operations = [migrations.RunPython(_install, _remove)]
