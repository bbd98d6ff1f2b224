from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def begin_with_who_answers_now(apps: Any, schema_editor: Any) -> None:
    """Since when nobody kept; since the account came onto the register is the latest it can be."""
    Answerable = apps.get_model("accounts", "Answerable")
    for account in apps.get_model("accounts", "SocialAccount").objects.iterator():
        for part, user in (("owner", account.owner_id), ("deputy", account.deputy_id)):
            if user:
                Answerable.objects.create(
                    account=account,
                    part=part,
                    user_id=user,
                    since=account.added_at,
                    accepted_at=account.added_at,
                    accepted_on_paper="Before acceptance was kept",
                )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_reviews_of_risk"),
    ]

    operations = [
        migrations.CreateModel(
            name="Answerable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[("owner", "Site owner"), ("deputy", "Deputy")], max_length=6
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("accepted_on_paper", models.CharField(blank=True, max_length=250)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answerables",
                        to="accounts.socialaccount",
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answered_for",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["since", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("account", "part"),
                        name="one_owner_and_one_deputy_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ["owner", "deputy"])),
                        name="answerable_part_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="answerable_until_comes_after_since",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_on_paper", ""),
                            ("accepted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="accepted_on_paper_is_accepted",
                    ),
                ],
            },
        ),
        migrations.RunPython(begin_with_who_answers_now, migrations.RunPython.noop),
    ]
