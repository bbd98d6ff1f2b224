"""Posts and all around them, the triggers that hold the first promise, and the first topics."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from publishing import triggers
from publishing.checks.first_topics import FIRST_TOPICS
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import platforms.contract
import publishing.models.media
import publishing.models.takedowns
import uuid
from django.conf import settings
from django.db import migrations, models


def install_triggers(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Nothing unapproved leaves: the database refuses it too."""
    triggers.install(schema_editor.connection)


def remove_triggers(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    triggers.remove(schema_editor.connection)


WORDS = [
    """
    CREATE FUNCTION publishing_words(title text, words text) RETURNS tsvector
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN to_tsvector('pg_catalog.simple'::regconfig, title || ' ' || words)
    """,
    """
    CREATE INDEX publishing_version_by_words ON publishing_version
        USING gin (publishing_words(title, text))
    """,
]


def add_words(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        for statement in WORDS:
            cursor.execute(statement)


def remove_words(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DROP INDEX publishing_version_by_words")
        cursor.execute("DROP FUNCTION publishing_words(text, text)")


def add_topics(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    topics = apps.get_model("publishing", "Topic")
    for name, words, guidance in FIRST_TOPICS:
        if not topics.objects.filter(name__iexact=name).exists():
            topics.objects.create(name=name, words="\n".join(words), guidance=guidance)


class Migration(migrations.Migration):
    initial = True

    replaces = (
        ("publishing", "0001_initial"),
        ("publishing", "0002_nothing_unapproved_leaves"),
        ("publishing", "0003_words"),
        ("publishing", "0004_texts_by_account"),
        ("publishing", "0005_second_check"),
        ("publishing", "0006_writing_and_planning"),
        ("publishing", "0007_two_people_release_a_stop"),
        ("publishing", "0008_first_topics"),
    )

    dependencies = (
        ("accounts", "0010_squashed_0013_roles_of_publishing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )

    operations = (
        migrations.CreateModel(
            name="Circuit",
            fields=[
                ("platform", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("opened_at", models.DateTimeField(null=True)),
                ("open_until", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name="LinkLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("address", models.CharField(max_length=2000)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("answers", "Answers"),
                            ("broken", "Broken"),
                            ("silent", "No answer"),
                            ("refused", "Not looked at"),
                        ],
                        max_length=10,
                    ),
                ),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("detail", models.CharField(blank=True, max_length=300)),
                ("looked_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.socialaccount",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendar_feeds",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("purpose", models.TextField(blank=True, max_length=2000)),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("tag", models.SlugField(max_length=60)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "aim",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="accounts.strategicaim",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service_area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="accounts.servicearea",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"), name="one_campaign_of_a_name"
                    ),
                    models.UniqueConstraint(fields=("tag",), name="one_campaign_of_a_tag"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="campaign_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckSetting",
            fields=[
                ("check_key", models.CharField(max_length=40, primary_key=True, serialize=False)),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("blocking", "Blocking"),
                            ("advisory", "Advisory"),
                            ("note", "Note"),
                            ("off", "Off"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="check_setting_has_a_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContentPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("posts_a_week", models.PositiveSmallIntegerField()),
                ("themes", models.TextField(blank=True, max_length=2000)),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="content_plan",
                        to="accounts.socialaccount",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("posts_a_week__range", (1, 100))),
                        name="content_plan_is_for_a_week",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NonWorkingDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                (
                    "nation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("england", "England"),
                            ("wales", "Wales"),
                            ("scotland", "Scotland"),
                            ("northern_ireland", "Northern Ireland"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=100)),
            ],
            options={
                "ordering": ["on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("on", "nation"), name="one_non_working_day_of_a_date"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PostTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("guidance", models.CharField(blank=True, max_length=500)),
                ("content", models.JSONField(default=dict)),
                ("is_for_emergencies", models.BooleanField(default=False)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("archived_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service_area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.servicearea",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("content", models.JSONField(default=dict)),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("daily", "Every day"),
                            ("weekly", "Every week"),
                            ("monthly", "Every month"),
                        ],
                        max_length=10,
                    ),
                ),
                ("every", models.PositiveSmallIntegerField(default=1)),
                ("weekdays", models.JSONField(blank=True, default=list)),
                ("day_of_month", models.PositiveSmallIntegerField(null=True)),
                ("at", models.TimeField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("days_ahead", models.PositiveSmallIntegerField(default=14)),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "Active"), ("paused", "Paused"), ("ended", "Ended")],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("trouble", models.CharField(blank=True, max_length=500)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="series",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "series",
                "ordering": ["name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="series_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("every__range", (1, 52))), name="series_comes_round"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("frequency", "monthly"), _negated=True),
                            ("day_of_month__range", (1, 31)),
                            _connector="OR",
                        ),
                        name="series_of_months_has_its_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Snippet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("text", models.TextField(max_length=2000)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("archived_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service_area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.servicearea",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="snippet_has_a_text"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("words", models.TextField(max_length=5000)),
                ("guidance", models.CharField(blank=True, max_length=500)),
                ("is_sensitive", models.BooleanField(default=True)),
                ("archived_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"), name="one_topic_of_a_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Route",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("position", models.PositiveSmallIntegerField(default=100)),
                ("is_active", models.BooleanField(default=True)),
                ("risk_from", models.PositiveSmallIntegerField(null=True)),
                ("in_election", models.BooleanField(default=False)),
                ("is_paid", models.BooleanField(default=False)),
                ("remind_after_h", models.PositiveSmallIntegerField(null=True)),
                ("escalate_after_h", models.PositiveSmallIntegerField(null=True)),
                ("expire_after_h", models.PositiveSmallIntegerField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "accounts",
                    models.ManyToManyField(related_name="routes", to="accounts.socialaccount"),
                ),
                (
                    "campaigns",
                    models.ManyToManyField(related_name="routes", to="publishing.campaign"),
                ),
                (
                    "escalate_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service_areas",
                    models.ManyToManyField(related_name="routes", to="accounts.servicearea"),
                ),
                ("topics", models.ManyToManyField(related_name="routes", to="publishing.topic")),
            ],
            options={
                "ordering": ["position", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"), name="one_route_of_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("risk_from__isnull", True),
                            ("risk_from__range", (1, 25)),
                            _connector="OR",
                        ),
                        name="route_risk_is_a_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("escalate_after_h__isnull", True), ("escalate_to__isnull", True)
                            ),
                            models.Q(
                                ("escalate_after_h__isnull", False), ("escalate_to__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="route_escalates_to_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RouteStage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("approval", "Approval"), ("second_check", "Second check")],
                        max_length=20,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("digital_team", "Digital team"),
                            ("communications_officer", "Communications officer"),
                            ("hr", "HR"),
                            ("auditor", "Auditor"),
                            ("monitoring_officer", "Monitoring Officer"),
                            ("duty_officer", "Duty officer"),
                            ("budget_holder", "Budget holder"),
                            ("elected_member", "Elected member"),
                            ("member_of_staff", "Member of staff"),
                            ("drafter", "Drafter"),
                            ("site_owner", "Site owner"),
                            ("approver", "Approver"),
                        ],
                        max_length=30,
                    ),
                ),
                ("people", models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "route",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stages",
                        to="publishing.route",
                    ),
                ),
            ],
            options={
                "ordering": ["route", "stage"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("route", "stage"), name="one_of_a_stage_in_a_route"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ward",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "accounts",
                    models.ManyToManyField(related_name="wards", to="accounts.socialaccount"),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"), name="one_ward_of_a_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ElectionPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150)),
                (
                    "nation",
                    models.CharField(
                        choices=[
                            ("england", "England"),
                            ("wales", "Wales"),
                            ("scotland", "Scotland"),
                            ("northern_ireland", "Northern Ireland"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("local", "Council election"),
                            ("by_election", "Council by-election"),
                            ("parliament", "UK Parliament"),
                            ("devolved", "Senedd, Scottish Parliament or Assembly"),
                            ("mayor", "Mayor"),
                            ("police", "Police and crime commissioner"),
                            ("referendum", "Referendum"),
                        ],
                        max_length=15,
                    ),
                ),
                ("suggested_notice_on", models.DateField()),
                ("notice_on", models.DateField()),
                ("poll_on", models.DateField()),
                ("notes", models.TextField(blank=True, max_length=2000)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancel_reason", models.CharField(blank=True, max_length=500)),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(related_name="election_periods", to="publishing.topic"),
                ),
                ("wards", models.ManyToManyField(related_name="periods", to="publishing.ward")),
            ],
            options={
                "ordering": ["-poll_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("notice_on__lt", models.F("poll_on"))),
                        name="notice_comes_before_the_poll",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cancelled_at__isnull", True), ("cancelled_by__isnull", True)
                            ),
                            models.Q(
                                ("cancelled_at__isnull", False), ("cancelled_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="election_cancelled_has_who_and_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ElectionName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("candidate", "Candidate"),
                            ("member", "Member"),
                            ("group", "Party or group"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="publishing.electionperiod",
                    ),
                ),
            ],
            options={
                "ordering": ["period", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("period"),
                        django.db.models.functions.text.Lower("name"),
                        name="one_of_a_name_in_an_election_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WordRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=100)),
                (
                    "kind",
                    models.CharField(
                        choices=[("blocked", "Not to be used"), ("exception", "Allowed after all")],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["text"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("text"),
                        condition=models.Q(("removed_at__isnull", True)),
                        name="one_rule_in_force_for_a_word",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "cover",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["starts_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("cover")), _negated=True),
                        name="nobody_covers_themselves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="absence_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=100)),
                (
                    "state",
                    models.CharField(
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
                            ("taken_down", "Taken down"),
                            ("withdrawn", "Withdrawn"),
                            ("archived", "Archived"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                ("publish_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("occurs_on", models.DateField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service_area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="accounts.servicearea",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="publishing.series",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "-changed_at", "-id"], name="post_state_changed"),
                    models.Index(fields=["state", "due_at", "id"], name="post_state_due"),
                    models.Index(
                        fields=["author", "state", "-changed_at", "-id"], name="post_author_changed"
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["approved", "scheduled"])),
                        fields=["due_at", "id"],
                        name="post_going_out",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["published", "part_published"])),
                        fields=["-changed_at", "-id"],
                        name="post_gone_out",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["withdrawn", "archived"])),
                        fields=["-changed_at", "-id"],
                        name="post_put_away",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["awaiting_approval", "second_check"])),
                        fields=["publish_at"],
                        name="post_may_miss_its_slot",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("state__in", ["draft", "changes_requested", "withdrawn", "archived"]),
                            _negated=True,
                        ),
                        fields=["due_at", "id"],
                        name="post_on_the_calendar",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("series", "occurs_on"), name="one_post_for_each_occurrence"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("occurs_on__isnull", True), ("series__isnull", True)),
                            models.Q(("occurs_on__isnull", False), ("series__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_occurrence_has_its_day",
                    ),
                    models.CheckConstraint(
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
                                    "taken_down",
                                    "withdrawn",
                                    "archived",
                                ],
                            )
                        ),
                        name="post_state_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MediaFile",
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
                            (platforms.contract.MediaKind["PICTURE"], "Picture"),
                            (platforms.contract.MediaKind["VIDEO"], "Video"),
                        ],
                        max_length=10,
                    ),
                ),
                ("content_type", models.CharField(max_length=50)),
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("file", models.FileField(max_length=200, upload_to=publishing.models.media._path)),
                ("original_name", models.CharField(max_length=200)),
                ("size", models.PositiveBigIntegerField()),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to="publishing.post",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("post", "digest"), name="one_upload_for_a_post")
                ],
            },
        ),
        migrations.CreateModel(
            name="MediaItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("alt_text", models.CharField(blank=True, max_length=1500)),
                ("keywords", models.CharField(blank=True, max_length=300)),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("council", "The council owns it"),
                            ("open_government", "Open Government Licence"),
                            ("creative_commons", "Creative Commons"),
                            ("bought", "Bought from a picture library"),
                            ("permission", "By permission of its owner"),
                            ("public_domain", "No rights reserved"),
                        ],
                        max_length=20,
                    ),
                ),
                ("licence_ends_on", models.DateField(null=True)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("credit", models.CharField(blank=True, max_length=200)),
                (
                    "people",
                    models.CharField(
                        choices=[
                            ("not_said", "Not said yet"),
                            ("none", "Nobody who can be recognised"),
                            ("shown", "People who can be recognised"),
                        ],
                        default="not_said",
                        max_length=10,
                    ),
                ),
                ("is_shared", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("archived_at", models.DateTimeField(null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="library_items",
                        to="publishing.mediafile",
                    ),
                ),
                (
                    "service_area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="media_items",
                        to="accounts.servicearea",
                    ),
                ),
            ],
            options={
                "ordering": ["-added_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("archived_at__isnull", True), ("is_shared", True)),
                        fields=["-added_at", "-id"],
                        name="media_item_in_library",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("people__in", ["not_said", "none", "shown"])),
                        name="people_in_a_picture_are_known_words",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("who", models.CharField(max_length=200)),
                (
                    "legal_basis",
                    models.CharField(
                        choices=[
                            ("consent", "Consent"),
                            ("contract", "Contract"),
                            ("public_task", "Public task"),
                            ("legitimate_interests", "Legitimate interests"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reference", models.CharField(max_length=100)),
                ("given_on", models.DateField()),
                ("expires_on", models.DateField(null=True)),
                ("is_child", models.BooleanField(default=False)),
                ("parent_reference", models.CharField(blank=True, max_length=100)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawal_reason", models.CharField(blank=True, max_length=500)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="publishing.mediaitem",
                    ),
                ),
            ],
            options={
                "ordering": ["item", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_child", False),
                            models.Q(("parent_reference", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_child_has_its_parents_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="consent_withdrawal_has_who_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on__isnull", True),
                            ("expires_on__gte", models.F("given_on")),
                            _connector="OR",
                        ),
                        name="consent_expires_after_it_was_given",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ElectionReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("listed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("because", models.CharField(blank=True, max_length=500)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("kept", "Stays as it is"),
                            ("changed", "Changed or moved"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("comment", models.CharField(blank=True, max_length=500)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="publishing.electionperiod",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="election_reviews",
                        to="publishing.post",
                    ),
                ),
            ],
            options={
                "ordering": ["period", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("period", "post"), name="one_review_of_a_post_in_a_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("outcome", ""),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="election_review_has_who_when_and_what",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content", models.JSONField(default=dict)),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft",
                        to="publishing.post",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Captions",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(default="en-GB", max_length=10)),
                ("text", models.TextField()),
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("original_name", models.CharField(max_length=200)),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="captions",
                        to="publishing.post",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "captions",
            },
        ),
        migrations.CreateModel(
            name="Promotion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("objective", models.CharField(max_length=500)),
                ("audience", models.CharField(max_length=500)),
                ("budget_pence", models.PositiveIntegerField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("cost_code", models.CharField(max_length=50)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Awaiting approval"),
                            ("agreed", "Approved"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                            ("done", "Spend recorded"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("budget_agreed_at", models.DateTimeField(null=True)),
                ("communications_agreed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.CharField(blank=True, max_length=500)),
                ("spent_pence", models.PositiveIntegerField(null=True)),
                ("reached", models.PositiveIntegerField(null=True)),
                ("clicks", models.PositiveIntegerField(null=True)),
                ("result", models.TextField(blank=True, max_length=2000)),
                ("recorded_at", models.DateTimeField(null=True)),
                ("key", models.UUIDField(unique=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promotions",
                        to="accounts.socialaccount",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promotions_asked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "budget_holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promotions_held",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "communications_by",
                    models.ForeignKey(
                        null=True,
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
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promotions",
                        to="publishing.post",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-id"],
                "indexes": [models.Index(fields=["-starts_on", "-id"], name="promotion_by_start")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "agreed", "refused", "withdrawn", "done"])
                        ),
                        name="promotion_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="promotion_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("budget_pence__gt", 0)), name="promotion_has_a_budget"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_by", models.F("budget_holder")), _negated=True),
                            models.Q(
                                ("communications_by__isnull", True),
                                models.Q(
                                    ("communications_by", models.F("asked_by")), _negated=True
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="nobody_agrees_to_their_own_promotion",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("communications_by__isnull", True),
                            models.Q(
                                ("communications_by", models.F("budget_holder")), _negated=True
                            ),
                            _connector="OR",
                        ),
                        name="two_people_agree_to_a_promotion",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["agreed", "done"]), _negated=True),
                            models.Q(
                                ("budget_agreed_at__isnull", False),
                                ("communications_agreed_at__isnull", False),
                                ("communications_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="agreed_promotion_has_both_decisions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(
                                ("recorded_at__isnull", False),
                                ("recorded_by__isnull", False),
                                ("spent_pence__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="done_promotion_says_what_was_spent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Stop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("everything", "Everything"),
                            ("platform", "One platform"),
                            ("account", "One account"),
                            ("service_area", "One service area"),
                        ],
                        default="everything",
                        max_length=12,
                    ),
                ),
                ("platform", models.CharField(blank=True, max_length=20)),
                ("reason", models.CharField(max_length=500)),
                ("placed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("release_asked_at", models.DateTimeField(null=True)),
                ("release_reason", models.CharField(blank=True, max_length=500)),
                ("released_at", models.DateTimeField(null=True)),
                ("released_alone", models.BooleanField(default=False, editable=False)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stops",
                        to="accounts.socialaccount",
                    ),
                ),
                (
                    "allowed_accounts",
                    models.ManyToManyField(related_name="+", to="accounts.socialaccount"),
                ),
                ("allowed_posts", models.ManyToManyField(related_name="+", to="publishing.post")),
                (
                    "placed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "release_asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service_area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stops",
                        to="accounts.servicearea",
                    ),
                ),
            ],
            options={
                "ordering": ["-placed_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("released_at__isnull", True), ("scope", "everything")),
                        fields=("scope",),
                        name="one_stop_of_everything_in_force",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("released_at__isnull", True), ("scope", "platform")),
                        fields=("platform",),
                        name="one_stop_of_a_platform_in_force",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("released_at__isnull", True), ("scope", "account")),
                        fields=("account",),
                        name="one_stop_of_an_account_in_force",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("released_at__isnull", True), ("scope", "service_area")
                        ),
                        fields=("service_area",),
                        name="one_stop_of_a_service_area_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("account", None),
                                ("platform", ""),
                                ("scope", "everything"),
                                ("service_area", None),
                            ),
                            models.Q(
                                ("account", None),
                                ("scope", "platform"),
                                ("service_area", None),
                                models.Q(("platform", ""), _negated=True),
                            ),
                            models.Q(
                                ("account__isnull", False),
                                ("platform", ""),
                                ("scope", "account"),
                                ("service_area", None),
                            ),
                            models.Q(
                                ("account", None),
                                ("platform", ""),
                                ("scope", "service_area"),
                                ("service_area__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="stop_names_what_its_scope_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                            models.Q(
                                ("released_at__isnull", False), ("released_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="stop_release_has_who_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("release_asked_at__isnull", True),
                                ("release_asked_by__isnull", True),
                            ),
                            models.Q(
                                ("release_asked_at__isnull", False),
                                ("release_asked_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="stop_release_was_asked_by_who_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("released_by__isnull", True),
                            ("released_alone", True),
                            models.Q(
                                ("release_asked_by__isnull", False),
                                models.Q(
                                    ("release_asked_by", models.F("released_by")), _negated=True
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="two_people_release_a_stop",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="stop_has_a_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Takedown",
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
                            ("mistake", "A mistake"),
                            ("personal_data", "Personal data"),
                            ("consent", "Consent withdrawn"),
                            ("complaint", "A complaint"),
                            ("legal", "Legal advice"),
                            ("election", "An election period"),
                            ("other", "Another reason"),
                        ],
                        max_length=15,
                    ),
                ),
                ("reason", models.TextField(max_length=1000)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="takedowns",
                        to="publishing.consent",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="takedowns",
                        to="publishing.post",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("finished_at__isnull", True)),
                        fields=("post",),
                        name="one_open_takedown_of_a_post",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="takedown_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("title", models.CharField(max_length=100)),
                ("text", models.TextField(blank=True)),
                ("link", models.URLField(blank=True, max_length=500)),
                ("tags_link", models.BooleanField(default=False)),
                ("campaign_name", models.CharField(blank=True, max_length=100)),
                ("aim_name", models.CharField(blank=True, max_length=200)),
                ("note", models.TextField(blank=True, max_length=2000)),
                ("publish_at", models.DateTimeField(null=True)),
                ("digest", models.CharField(max_length=64)),
                ("format", models.PositiveSmallIntegerField(default=1)),
                (
                    "aim",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="accounts.strategicaim",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="publishing.campaign",
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="publishing.post",
                    ),
                ),
            ],
            options={
                "ordering": ["post", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("post", "number"), name="one_version_for_each_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=2000)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("key", models.UUIDField(unique=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="publishing.post",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="publishing.version",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="comment_has_a_text"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CommentMention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_at", models.DateTimeField(null=True)),
                ("mailed_at", models.DateTimeField(null=True)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to="publishing.comment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comment_mentions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("seen_at__isnull", True)),
                        fields=["person"],
                        name="comment_mention_unseen",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comment", "person"), name="one_mention_of_a_person_in_a_comment"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sending", "Sending"),
                            ("published", "Published"),
                            ("rejected", "Rejected"),
                            ("unknown", "Outcome unknown"),
                            ("held", "Held"),
                            ("missed", "Missed"),
                            ("cancelled", "Cancelled"),
                            ("taken_down", "Taken down"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("try_at", models.DateTimeField()),
                ("lease_until", models.DateTimeField(null=True)),
                ("resume", models.JSONField(blank=True, default=dict)),
                ("read_backs", models.PositiveSmallIntegerField(default=0)),
                ("absent_since", models.DateTimeField(null=True)),
                ("asks_person", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("remote_id", models.CharField(blank=True, max_length=200)),
                ("remote_url", models.URLField(blank=True, max_length=500)),
                ("sent_text", models.TextField(blank=True)),
                ("sent_alt_texts", models.JSONField(blank=True, default=list)),
                ("published_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="accounts.socialaccount",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="publishing.post",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="publishing.version",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "ordering": ["due_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("state__in", ["waiting", "sending", "unknown", "held"])
                        ),
                        fields=["try_at", "id"],
                        name="delivery_to_look_at",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("state__in", ["waiting", "sending", "unknown", "held"])
                        ),
                        fields=["account", "due_at", "id"],
                        name="delivery_open_on_account",
                    ),
                    models.Index(
                        condition=models.Q(("lease_until__isnull", False)),
                        fields=["account"],
                        name="delivery_held_by_a_worker",
                    ),
                    models.Index(
                        fields=["account", "-published_at"], name="delivery_account_published"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "account"),
                        name="one_delivery_for_a_version_and_an_account",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "sending", "unknown", "held", "published"])
                        ),
                        fields=("post", "account"),
                        name="one_live_delivery_for_a_post_and_an_account",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "waiting",
                                    "sending",
                                    "published",
                                    "rejected",
                                    "unknown",
                                    "held",
                                    "missed",
                                    "cancelled",
                                    "taken_down",
                                ],
                            )
                        ),
                        name="delivery_state_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "sending")),
                        fields=("account",),
                        name="one_delivery_of_an_account_is_sending",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lease_until__isnull", False), ("state", "sending")),
                            ("state", "unknown"),
                            models.Q(
                                models.Q(("state", "sending"), _negated=True),
                                ("lease_until__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="delivery_is_leased_while_sending",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(
                                ("published_at__isnull", False),
                                models.Q(("remote_id", ""), ("remote_url", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="published_delivery_says_what_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asks_person", False), ("state", "unknown"), _connector="OR"
                        ),
                        name="only_the_unknown_asks_a_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("worker", models.CharField(blank=True, max_length=100)),
                ("claimed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("published", "Published"),
                            ("rejected", "Rejected"),
                            ("try_later", "Try later"),
                            ("unknown", "Outcome unknown"),
                            ("refused", "Not sent"),
                        ],
                        max_length=12,
                    ),
                ),
                ("detail", models.CharField(blank=True, max_length=500)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="publishing.delivery",
                    ),
                ),
            ],
            options={
                "ordering": ["delivery", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("delivery", "number"), name="one_attempt_for_each_number"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("delivery",),
                        name="one_open_attempt_at_a_delivery",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("outcome", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="ended_attempt_has_an_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Removal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("removing", "Being removed"),
                            ("removed", "Removed"),
                            ("by_hand", "Remove by hand"),
                            ("removed_by_hand", "Removed by hand"),
                        ],
                        default="waiting",
                        max_length=16,
                    ),
                ),
                ("snapshot", models.JSONField(blank=True, default=dict)),
                ("snapshot_at", models.DateTimeField(null=True)),
                ("try_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("lease_until", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("detail", models.CharField(blank=True, max_length=500)),
                ("done_at", models.DateTimeField(null=True)),
                ("proof_note", models.TextField(blank=True, max_length=1000)),
                (
                    "proof",
                    models.FileField(
                        blank=True,
                        max_length=200,
                        upload_to=publishing.models.takedowns._proof_path,
                    ),
                ),
                ("proof_digest", models.CharField(blank=True, max_length=64)),
                (
                    "delivery",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="removal",
                        to="publishing.delivery",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "takedown",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="removals",
                        to="publishing.takedown",
                    ),
                ),
            ],
            options={
                "ordering": ["takedown", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "removing"])),
                        fields=["try_at", "id"],
                        name="removal_to_look_at",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["waiting", "removing", "removed", "by_hand", "removed_by_hand"],
                            )
                        ),
                        name="removal_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "removed_by_hand"), _negated=True),
                            models.Q(
                                ("done_at__isnull", False),
                                ("done_by__isnull", False),
                                models.Q(("proof_digest", ""), ("proof_note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="removal_by_hand_has_who_when_and_proof",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lease_until__isnull", False), ("state", "removing")),
                            models.Q(
                                models.Q(("state", "removing"), _negated=True),
                                ("lease_until__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="removal_is_leased_while_removing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Nudge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("approval", "Approval"),
                            ("second_check", "Second check"),
                            ("election_check", "Monitoring Officer’s check"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reminder", "Reminder"),
                            ("escalation", "Escalation"),
                            ("expiry", "Sent back undecided"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("mailed_at", models.DateTimeField(null=True)),
                ("people", models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nudges",
                        to="publishing.version",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "stage", "kind"), name="one_nudge_of_a_kind_for_a_stage"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Emergency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=1000)),
                ("released_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("checked_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_order", "It was in order"),
                            ("not_in_order", "It was not in order"),
                        ],
                        max_length=12,
                    ),
                ),
                ("comment", models.TextField(blank=True, max_length=2000)),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emergency",
                        to="publishing.version",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "emergencies",
                "ordering": ["released_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="emergency_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_by__isnull", True),
                            models.Q(("checked_by", models.F("released_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="somebody_else_checks_an_emergency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("checked_at__isnull", True),
                                ("checked_by__isnull", True),
                                ("outcome", ""),
                            ),
                            models.Q(
                                ("checked_at__isnull", False),
                                ("checked_by__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="emergency_check_has_who_when_and_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("comment", ""), ("outcome", "not_in_order"), _negated=True
                        ),
                        name="emergency_not_in_order_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("approval", "Approval"),
                            ("second_check", "Second check"),
                            ("election_check", "Monitoring Officer’s check"),
                        ],
                        default="approval",
                        max_length=20,
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("approved", "Approved"),
                            ("changes_requested", "Changes requested"),
                        ],
                        max_length=20,
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("comment", models.TextField(blank=True, max_length=2000)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "editor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="publishing.version",
                    ),
                ),
            ],
            options={
                "ordering": ["decided_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decided_by", models.F("author")), _negated=True),
                        name="author_does_not_decide",
                    ),
                    models.UniqueConstraint(
                        fields=("version", "stage"), name="one_decision_for_a_version_and_stage"
                    ),
                    models.UniqueConstraint(
                        fields=("version", "decided_by"),
                        name="nobody_decides_twice_about_a_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage__in", ["approval", "second_check", "election_check"])
                        ),
                        name="approval_stage_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("comment", ""), ("decision", "changes_requested"), _negated=True
                        ),
                        name="changes_need_a_comment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["approved", "changes_requested"])),
                        name="decision_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decided_by", models.F("editor")), _negated=True),
                        name="editor_does_not_approve",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VersionFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("check_key", models.CharField(max_length=40)),
                ("message", models.CharField(max_length=500)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("answer", models.CharField(blank=True, max_length=500)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="publishing.version",
                    ),
                ),
            ],
            options={
                "ordering": ["version", "id"],
            },
        ),
        migrations.CreateModel(
            name="VersionMedia",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("alt_text", models.CharField(max_length=1500)),
                (
                    "captions",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="used_in",
                        to="publishing.captions",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="used_in",
                        to="publishing.mediafile",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="media",
                        to="publishing.version",
                    ),
                ),
            ],
            options={
                "ordering": ["version", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "position"), name="one_picture_for_each_position"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("alt_text", ""), _negated=True),
                        name="picture_has_alt_text",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VersionText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("is_own", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="version_texts",
                        to="accounts.socialaccount",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="publishing.version",
                    ),
                ),
            ],
            options={
                "ordering": ["account__name", "account_id"],
                "indexes": [
                    models.Index(fields=["account", "version"], name="text_account_version")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "account"), name="one_text_for_each_account"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="post",
            name="version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="publishing.version",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "withdrawn", "archived"]),
                    ("version__isnull", False),
                    _connector="OR",
                ),
                name="post_past_draft_has_a_version",
            ),
        ),
        migrations.RunPython(install_triggers, remove_triggers),
        migrations.RunPython(add_words, remove_words),
        migrations.RunPython(add_topics, migrations.RunPython.noop),
    )
