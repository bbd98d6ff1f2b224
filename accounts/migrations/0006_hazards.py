import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_requests"),
    ]

    operations = [
        migrations.CreateModel(
            name="AssessedHazard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("likelihood", models.PositiveSmallIntegerField()),
                ("impact", models.PositiveSmallIntegerField()),
                ("controls", models.CharField(blank=True, max_length=500)),
                ("residual_likelihood", models.PositiveSmallIntegerField()),
                ("residual_impact", models.PositiveSmallIntegerField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Hazard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="hazard")),
                (
                    "description",
                    models.CharField(blank=True, max_length=300, verbose_name="what can happen"),
                ),
                (
                    "usual_controls",
                    models.CharField(blank=True, max_length=500, verbose_name="usual controls"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_in_use", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "ordering": ["position", "name"],
            },
        ),
        migrations.AddField(
            model_name="riskassessment",
            name="returned_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="riskassessment",
            name="returned_because",
            field=models.CharField(blank=True, max_length=1000),
        ),
        migrations.AddField(
            model_name="riskassessment",
            name="returned_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="riskassessment",
            name="risk_owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="riskassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("returned_at__isnull", True),
                        ("returned_because", ""),
                        ("returned_by__isnull", True),
                    ),
                    models.Q(
                        ("returned_at__isnull", False),
                        ("returned_by__isnull", False),
                        models.Q(("returned_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="risk_returned_has_who_when_and_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="riskassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("signed_off_at__isnull", True), ("returned_at__isnull", True), _connector="OR"
                ),
                name="risk_is_signed_off_or_returned",
            ),
        ),
        migrations.AddField(
            model_name="assessedhazard",
            name="assessment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="hazards",
                to="accounts.riskassessment",
            ),
        ),
        migrations.AddConstraint(
            model_name="hazard",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("name"), name="one_hazard_of_a_name"
            ),
        ),
        migrations.AddField(
            model_name="assessedhazard",
            name="hazard",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.hazard"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessedhazard",
            constraint=models.UniqueConstraint(
                models.F("assessment"), models.F("hazard"), name="a_hazard_is_assessed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessedhazard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("impact__range", (1, 5)),
                    ("likelihood__range", (1, 5)),
                    ("residual_impact__range", (1, 5)),
                    ("residual_likelihood__range", (1, 5)),
                ),
                name="hazard_scores_are_one_to_five",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessedhazard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("residual_likelihood__lte", models.F("likelihood")),
                    ("residual_impact__lte", models.F("impact")),
                ),
                name="controls_do_not_add_to_a_hazard",
            ),
        ),
    ]
