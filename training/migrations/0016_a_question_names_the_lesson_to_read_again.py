"""A question of the quiz names the lesson to read again, and no question one of another version."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from training.triggers import courses, lessons_of_questions


def _install_stands(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    courses.install(schema_editor.connection)


def _remove_stands(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    courses.remove(schema_editor.connection)


def _install_lessons(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    lessons_of_questions.install(schema_editor.connection)


def _remove_lessons(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    lessons_of_questions.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("training", "0015_policies_put_away")]

    operations = [
        # Altering the tables re-makes them on SQLite, which loses their triggers.
        migrations.RunPython(_remove_stands, _install_stands),
        migrations.AddField(
            model_name="question",
            name="taught_in",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="asked_in_quiz",
                to="training.lesson",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("lesson", None), ("taught_in", None), _connector="OR"),
                name="a_question_inside_a_lesson_is_taught_there",
            ),
        ),
        migrations.RunPython(_install_stands, _remove_stands),
        migrations.RunPython(_install_lessons, _remove_lessons),
    ]
