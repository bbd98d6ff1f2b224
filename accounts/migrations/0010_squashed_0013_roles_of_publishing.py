"""What needs long work: the archive of an account, and importing the register."""

from __future__ import annotations

import django.utils.timezone

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = (
        ("accounts", "0010_closings"),
        ("accounts", "0011_register_imports"),
        ("accounts", "0012_lists_by_name"),
        ("accounts", "0013_roles_of_publishing"),
    )

    dependencies = (
        ("accounts", "0001_squashed_0009_rationalisation"),
        ("jobs", "0002_jobs"),
    )

    operations = (
        migrations.CreateModel(
            name="RegisterImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("good", models.JSONField(default=list)),
                ("problems", models.JSONField(default=list)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "job",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jobs.job",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taken_at__isnull", True), ("job__isnull", False), _connector="OR"
                        ),
                        name="what_was_taken_over_was_confirmed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountArchive",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("posts", models.PositiveIntegerField()),
                ("mentions", models.PositiveIntegerField()),
                ("pictures", models.PositiveIntegerField()),
                ("lost", models.PositiveIntegerField(default=0)),
                ("up_to", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "job",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jobs.job"
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="archives",
                        to="accounts.socialaccount",
                    ),
                ),
            ],
            options={
                "ordering": ["-up_to", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Closing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("state_before", models.CharField(max_length=12)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("abandoned_at", models.DateTimeField(blank=True, null=True)),
                (
                    "archive",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.accountarchive",
                    ),
                ),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closings",
                        to="accounts.socialaccount",
                    ),
                ),
            ],
            options={
                "ordering": ["-begun_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("account"),
                        condition=models.Q(
                            ("abandoned_at__isnull", True), ("finished_at__isnull", True)
                        ),
                        name="one_open_closing_of_an_account",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at__isnull", True),
                            ("abandoned_at__isnull", True),
                            _connector="OR",
                        ),
                        name="a_closing_ends_in_one_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at__isnull", True),
                            ("archive__isnull", False),
                            _connector="OR",
                        ),
                        name="a_finished_closing_has_an_archive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="a_closing_has_a_reason",
                    ),
                ],
            },
        ),
    )
