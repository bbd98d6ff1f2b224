"""Everything around a post: campaigns, library, rules, routes, elections, plans, takedowns."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import publishing.models.takedowns
from django.conf import settings
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from publishing import triggers


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite makes the tables anew, and does so only while no trigger speaks of them."""
    triggers.remove(schema_editor.connection)


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    triggers.install(schema_editor.connection)


def install_as_before(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    triggers.install(schema_editor.connection, emergencies=False)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0013_roles_of_publishing"),
        ("publishing", "0005_second_check"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(remove, install_as_before),
        migrations.RenameField(model_name="version", old_name="campaign", new_name="campaign_name"),
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
            ],
            options={
                "ordering": ["starts_on", "id"],
            },
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
            ],
            options={
                "ordering": ["name"],
            },
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
            ],
            options={
                "verbose_name_plural": "captions",
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
                            ("off", "Off"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
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
            ],
            options={
                "ordering": ["at", "id"],
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
            ],
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
            ],
            options={
                "ordering": ["item", "id"],
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
            ],
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
            ],
            options={
                "ordering": ["period", "name"],
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
            ],
            options={
                "ordering": ["-poll_on", "-id"],
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
            ],
            options={
                "ordering": ["period", "id"],
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
            ],
            options={
                "verbose_name_plural": "emergencies",
                "ordering": ["released_at", "id"],
            },
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
            ],
            options={
                "ordering": ["-added_at", "-id"],
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
            ],
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
            ],
            options={
                "ordering": ["name", "id"],
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
            ],
            options={
                "ordering": ["-asked_at", "-id"],
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
            ],
            options={
                "ordering": ["takedown", "id"],
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
            ],
            options={
                "ordering": ["position", "id"],
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
            ],
            options={
                "ordering": ["route", "stage"],
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
            ],
            options={
                "verbose_name_plural": "series",
                "ordering": ["name", "id"],
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
            ],
            options={
                "ordering": ["name", "id"],
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
            ],
            options={
                "ordering": ["-asked_at", "-id"],
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
            ],
            options={
                "ordering": ["version", "id"],
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
            ],
            options={
                "ordering": ["name"],
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
            ],
            options={
                "ordering": ["text"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="approval",
            name="approval_stage_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="delivery",
            name="delivery_state_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="post",
            name="post_state_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="stop",
            name="one_stop_in_force",
        ),
        migrations.AddField(
            model_name="draft",
            name="answers",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="post",
            name="occurs_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="stop",
            name="account",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stops",
                to="accounts.socialaccount",
            ),
        ),
        migrations.AddField(
            model_name="stop",
            name="allowed_accounts",
            field=models.ManyToManyField(related_name="+", to="accounts.socialaccount"),
        ),
        migrations.AddField(
            model_name="stop",
            name="allowed_posts",
            field=models.ManyToManyField(related_name="+", to="publishing.post"),
        ),
        migrations.AddField(
            model_name="stop",
            name="platform",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="stop",
            name="release_asked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="stop",
            name="release_asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="stop",
            name="scope",
            field=models.CharField(
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
        migrations.AddField(
            model_name="stop",
            name="service_area",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stops",
                to="accounts.servicearea",
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="aim",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="accounts.strategicaim",
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="aim_name",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="version",
            name="format",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="version",
            name="note",
            field=models.TextField(blank=True, max_length=2000),
        ),
        migrations.AddField(
            model_name="version",
            name="tags_link",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="approval",
            name="stage",
            field=models.CharField(
                choices=[
                    ("approval", "Approval"),
                    ("second_check", "Second check"),
                    ("election_check", "Monitoring Officer’s check"),
                ],
                default="approval",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="post",
            name="state",
            field=models.CharField(
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
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ["approval", "second_check", "election_check"])),
                name="approval_stage_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.UniqueConstraint(
                condition=models.Q(("released_at__isnull", True), ("scope", "everything")),
                fields=("scope",),
                name="one_stop_of_everything_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.UniqueConstraint(
                condition=models.Q(("released_at__isnull", True), ("scope", "platform")),
                fields=("platform",),
                name="one_stop_of_a_platform_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.UniqueConstraint(
                condition=models.Q(("released_at__isnull", True), ("scope", "account")),
                fields=("account",),
                name="one_stop_of_an_account_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.UniqueConstraint(
                condition=models.Q(("released_at__isnull", True), ("scope", "service_area")),
                fields=("service_area",),
                name="one_stop_of_a_service_area_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("release_asked_at__isnull", True), ("release_asked_by__isnull", True)
                    ),
                    models.Q(
                        ("release_asked_at__isnull", False), ("release_asked_by__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="stop_release_was_asked_by_who_and_when",
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="cover",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="covers",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="entered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="absences",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="calendarfeed",
            name="account",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.socialaccount",
            ),
        ),
        migrations.AddField(
            model_name="calendarfeed",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="calendar_feeds",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="aim",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="campaigns",
                to="accounts.strategicaim",
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="owner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="campaigns",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="service_area",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="campaigns",
                to="accounts.servicearea",
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="campaign",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="publishing.campaign",
            ),
        ),
        migrations.AddField(
            model_name="captions",
            name="post",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="captions",
                to="publishing.post",
            ),
        ),
        migrations.AddField(
            model_name="captions",
            name="uploaded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="versionmedia",
            name="captions",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="used_in",
                to="publishing.captions",
            ),
        ),
        migrations.AddField(
            model_name="checksetting",
            name="set_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="comments",
                to="publishing.post",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="comments",
                to="publishing.version",
            ),
        ),
        migrations.AddField(
            model_name="commentmention",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mentions",
                to="publishing.comment",
            ),
        ),
        migrations.AddField(
            model_name="commentmention",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="comment_mentions",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="contentplan",
            name="account",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="content_plan",
                to="accounts.socialaccount",
            ),
        ),
        migrations.AddField(
            model_name="contentplan",
            name="set_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="electionperiod",
            name="cancelled_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="electionperiod",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="electionname",
            name="period",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="names",
                to="publishing.electionperiod",
            ),
        ),
        migrations.AddField(
            model_name="electionreview",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="electionreview",
            name="period",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviews",
                to="publishing.electionperiod",
            ),
        ),
        migrations.AddField(
            model_name="electionreview",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="election_reviews",
                to="publishing.post",
            ),
        ),
        migrations.AddField(
            model_name="emergency",
            name="checked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="emergency",
            name="released_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="emergency",
            name="version",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="emergency",
                to="publishing.version",
            ),
        ),
        migrations.AddField(
            model_name="mediaitem",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="mediaitem",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="library_items",
                to="publishing.mediafile",
            ),
        ),
        migrations.AddField(
            model_name="mediaitem",
            name="service_area",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="media_items",
                to="accounts.servicearea",
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consents",
                to="publishing.mediaitem",
            ),
        ),
        migrations.AddConstraint(
            model_name="nonworkingday",
            constraint=models.UniqueConstraint(
                fields=("on", "nation"), name="one_non_working_day_of_a_date"
            ),
        ),
        migrations.AddField(
            model_name="nudge",
            name="people",
            field=models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="nudge",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="nudges",
                to="publishing.version",
            ),
        ),
        migrations.AddField(
            model_name="posttemplate",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="posttemplate",
            name="service_area",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.servicearea",
            ),
        ),
        migrations.AddField(
            model_name="promotion",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="promotions",
                to="accounts.socialaccount",
            ),
        ),
        migrations.AddField(
            model_name="promotion",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="promotions_asked",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="promotion",
            name="budget_holder",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="promotions_held",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="promotion",
            name="communications_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="promotion",
            name="ended_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="promotion",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="promotions",
                to="publishing.post",
            ),
        ),
        migrations.AddField(
            model_name="promotion",
            name="recorded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="removal",
            name="delivery",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="removal",
                to="publishing.delivery",
            ),
        ),
        migrations.AddField(
            model_name="removal",
            name="done_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="route",
            name="accounts",
            field=models.ManyToManyField(related_name="routes", to="accounts.socialaccount"),
        ),
        migrations.AddField(
            model_name="route",
            name="campaigns",
            field=models.ManyToManyField(related_name="routes", to="publishing.campaign"),
        ),
        migrations.AddField(
            model_name="route",
            name="escalate_to",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="route",
            name="service_areas",
            field=models.ManyToManyField(related_name="routes", to="accounts.servicearea"),
        ),
        migrations.AddField(
            model_name="routestage",
            name="people",
            field=models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="routestage",
            name="route",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="stages",
                to="publishing.route",
            ),
        ),
        migrations.AddField(
            model_name="series",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="series",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="series",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="posts",
                to="publishing.series",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ["draft", "changes_requested", "withdrawn", "archived"]),
                    _negated=True,
                ),
                fields=["due_at", "id"],
                name="post_on_the_calendar",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                fields=("series", "occurs_on"), name="one_post_for_each_occurrence"
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("occurs_on__isnull", True), ("series__isnull", True)),
                    models.Q(("occurs_on__isnull", False), ("series__isnull", False)),
                    _connector="OR",
                ),
                name="an_occurrence_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddField(
            model_name="snippet",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="snippet",
            name="service_area",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.servicearea",
            ),
        ),
        migrations.AddField(
            model_name="takedown",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="takedown",
            name="consent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="takedowns",
                to="publishing.consent",
            ),
        ),
        migrations.AddField(
            model_name="takedown",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="takedowns",
                to="publishing.post",
            ),
        ),
        migrations.AddField(
            model_name="removal",
            name="takedown",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="removals",
                to="publishing.takedown",
            ),
        ),
        migrations.AddConstraint(
            model_name="topic",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("name"), name="one_topic_of_a_name"
            ),
        ),
        migrations.AddField(
            model_name="route",
            name="topics",
            field=models.ManyToManyField(related_name="routes", to="publishing.topic"),
        ),
        migrations.AddField(
            model_name="electionperiod",
            name="topics",
            field=models.ManyToManyField(related_name="election_periods", to="publishing.topic"),
        ),
        migrations.AddField(
            model_name="versionfinding",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="publishing.version",
            ),
        ),
        migrations.AddField(
            model_name="ward",
            name="accounts",
            field=models.ManyToManyField(related_name="wards", to="accounts.socialaccount"),
        ),
        migrations.AddField(
            model_name="electionperiod",
            name="wards",
            field=models.ManyToManyField(related_name="periods", to="publishing.ward"),
        ),
        migrations.AddField(
            model_name="wordrule",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", models.F("cover")), _negated=True),
                name="nobody_covers_themselves",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="absence_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("name"), name="one_campaign_of_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.UniqueConstraint(fields=("tag",), name="one_campaign_of_a_tag"),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on__isnull", True),
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="campaign_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="checksetting",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="check_setting_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="comment_has_a_text"
            ),
        ),
        migrations.AddIndex(
            model_name="commentmention",
            index=models.Index(
                condition=models.Q(("seen_at__isnull", True)),
                fields=["person"],
                name="comment_mention_unseen",
            ),
        ),
        migrations.AddConstraint(
            model_name="commentmention",
            constraint=models.UniqueConstraint(
                fields=("comment", "person"), name="one_mention_of_a_person_in_a_comment"
            ),
        ),
        migrations.AddConstraint(
            model_name="contentplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("posts_a_week__range", (1, 100))),
                name="content_plan_is_for_a_week",
            ),
        ),
        migrations.AddConstraint(
            model_name="electionname",
            constraint=models.UniqueConstraint(
                models.F("period"),
                django.db.models.functions.text.Lower("name"),
                name="one_of_a_name_in_an_election_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="electionreview",
            constraint=models.UniqueConstraint(
                fields=("period", "post"), name="one_review_of_a_post_in_a_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="electionreview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True), ("decided_by__isnull", True), ("outcome", "")
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
        ),
        migrations.AddConstraint(
            model_name="emergency",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="emergency_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="emergency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("checked_by__isnull", True),
                    models.Q(("checked_by", models.F("released_by")), _negated=True),
                    _connector="OR",
                ),
                name="somebody_else_checks_an_emergency",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("checked_at__isnull", True), ("checked_by__isnull", True), ("outcome", "")
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
        ),
        migrations.AddConstraint(
            model_name="emergency",
            constraint=models.CheckConstraint(
                condition=models.Q(("comment", ""), ("outcome", "not_in_order"), _negated=True),
                name="emergency_not_in_order_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="mediaitem",
            index=models.Index(
                condition=models.Q(("archived_at__isnull", True), ("is_shared", True)),
                fields=["-added_at", "-id"],
                name="media_item_in_library",
            ),
        ),
        migrations.AddConstraint(
            model_name="mediaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("people__in", ["not_said", "none", "shown"])),
                name="people_in_a_picture_are_known_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_child", False),
                    models.Q(("parent_reference", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_child_has_its_parents_consent",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                    _connector="OR",
                ),
                name="consent_withdrawal_has_who_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expires_on__isnull", True),
                    ("expires_on__gte", models.F("given_on")),
                    _connector="OR",
                ),
                name="consent_expires_after_it_was_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="nudge",
            constraint=models.UniqueConstraint(
                fields=("version", "stage", "kind"), name="one_nudge_of_a_kind_for_a_stage"
            ),
        ),
        migrations.AddIndex(
            model_name="promotion",
            index=models.Index(fields=["-starts_on", "-id"], name="promotion_by_start"),
        ),
        migrations.AddConstraint(
            model_name="promotion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["asked", "agreed", "refused", "withdrawn", "done"])
                ),
                name="promotion_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="promotion",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="promotion_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="promotion",
            constraint=models.CheckConstraint(
                condition=models.Q(("budget_pence__gt", 0)), name="promotion_has_a_budget"
            ),
        ),
        migrations.AddConstraint(
            model_name="promotion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("asked_by", models.F("budget_holder")), _negated=True),
                    models.Q(
                        ("communications_by__isnull", True),
                        models.Q(("communications_by", models.F("asked_by")), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="nobody_agrees_to_their_own_promotion",
            ),
        ),
        migrations.AddConstraint(
            model_name="promotion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("communications_by__isnull", True),
                    models.Q(("communications_by", models.F("budget_holder")), _negated=True),
                    _connector="OR",
                ),
                name="two_people_agree_to_a_promotion",
            ),
        ),
        migrations.AddConstraint(
            model_name="promotion",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="promotion",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="routestage",
            constraint=models.UniqueConstraint(
                fields=("route", "stage"), name="one_of_a_stage_in_a_route"
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="series_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(("every__range", (1, 52))), name="series_comes_round"
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("frequency", "monthly"), _negated=True),
                    ("day_of_month__range", (1, 31)),
                    _connector="OR",
                ),
                name="series_of_months_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="snippet",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="snippet_has_a_text"
            ),
        ),
        migrations.AddConstraint(
            model_name="takedown",
            constraint=models.UniqueConstraint(
                condition=models.Q(("finished_at__isnull", True)),
                fields=("post",),
                name="one_open_takedown_of_a_post",
            ),
        ),
        migrations.AddConstraint(
            model_name="takedown",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="takedown_has_a_reason"
            ),
        ),
        migrations.AddIndex(
            model_name="removal",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "removing"])),
                fields=["try_at", "id"],
                name="removal_to_look_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "removing", "removed", "by_hand", "removed_by_hand"])
                ),
                name="removal_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="route",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("name"), name="one_route_of_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="route",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("risk_from__isnull", True), ("risk_from__range", (1, 25)), _connector="OR"
                ),
                name="route_risk_is_a_score",
            ),
        ),
        migrations.AddConstraint(
            model_name="route",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("escalate_after_h__isnull", True), ("escalate_to__isnull", True)),
                    models.Q(("escalate_after_h__isnull", False), ("escalate_to__isnull", False)),
                    _connector="OR",
                ),
                name="route_escalates_to_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="ward",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("name"), name="one_ward_of_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="electionperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(("notice_on__lt", models.F("poll_on"))),
                name="notice_comes_before_the_poll",
            ),
        ),
        migrations.AddConstraint(
            model_name="electionperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancelled_at__isnull", True), ("cancelled_by__isnull", True)),
                    models.Q(("cancelled_at__isnull", False), ("cancelled_by__isnull", False)),
                    _connector="OR",
                ),
                name="election_cancelled_has_who_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="wordrule",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("text"),
                condition=models.Q(("removed_at__isnull", True)),
                name="one_rule_in_force_for_a_word",
            ),
        ),
        migrations.RunPython(install, remove),
    ]
