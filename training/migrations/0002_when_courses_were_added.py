from datetime import UTC, datetime

import django.utils.timezone
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def there_all_along(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Courses that are there already were asked for on every day that anybody can ask about."""
    apps.get_model("training", "Course").objects.update(added_at=LONG_AGO)


class Migration(migrations.Migration):
    dependencies = [
        ("training", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="course",
            name="added_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.RunPython(there_all_along, migrations.RunPython.noop),
    ]
