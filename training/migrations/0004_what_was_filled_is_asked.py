import django.db.models.deletion
import training.models.completions
from django.db import migrations, models


class Migration(migrations.Migration):
    # Of its own: PostgreSQL changes no table in the transaction that filled it.
    dependencies = [
        ("training", "0003_courses_in_versions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="acknowledgement",
            name="document",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acknowledgements",
                to="training.policydocument",
            ),
        ),
        migrations.AlterField(
            model_name="completion",
            name="reference",
            field=models.CharField(
                default=training.models.completions.new_reference, max_length=14, unique=True
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_at", None)),
                fields=("document",),
                name="one_draft_of_each_policy",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_at", None),
                    models.Q(
                        ("in_force_from__isnull", False),
                        ("needed_from__gte", models.F("in_force_from")),
                    ),
                    _connector="OR",
                ),
                name="published_policy_has_its_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="completion",
            constraint=models.CheckConstraint(
                condition=models.Q(("counts_until__gte", models.F("expires_on"))),
                name="completion_counts_at_least_until_it_expires",
            ),
        ),
        migrations.AddConstraint(
            model_name="completion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("withdrawn_at", None), ("withdrawn_because", ""), ("withdrawn_by", None)
                    ),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdrawn_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="completion_withdrawn_by_somebody_for_a_reason",
            ),
        ),
    ]
