"""The chain's head, the triggers that refuse every change, and the index for words."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from audit import triggers

WORDS = [
    """
    CREATE FUNCTION audit_words(actor text, subject text, reason text) RETURNS tsvector
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN to_tsvector('pg_catalog.simple'::regconfig, actor || ' ' || subject || ' ' || reason)
    """,
    """
    CREATE INDEX audit_by_words ON audit_entry
        USING gin (audit_words(actor_name, subject_name, reason))
    """,
]


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    connection = schema_editor.connection
    triggers.place_head(connection)
    triggers.install(connection)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for statement in WORDS:
                cursor.execute(statement)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    triggers.remove(schema_editor.connection)
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("DROP INDEX audit_by_words")
            cursor.execute("DROP FUNCTION audit_words(text, text, text)")


class Migration(migrations.Migration):
    dependencies = (("audit", "0001_initial"),)

    operations = (migrations.RunPython(forwards, backwards),)
