"""Policies are consulted on and decided on; what is published stands; the strategy has a timetable."""

from __future__ import annotations

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from training.triggers import policies


def _install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    policies.install(schema_editor.connection)


def _remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    policies.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_squashed_0013_roles_of_publishing"),
        ("training", "0004_what_was_filled_is_asked"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CommitteeDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("approved", "Approved"),
                            ("approved_with_changes", "Approved with changes"),
                            ("not_approved", "Not approved"),
                            ("none_needed", "No committee needed"),
                        ],
                        max_length=25,
                    ),
                ),
                ("committee", models.CharField(blank=True, max_length=120)),
                ("decided_on", models.DateField()),
                (
                    "minute",
                    models.CharField(blank=True, max_length=60, verbose_name="minute reference"),
                ),
                ("link", models.URLField(blank=True, max_length=500)),
                ("note", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-recorded_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Consultee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "interest",
                    models.CharField(
                        choices=[
                            ("trade_unions", "Trade unions"),
                            ("hr", "HR"),
                            ("legal", "Legal"),
                            ("it", "IT"),
                            ("equalities", "Equalities"),
                            ("members", "Elected members"),
                            ("senior_management", "Senior management"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120)),
                ("body", models.CharField(blank=True, max_length=120, verbose_name="organisation")),
                ("answer_by", models.DateField()),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["interest", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ConsulteeAnswer",
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
                        choices=[
                            ("signed_off", "Signed off"),
                            ("changes_asked", "Changes asked for"),
                        ],
                        max_length=15,
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("words", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Phase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150, unique=True)),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("ends_on", models.DateField()),
            ],
            options={
                "ordering": ["position", "ends_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PolicyComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("section", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reply", models.TextField(blank=True)),
                ("replied_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PolicyLetter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("asked", "Asked about a draft"),
                            ("before", "The date comes closer"),
                            ("over", "The date is over"),
                            ("review", "A review comes closer or is over"),
                        ],
                        max_length=10,
                    ),
                ),
                ("about_on", models.DateField()),
                ("days", models.SmallIntegerField(default=0)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="StrategyAction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=250)),
                ("due_on", models.DateField()),
                ("planned_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_started", "Not started"),
                            ("under_way", "Under way"),
                            ("done", "Done"),
                            ("delayed", "Delayed"),
                            ("dropped", "Dropped"),
                        ],
                        default="not_started",
                        max_length=15,
                    ),
                ),
                ("why", models.TextField(blank=True)),
                ("done_on", models.DateField(blank=True, null=True)),
                ("evidence", models.TextField(blank=True)),
                ("link", models.URLField(blank=True, max_length=500)),
                ("picture", models.FileField(blank=True, max_length=200, upload_to="")),
                ("picture_type", models.CharField(blank=True, max_length=20)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("revision", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["phase__position", "due_on", "pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="policyversion",
            name="one_policy_version_for_each_number",
        ),
        migrations.RemoveConstraint(
            model_name="policyversion",
            name="one_draft_of_each_policy",
        ),
        migrations.AddField(
            model_name="policydocument",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="owned_policies",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="policydocument",
            name="review_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="went_on_because",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("document", "number"),
                name="one_policy_version_for_each_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_at", None), ("withdrawn_at", None)),
                fields=("document",),
                name="one_draft_of_each_policy",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("published_at", None), ("withdrawn_at", None), _connector="OR"),
                name="policy_version_is_published_or_withdrawn_or_neither",
            ),
        ),
        migrations.AddField(
            model_name="committeedecision",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="committeedecision",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="training.policyversion",
            ),
        ),
        migrations.AddField(
            model_name="consultee",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="consultee",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consulted",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="consultee",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consultees",
                to="training.policyversion",
            ),
        ),
        migrations.AddField(
            model_name="consulteeanswer",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="consulteeanswer",
            name="consultee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="training.consultee",
            ),
        ),
        migrations.AddField(
            model_name="policycomment",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="policycomment",
            name="consultee",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="comments",
                to="training.consultee",
            ),
        ),
        migrations.AddField(
            model_name="policycomment",
            name="replied_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="policycomment",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="comments",
                to="training.policyversion",
            ),
        ),
        migrations.AddField(
            model_name="policyletter",
            name="consultee",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="letters",
                to="training.consultee",
            ),
        ),
        migrations.AddField(
            model_name="policyletter",
            name="document",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="training.policydocument",
            ),
        ),
        migrations.AddField(
            model_name="policyletter",
            name="to",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="strategyaction",
            name="aim",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actions",
                to="accounts.strategicaim",
            ),
        ),
        migrations.AddField(
            model_name="strategyaction",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="strategy_actions",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="strategyaction",
            name="phase",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actions",
                to="training.phase",
            ),
        ),
        migrations.AddConstraint(
            model_name="committeedecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("committee", ""),
                        ("verdict", "none_needed"),
                        models.Q(("note", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("verdict", "none_needed"), _negated=True),
                        models.Q(("committee", ""), _negated=True),
                        models.Q(("minute", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="decision_names_committee_and_minute_or_says_why_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("body", ""), ("name", ""), ("user__isnull", False)),
                    models.Q(("user", None), models.Q(("name", ""), _negated=True)),
                    _connector="OR",
                ),
                name="consultee_is_a_person_or_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultee",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", False)),
                fields=("version", "user"),
                name="nobody_is_consulted_twice_on_a_draft",
            ),
        ),
        migrations.AddConstraint(
            model_name="consulteeanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answer", "signed_off"),
                    models.Q(("words", ""), _negated=True),
                    _connector="OR",
                ),
                name="who_asks_for_changes_says_which",
            ),
        ),
        migrations.AddConstraint(
            model_name="policycomment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("replied_at", None), ("replied_by", None), ("reply", "")),
                    models.Q(
                        ("replied_at__isnull", False),
                        ("replied_by__isnull", False),
                        models.Q(("reply", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reply_has_its_words_its_author_and_its_time",
            ),
        ),
        migrations.AddIndex(
            model_name="policyletter",
            index=models.Index(
                condition=models.Q(("mailed_at", None)),
                fields=["id"],
                name="policy_letter_unmailed",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyletter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("consultee__isnull", False)),
                fields=("consultee", "kind", "about_on", "days", "to"),
                name="one_letter_about_each_date_to_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyletter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("consultee", None)),
                fields=("document", "kind", "about_on", "days", "to"),
                name="one_letter_about_each_review",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategyaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("delayed", "dropped")), _negated=True),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="delayed_and_dropped_say_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategyaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("done_on__isnull", False),
                        ("state", "done"),
                        models.Q(
                            models.Q(("evidence", ""), _negated=True),
                            models.Q(("link", ""), _negated=True),
                            models.Q(("picture", ""), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    models.Q(models.Q(("state", "done"), _negated=True), ("done_on", None)),
                    _connector="OR",
                ),
                name="done_says_when_and_shows_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategyaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "delayed"), _negated=True),
                    ("due_on__gt", models.F("planned_on")),
                    _connector="OR",
                ),
                name="delayed_has_a_later_day",
            ),
        ),
        migrations.RunPython(_install, _remove),
    ]
