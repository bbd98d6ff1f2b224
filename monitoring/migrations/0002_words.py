"""An index on the words of mentions, where the database has full-text search (PostgreSQL)."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def add_index(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        # The expression must be the one that Django's SearchVector writes.
        schema_editor.execute(
            "CREATE INDEX mention_words ON monitoring_mention USING gin "
            "(to_tsvector('english'::regconfig, COALESCE(text, '')))"
        )


def remove_index(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX mention_words")


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial")]

    operations = [migrations.RunPython(add_index, remove_index)]
