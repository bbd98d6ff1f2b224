"""A council begins with topics; and a check may be set to say something that needs no answer."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from publishing.checks.first_topics import FIRST_TOPICS


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    topics = apps.get_model("publishing", "Topic")
    for name, words, guidance in FIRST_TOPICS:
        if not topics.objects.filter(name__iexact=name).exists():
            topics.objects.create(name=name, words="\n".join(words), guidance=guidance)


class Migration(migrations.Migration):
    dependencies = (("publishing", "0007_two_people_release_a_stop"),)
    operations = (
        migrations.AlterField(
            model_name="checksetting",
            name="severity",
            field=models.CharField(
                max_length=10,
                choices=[
                    ("blocking", "Blocking"),
                    ("advisory", "Advisory"),
                    ("note", "Note"),
                    ("off", "Off"),
                ],
            ),
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    )
