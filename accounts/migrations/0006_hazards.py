import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TEMPLATE = (
    (
        "Confidential information disclosed",
        "A post, a picture or a reply gives away what is not public: a case, a contract, a plan.",
        (
            "Two people see every post. Pictures are looked at for screens, papers and badges."
            " Casework is moved off social media."
        ),
    ),
    (
        "Damage to the council’s reputation",
        "A careless or ill-timed post, or silence where an answer was due, costs trust.",
        (
            "Every post is approved. Replies are read each working day. All delivery can be stopped at"
            " once."
        ),
    ),
    (
        "Inappropriate posting by staff",
        "Somebody posts what is offensive or partisan, or their own view in the council’s name.",
        (
            "Training and the policy before the first post. No shared passwords. Each step is kept"
            " with its name."
        ),
    ),
    (
        "Defamation",
        "A post, a share or a comment left standing says something false that harms somebody.",
        (
            "Nobody is named without a check. House rules for comments. Legal advice before a dispute"
            " is answered."
        ),
    ),
    (
        "Safeguarding",
        "A child or an adult at risk can be recognised, found or approached through the account.",
        (
            "Consent is recorded for each picture. No names with faces of children. Concerns go to the"
            " safeguarding team."
        ),
    ),
    (
        "Impersonation",
        "Somebody sets up an account that looks like this one and misleads residents.",
        (
            "The account is linked from the council’s site, branded and on the public list. Lookalikes"
            " are reported to the platform."
        ),
    ),
    (
        "Data protection",
        "Personal data is asked for, shown or kept without a lawful reason.",
        (
            "Residents are asked not to post details, and comments with them are hidden. Messages are"
            " kept no longer than the retention schedule says."
        ),
    ),
    (
        "Account takeover",
        "Somebody outside gets in and posts as the council, or locks it out.",
        (
            "Two-factor sign-in. Joint access for the corporate team. A recovery contact of the"
            " council. Leavers lose access the same day."
        ),
    ),
    (
        "Accessibility",
        "Some residents cannot read, see or hear what is posted.",
        (
            "Text that stands in for every picture, captions on films, capitals in hashtags, plain"
            " English."
        ),
    ),
    (
        "Resource",
        "Nobody has the time to post, read and answer, and the account falls silent.",
        (
            "An owner and a deputy. A content plan. Accounts without posts are found and decided"
            " about."
        ),
    ),
)
"""What can go wrong with a council's account, to begin with; the corporate team edits it."""


def add_template(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    hazards = apps.get_model("accounts", "Hazard").objects.using(schema_editor.connection.alias)
    hazards.bulk_create(
        hazards.model(
            name=name, description=description, usual_controls=usual_controls, position=position
        )
        for position, (name, description, usual_controls) in enumerate(TEMPLATE, start=1)
    )


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
        migrations.RunPython(add_template, migrations.RunPython.noop),
    ]
