"""A text index over versions, so that words are found among a million posts (PostgreSQL)."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WORDS = [
    """
    CREATE FUNCTION publishing_words(title text, words text) RETURNS tsvector
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN to_tsvector('pg_catalog.simple'::regconfig, title || ' ' || words)
    """,
    """
    CREATE INDEX publishing_version_by_words ON publishing_version
        USING gin (publishing_words(title, text))
    """,
]


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        for statement in WORDS:
            cursor.execute(statement)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DROP INDEX publishing_version_by_words")
        cursor.execute("DROP FUNCTION publishing_words(text, text)")


class Migration(migrations.Migration):
    dependencies = (("publishing", "0002_nothing_unapproved_leaves"),)

    operations = (migrations.RunPython(forwards, backwards),)
