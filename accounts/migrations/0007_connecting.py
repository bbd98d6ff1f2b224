import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_hazards"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignInAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state_hash", models.CharField(max_length=64, unique=True)),
                ("verifier", models.BinaryField()),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-begun_at", "-id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="warned",
            name="warning_kind_is_known",
        ),
        migrations.AddField(
            model_name="credential",
            name="access_expires_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="credential",
            name="connected_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="credential",
            name="generation",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="credential",
            name="granted_as",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="credential",
            name="refreshing_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="credential",
            name="scopes",
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name="warned",
            name="kind",
            field=models.CharField(
                choices=[
                    ("risk_review", "Review of the risk"),
                    ("connection", "End of the connection"),
                    ("access_review", "Access review"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="warned",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["risk_review", "connection", "access_review"])),
                name="warning_kind_is_known",
            ),
        ),
        migrations.AddField(
            model_name="signinattempt",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sign_in_attempts",
                to="accounts.socialaccount",
            ),
        ),
        migrations.AddField(
            model_name="signinattempt",
            name="begun_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="signinattempt",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("begun_at"))),
                name="sign_in_attempt_ends_after_it_began",
            ),
        ),
    ]
