import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_access_reviews"),
    ]

    operations = [
        migrations.CreateModel(
            name="RationalisationRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_on", models.DateField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-opened_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="RationalisationDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "fate",
                    models.CharField(
                        choices=[
                            ("keep", "Keep"),
                            ("fix", "Fix"),
                            ("merge", "Merge"),
                            ("close", "Close"),
                        ],
                        max_length=6,
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rationalisations",
                        to="accounts.socialaccount",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merge_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.socialaccount",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="accounts.rationalisationround",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="rationalisationround",
            constraint=models.UniqueConstraint(
                models.F("name"),
                condition=models.Q(("closed_at__isnull", True)),
                name="one_open_round_of_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="rationalisationround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                    _connector="OR",
                ),
                name="round_closed_by_who_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="rationalisationdecision",
            constraint=models.UniqueConstraint(
                models.F("round"), models.F("account"), name="one_decision_for_each_account"
            ),
        ),
        migrations.AddConstraint(
            model_name="rationalisationdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("fate__in", ["keep", "fix", "merge", "close"])),
                name="fate_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="rationalisationdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("fate", "merge"),
                        models.Q(("merge_into", models.F("account")), _negated=True),
                    ),
                    models.Q(
                        models.Q(("fate", "merge"), _negated=True), ("merge_into__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="a_merge_names_another_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="rationalisationdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("fate", "merge"), _negated=True),
                    ("merge_into__isnull", False),
                    _connector="OR",
                ),
                name="a_merge_names_an_account",
            ),
        ),
    ]
