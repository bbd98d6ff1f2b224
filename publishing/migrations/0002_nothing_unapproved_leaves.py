"""The triggers that refuse a delivery of what no second person has approved."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from publishing import triggers


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    triggers.install(schema_editor.connection, emergencies=False)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = (("publishing", "0001_initial"),)

    operations = (migrations.RunPython(forwards, backwards),)
