import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_answerable"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountRequest",
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
                            ("draft", "Draft"),
                            ("with_manager", "With the line manager"),
                            ("with_communications", "With communications"),
                            ("accepted", "Accepted"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "why",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="what it is needed for"
                    ),
                ),
                (
                    "why_not_existing",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        verbose_name="why an existing account will not do",
                    ),
                ),
                (
                    "content_kinds",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="what will be posted"
                    ),
                ),
                (
                    "content_rhythm",
                    models.CharField(blank=True, max_length=300, verbose_name="how often"),
                ),
                (
                    "content_first_weeks",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="the first four weeks"
                    ),
                ),
                (
                    "content_replies",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="who answers residents, and when"
                    ),
                ),
                (
                    "equality_adverse",
                    models.CharField(
                        blank=True, choices=[("yes", "Yes"), ("no", "No")], max_length=3
                    ),
                ),
                ("equality_adverse_why", models.TextField(blank=True, max_length=2000)),
                (
                    "equality_positive",
                    models.CharField(
                        blank=True, choices=[("yes", "Yes"), ("no", "No")], max_length=3
                    ),
                ),
                ("equality_positive_why", models.TextField(blank=True, max_length=2000)),
                ("equality_steps", models.TextField(blank=True, max_length=2000)),
            ],
            options={
                "ordering": ["-asked_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ChecklistAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "checklist",
                    models.CharField(
                        choices=[
                            ("go_live", "Go-live checklist"),
                            ("standards", "Standards checklist"),
                        ],
                        max_length=10,
                    ),
                ),
                ("item", models.CharField(max_length=40)),
                ("is_met", models.BooleanField()),
                ("proof", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["checklist", "item"],
            },
        ),
        migrations.CreateModel(
            name="NamedOfficer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("drafter", "Drafter"),
                            ("site_owner", "Site owner"),
                            ("approver", "Approver"),
                        ],
                        max_length=40,
                    ),
                ),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="RequestDecision",
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
                        choices=[("manager", "Line manager"), ("communications", "Communications")],
                        max_length=20,
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("returned", "Returned for changes"),
                            ("no", "No"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(max_length=2000)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="socialaccount",
            name="one_account_for_each_handle",
        ),
        migrations.RemoveConstraint(
            model_name="socialaccount",
            name="account_state_is_known",
        ),
        migrations.AlterField(
            model_name="socialaccount",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft request"),
                    ("requested", "Requested"),
                    ("assessed", "Assessed"),
                    ("approved", "Approved"),
                    ("live", "Live"),
                    ("suspended", "Suspended"),
                    ("dormant", "Dormant"),
                    ("closing", "Closing"),
                    ("closed", "Closed"),
                    ("partner", "Partner"),
                ],
                default="requested",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="socialaccount",
            constraint=models.UniqueConstraint(
                models.F("platform"),
                django.db.models.functions.text.Lower("handle"),
                condition=models.Q(("state__in", ("closed", "draft")), _negated=True),
                name="one_account_for_each_handle",
            ),
        ),
        migrations.AddConstraint(
            model_name="socialaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "requested",
                            "assessed",
                            "approved",
                            "live",
                            "suspended",
                            "dormant",
                            "closing",
                            "closed",
                            "partner",
                        ],
                    )
                ),
                name="account_state_is_known",
            ),
        ),
        migrations.AddField(
            model_name="accountrequest",
            name="account",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="request",
                to="accounts.socialaccount",
            ),
        ),
        migrations.AddField(
            model_name="accountrequest",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="account_requests",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="accountrequest",
            name="line_manager",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests_to_support",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="checklistanswer",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="checklist_answers",
                to="accounts.socialaccount",
            ),
        ),
        migrations.AddField(
            model_name="checklistanswer",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="namedofficer",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="officers",
                to="accounts.accountrequest",
            ),
        ),
        migrations.AddField(
            model_name="namedofficer",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="requestdecision",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="requestdecision",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="accounts.accountrequest",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "with_manager",
                            "with_communications",
                            "accepted",
                            "refused",
                            "withdrawn",
                        ],
                    )
                ),
                name="request_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("line_manager__isnull", True),
                    models.Q(("line_manager", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="request_of_nobodys_own_manager",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("submitted_at__isnull", False),
                    ("state__in", ("draft", "withdrawn")),
                    _connector="OR",
                ),
                name="request_with_a_decider_is_submitted",
            ),
        ),
        migrations.AddConstraint(
            model_name="checklistanswer",
            constraint=models.UniqueConstraint(
                models.F("account"),
                models.F("checklist"),
                models.F("item"),
                name="one_answer_for_each_item",
            ),
        ),
        migrations.AddConstraint(
            model_name="checklistanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("checklist__in", ["go_live", "standards"])),
                name="checklist_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="namedofficer",
            constraint=models.UniqueConstraint(
                models.F("request"), models.F("user"), name="named_once_in_a_request"
            ),
        ),
        migrations.AddConstraint(
            model_name="namedofficer",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ("drafter", "approver"))),
                name="named_officer_writes_or_approves",
            ),
        ),
        migrations.AddConstraint(
            model_name="requestdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ["manager", "communications"])),
                name="request_stage_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="requestdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict__in", ["yes", "returned", "no"])),
                name="request_verdict_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="requestdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="request_decision_has_a_reason",
            ),
        ),
        migrations.AddField(
            model_name="accountrequest",
            name="accepted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="accountrequest",
            name="supported_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="accountrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("supported_by__isnull", False),
                    models.Q(("state__in", ("with_communications", "accepted")), _negated=True),
                    _connector="OR",
                ),
                name="request_before_communications_is_supported",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_by__isnull", False), ("state", "accepted")),
                    models.Q(
                        ("accepted_by__isnull", True),
                        models.Q(("state", "accepted"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="request_accepted_has_who_accepted_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("supported_by__isnull", True),
                    models.Q(("supported_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="nobody_supports_their_own_request",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted_by__isnull", True),
                    models.Q(("accepted_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="nobody_accepts_their_own_request",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted_by__isnull", True),
                    models.Q(("accepted_by", models.F("supported_by")), _negated=True),
                    _connector="OR",
                ),
                name="request_is_decided_by_two_people",
            ),
        ),
    ]
