"""People, service areas, the register, and the first hazards of an assessment."""

from __future__ import annotations

import django.db.models.functions.text

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


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
    initial = True

    replaces = (
        ("accounts", "0001_initial"),
        ("accounts", "0002_facts_of_accounts"),
        ("accounts", "0003_reviews_of_risk"),
        ("accounts", "0004_answerable"),
        ("accounts", "0005_requests"),
        ("accounts", "0006_hazards"),
        ("accounts", "0007_connecting"),
        ("accounts", "0008_access_reviews"),
        ("accounts", "0009_rationalisation"),
    )

    dependencies = ()

    operations = (
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
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"), name="one_hazard_of_a_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceArea",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True)),
                (
                    "path",
                    models.CharField(db_index=True, default="", editable=False, max_length=255),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="accounts.servicearea",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="service_area_is_not_its_own_parent",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StrategicAim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="aim")),
                ("is_in_use", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        name="one_strategic_aim_of_a_name",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "email",
                    models.EmailField(max_length=254, unique=True, verbose_name="e-mail address"),
                ),
                ("name", models.CharField(max_length=120)),
                ("job_title", models.CharField(blank=True, max_length=120)),
                ("employed_until", models.DateField(blank=True, null=True)),
                ("is_active", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "manager",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="team",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service_area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="accounts.servicearea",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        name="one_person_for_each_email",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("manager__isnull", True),
                            models.Q(("manager", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_manages_themselves",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CorporateGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("granted_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.CharField(blank=True, max_length=250)),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "role",
                    models.CharField(
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
                        ],
                        max_length=40,
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
                    "granted_by",
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
                        related_name="corporate_grants",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("user", "role"),
                        name="one_open_grant_of_a_corporate_role",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Departure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last_day", models.DateField()),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="departures",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["recorded_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("user"),
                        condition=models.Q(("undone_at__isnull", True)),
                        name="one_open_departure_of_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("undone_at__isnull", True),
                            ("undone_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="departure_is_undone_after_it_was_recorded",
                    ),
                ],
            },
        ),
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
                "constraints": [
                    models.UniqueConstraint(
                        models.F("name"),
                        condition=models.Q(("closed_at__isnull", True)),
                        name="one_open_round_of_a_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="round_closed_by_who_and_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SocialAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("platform", models.CharField(max_length=20)),
                ("handle", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=120)),
                ("url", models.URLField(max_length=300, verbose_name="address")),
                ("server_url", models.URLField(blank=True)),
                ("remote_id", models.CharField(blank=True, max_length=100)),
                ("purpose", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
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
                ("added_at", models.DateTimeField(auto_now_add=True)),
                ("audience", models.CharField(blank=True, max_length=300)),
                (
                    "opened_on",
                    models.DateField(blank=True, null=True, verbose_name="day it was opened"),
                ),
                (
                    "predates_policy",
                    models.BooleanField(default=False, verbose_name="there before the policy"),
                ),
                (
                    "partner_name",
                    models.CharField(blank=True, max_length=120, verbose_name="partner’s name"),
                ),
                (
                    "partner_contact",
                    models.CharField(blank=True, max_length=200, verbose_name="partner’s contact"),
                ),
                ("recovery_contact", models.CharField(blank=True, max_length=200)),
                (
                    "two_factor",
                    models.CharField(
                        choices=[
                            ("unknown", "Not checked"),
                            ("on", "On"),
                            ("off", "Off"),
                            ("not_offered", "The platform has none"),
                        ],
                        default="unknown",
                        max_length=12,
                        verbose_name="two-factor sign-in",
                    ),
                ),
                (
                    "two_factor_checked_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="day two-factor was checked"
                    ),
                ),
                (
                    "joint_access",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="evidence of joint access"
                    ),
                ),
                (
                    "joint_access_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="day joint access was proved"
                    ),
                ),
                (
                    "branding_checked_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="day the branding was checked"
                    ),
                ),
                (
                    "standards_checked_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="day the standards were checked"
                    ),
                ),
                (
                    "last_post_on",
                    models.DateField(blank=True, null=True, verbose_name="day of the last post"),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputised_accounts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_accounts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service_area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="accounts.servicearea",
                    ),
                ),
                (
                    "aims",
                    models.ManyToManyField(
                        blank=True,
                        related_name="accounts",
                        to="accounts.strategicaim",
                        verbose_name="strategic aims",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "platform"],
                "indexes": [models.Index(fields=["name", "id"], name="account_by_name")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("platform"),
                        django.db.models.functions.text.Lower("handle"),
                        condition=models.Q(("state__in", ("closed", "draft")), _negated=True),
                        name="one_account_for_each_handle",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deputy__isnull", True),
                            models.Q(("deputy", models.F("owner")), _negated=True),
                            _connector="OR",
                        ),
                        name="deputy_is_someone_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("two_factor", "unknown"), ("two_factor_checked_on__isnull", True)
                            ),
                            models.Q(
                                ("two_factor__in", ("on", "off", "not_offered")),
                                ("two_factor_checked_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="two_factor_is_known_since_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("joint_access", ""), ("joint_access_on__isnull", True)),
                            models.Q(
                                models.Q(("joint_access", ""), _negated=True),
                                ("joint_access_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="joint_access_has_evidence_and_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("partner_contact", ""), ("partner_name", "")),
                            ("state__in", ("partner", "closed")),
                            _connector="OR",
                        ),
                        name="only_a_partners_account_names_a_partner",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_on", models.DateField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="access_reviews",
                        to="accounts.socialaccount",
                    ),
                ),
            ],
            options={
                "ordering": ["-opened_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("account"),
                        condition=models.Q(("closed_at__isnull", True)),
                        name="one_open_access_review_of_an_account",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("granted_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.CharField(blank=True, max_length=250)),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                    "granted_by",
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
                        related_name="account_grants",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="accounts.socialaccount",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("user", "account", "role"),
                        name="one_open_grant_of_an_account_role",
                    )
                ],
            },
        ),
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
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "line_manager",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests_to_support",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "supported_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="request",
                        to="accounts.socialaccount",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("line_manager__isnull", True),
                            models.Q(("line_manager", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="request_of_nobodys_own_manager",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("submitted_at__isnull", False),
                            ("state__in", ("draft", "withdrawn")),
                            _connector="OR",
                        ),
                        name="request_with_a_decider_is_submitted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("supported_by__isnull", False),
                            models.Q(
                                ("state__in", ("with_communications", "accepted")), _negated=True
                            ),
                            _connector="OR",
                        ),
                        name="request_before_communications_is_supported",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("supported_by__isnull", True),
                            models.Q(("supported_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_supports_their_own_request",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_by__isnull", True),
                            models.Q(("accepted_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_accepts_their_own_request",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_by__isnull", True),
                            models.Q(("accepted_by", models.F("supported_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="request_is_decided_by_two_people",
                    ),
                ],
            },
        ),
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
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answerables",
                        to="accounts.socialaccount",
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
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checklist_answers",
                        to="accounts.socialaccount",
                    ),
                ),
            ],
            options={
                "ordering": ["checklist", "item"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("account"),
                        models.F("checklist"),
                        models.F("item"),
                        name="one_answer_for_each_item",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("checklist__in", ["go_live", "standards"])),
                        name="checklist_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Credential",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ciphertext", models.BinaryField()),
                ("stored_at", models.DateTimeField(auto_now=True)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("refused_at", models.DateTimeField(blank=True, null=True)),
                ("remote_name", models.CharField(blank=True, max_length=120)),
                ("access_expires_at", models.DateTimeField(blank=True, null=True)),
                ("scopes", models.JSONField(default=list)),
                ("granted_as", models.CharField(blank=True, max_length=100)),
                ("generation", models.PositiveIntegerField(default=0)),
                ("refreshing_until", models.DateTimeField(blank=True, null=True)),
                (
                    "connected_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credential",
                        to="accounts.socialaccount",
                    ),
                ),
            ],
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
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="officers",
                        to="accounts.accountrequest",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("request"), models.F("user"), name="named_once_in_a_request"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ("drafter", "approver"))),
                        name="named_officer_writes_or_approves",
                    ),
                ],
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
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rationalisations",
                        to="accounts.socialaccount",
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
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("round"), models.F("account"), name="one_decision_for_each_account"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fate__in", ["keep", "fix", "merge", "close"])),
                        name="fate_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("fate", "merge"),
                                models.Q(("merge_into", models.F("account")), _negated=True),
                            ),
                            models.Q(
                                models.Q(("fate", "merge"), _negated=True),
                                ("merge_into__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="a_merge_names_another_account",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fate", "merge"), _negated=True),
                            ("merge_into__isnull", False),
                            _connector="OR",
                        ),
                        name="a_merge_names_an_account",
                    ),
                ],
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
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="accounts.accountrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["manager", "communications"])),
                        name="request_stage_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["yes", "returned", "no"])),
                        name="request_verdict_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="request_decision_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewedGrant",
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
                        blank=True,
                        choices=[
                            ("confirmed", "Still needs it"),
                            ("removed", "Removed"),
                            ("lapsed", "Lapsed"),
                            ("ended", "Ended meanwhile"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=250)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="accounts.accountgrant",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="accounts.accessreview",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("review"), models.F("grant"), name="a_grant_is_asked_about_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer", ""),
                            ("answer__in", ["confirmed", "removed", "lapsed", "ended"]),
                            _connector="OR",
                        ),
                        name="a_review_answer_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer__in", ("confirmed", "removed")), _negated=True),
                            models.Q(("at__isnull", False), ("by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_persons_answer_has_who_and_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskAssessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "likelihood",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                (
                    "impact",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                ("summary", models.TextField(max_length=2000)),
                ("controls", models.TextField(blank=True, max_length=2000)),
                (
                    "is_retrospective",
                    models.BooleanField(default=False, verbose_name="made in retrospect"),
                ),
                ("assessed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("signed_off_at", models.DateTimeField(blank=True, null=True)),
                ("review_on", models.DateField()),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                ("returned_because", models.CharField(blank=True, max_length=1000)),
                (
                    "assessed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "risk_owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed_off_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risk_assessments",
                        to="accounts.socialaccount",
                    ),
                ),
            ],
            options={
                "ordering": ["-assessed_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("signed_off_at__isnull", False)),
                        fields=["account", "-assessed_at", "-id"],
                        name="risk_newest_signed",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("impact__gte", 1),
                            ("impact__lte", 5),
                            ("likelihood__gte", 1),
                            ("likelihood__lte", 5),
                        ),
                        name="risk_scores_are_one_to_five",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("signed_off_at__isnull", True), ("signed_off_by__isnull", True)
                            ),
                            models.Q(
                                ("signed_off_at__isnull", False), ("signed_off_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="risk_sign_off_has_who_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_off_by__isnull", True),
                            models.Q(("signed_off_by", models.F("assessed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="risk_assessor_does_not_sign_off",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_off_at__isnull", True),
                            ("returned_at__isnull", True),
                            _connector="OR",
                        ),
                        name="risk_is_signed_off_or_returned",
                    ),
                ],
            },
        ),
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
                (
                    "hazard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.hazard",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hazards",
                        to="accounts.riskassessment",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("assessment"), models.F("hazard"), name="a_hazard_is_assessed_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("impact__range", (1, 5)),
                            ("likelihood__range", (1, 5)),
                            ("residual_impact__range", (1, 5)),
                            ("residual_likelihood__range", (1, 5)),
                        ),
                        name="hazard_scores_are_one_to_five",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("residual_likelihood__lte", models.F("likelihood")),
                            ("residual_impact__lte", models.F("impact")),
                        ),
                        name="controls_do_not_add_to_a_hazard",
                    ),
                ],
            },
        ),
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
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_in_attempts",
                        to="accounts.socialaccount",
                    ),
                ),
            ],
            options={
                "ordering": ["-begun_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("begun_at"))),
                        name="sign_in_attempt_ends_after_it_began",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Warned",
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
                            ("risk_review", "Review of the risk"),
                            ("connection", "End of the connection"),
                            ("access_review", "Access review"),
                        ],
                        max_length=20,
                    ),
                ),
                ("about", models.CharField(max_length=64)),
                ("days", models.SmallIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="warnings",
                        to="accounts.socialaccount",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(
                        models.F("id"),
                        condition=models.Q(("mailed_at__isnull", True)),
                        name="warning_to_be_mailed",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("kind"),
                        models.F("account"),
                        models.F("about"),
                        models.F("days"),
                        name="warned_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["risk_review", "connection", "access_review"])
                        ),
                        name="warning_kind_is_known",
                    ),
                ],
            },
        ),
        migrations.RunPython(add_template, migrations.RunPython.noop),
    )
