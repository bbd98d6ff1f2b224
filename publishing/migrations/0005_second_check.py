"""The second check: its state, its stage, and that nobody decides twice about a version."""

from __future__ import annotations

from django.conf import settings
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from publishing import triggers


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite makes the tables anew, and does so only while no trigger speaks of them."""
    triggers.remove(schema_editor.connection)


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    triggers.install(schema_editor.connection, emergencies=False)


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0004_texts_by_account"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(remove, install),
        migrations.RemoveConstraint(
            model_name="post",
            name="post_state_is_known",
        ),
        migrations.RemoveIndex(
            model_name="post",
            name="post_may_miss_its_slot",
        ),
        migrations.AlterField(
            model_name="approval",
            name="stage",
            field=models.CharField(
                choices=[("approval", "Approval"), ("second_check", "Second check")],
                default="approval",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("awaiting_approval", "Awaiting approval"),
                    ("second_check", "Second check"),
                    ("changes_requested", "Changes requested"),
                    ("approved", "Approved"),
                    ("scheduled", "Scheduled"),
                    ("published", "Published"),
                    ("part_published", "Part-published"),
                    ("failed", "Failed"),
                    ("missed_slot", "Missed slot"),
                    ("withdrawn", "Withdrawn"),
                    ("archived", "Archived"),
                ],
                default="draft",
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("state__in", ["awaiting_approval", "second_check"])),
                fields=["publish_at"],
                name="post_may_miss_its_slot",
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.UniqueConstraint(
                fields=("version", "decided_by"), name="nobody_decides_twice_about_a_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ["approval", "second_check"])),
                name="approval_stage_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "awaiting_approval",
                            "second_check",
                            "changes_requested",
                            "approved",
                            "scheduled",
                            "published",
                            "part_published",
                            "failed",
                            "missed_slot",
                            "withdrawn",
                            "archived",
                        ],
                    )
                ),
                name="post_state_is_known",
            ),
        ),
        migrations.RunPython(install, remove),
    ]
