import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_connecting"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_on", models.DateField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="access_reviews",
                        to="accounts.socialaccount",
                    ),
                ),
            ],
            options={
                "ordering": ["-opened_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ReviewedGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("confirmed", "Still needs it"),
                            ("removed", "Removed"),
                            ("lapsed", "Lapsed"),
                            ("ended", "Ended meanwhile"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=250)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="accounts.accountgrant",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="accounts.accessreview",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="accessreview",
            constraint=models.UniqueConstraint(
                models.F("account"),
                condition=models.Q(("closed_at__isnull", True)),
                name="one_open_access_review_of_an_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewedgrant",
            constraint=models.UniqueConstraint(
                models.F("review"), models.F("grant"), name="a_grant_is_asked_about_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewedgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answer", ""),
                    ("answer__in", ["confirmed", "removed", "lapsed", "ended"]),
                    _connector="OR",
                ),
                name="a_review_answer_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewedgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer__in", ("confirmed", "removed")), _negated=True),
                    models.Q(("at__isnull", False), ("by__isnull", False)),
                    _connector="OR",
                ),
                name="a_persons_answer_has_who_and_when",
            ),
        ),
        migrations.CreateModel(
            name="Departure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last_day", models.DateField()),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="departures",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["recorded_at", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="departure",
            constraint=models.UniqueConstraint(
                models.F("user"),
                condition=models.Q(("undone_at__isnull", True)),
                name="one_open_departure_of_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="departure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("undone_at__isnull", True),
                    ("undone_at__gte", models.F("recorded_at")),
                    _connector="OR",
                ),
                name="departure_is_undone_after_it_was_recorded",
            ),
        ),
    ]
