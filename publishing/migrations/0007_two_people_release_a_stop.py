"""Two people release a stop; those that one person released before keep their truth."""

from __future__ import annotations

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def keep_what_was(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    stops = apps.get_model("publishing", "Stop").objects
    stops.filter(released_at__isnull=False).update(released_alone=True)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("publishing", "0006_writing_and_planning"),
    ]

    operations = [
        migrations.AddField(
            model_name="stop",
            name="released_alone",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunPython(keep_what_was, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("released_by__isnull", True),
                    ("released_alone", True),
                    models.Q(
                        ("release_asked_by__isnull", False),
                        models.Q(("release_asked_by", models.F("released_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="two_people_release_a_stop",
            ),
        ),
    ]
