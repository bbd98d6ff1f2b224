from datetime import date, datetime, time

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import training.models.completions
from django.conf import settings
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What was kept before has no days of grace, and every version of a policy was published."""
    completions = apps.get_model("training", "Completion").objects
    for each in completions.only("pk", "expires_on"):
        completions.filter(pk=each.pk).update(
            counts_until=each.expires_on, reference=training.models.completions.new_reference()
        )
    versions = apps.get_model("training", "PolicyVersion").objects
    for each in versions.only("pk", "document_id", "number", "in_force_from"):
        midnight = timezone.make_aware(datetime.combine(each.in_force_from, time.min))
        versions.filter(pk=each.pk).update(
            published_at=min(midnight, timezone.now()), needed_from=each.in_force_from
        )
        apps.get_model("training", "Acknowledgement").objects.filter(version=each).update(
            document=each.document_id, version_number=each.number
        )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_squashed_0013_roles_of_publishing"),
        ("training", "0002_when_courses_were_added"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=400)),
                ("is_right", models.BooleanField(default=False)),
                ("why", models.CharField(blank=True, max_length=400)),
            ],
            options={
                "ordering": ["question", "position"],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("everybody", "Everybody"),
                            ("corporate_role", "A role"),
                            ("account_role", "A role on any social account"),
                            ("service_area", "A service area and everything below it"),
                            ("person", "One person"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "corporate_role",
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
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "account_role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("drafter", "Drafter"),
                            ("site_owner", "Site owner"),
                            ("approver", "Approver"),
                        ],
                        max_length=40,
                    ),
                ),
                ("due_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("holds_posting", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CourseVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "pass_mark",
                    models.PositiveSmallIntegerField(
                        default=80,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                ("questions_drawn", models.PositiveSmallIntegerField(default=10)),
                ("refresher_questions_drawn", models.PositiveSmallIntegerField(default=6)),
                ("attempts_allowed", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("minutes", models.PositiveSmallIntegerField(default=30)),
                ("refresher_minutes", models.PositiveSmallIntegerField(default=10)),
                ("what_changed", models.TextField(blank=True)),
                ("asks_again_from", models.DateField(blank=True, null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["course", "-number"],
            },
        ),
        migrations.CreateModel(
            name="DrawnQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("order", models.JSONField(default=list)),
                ("chosen", models.JSONField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("is_right", models.BooleanField(blank=True, null=True)),
            ],
            options={
                "ordering": ["attempt", "position"],
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_refresher", models.BooleanField(default=False)),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-started_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="LearningReminder",
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
                            ("14", "14 days before"),
                            ("7", "7 days before"),
                            ("1", "The day before"),
                            ("overdue", "Overdue"),
                            ("escalated", "Told to the manager"),
                            ("by_hand", "Asked for by a person"),
                        ],
                        max_length=10,
                    ),
                ),
                ("due_on", models.DateField()),
                ("sent_on", models.DateField()),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-sent_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Lesson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=150)),
                ("text", models.TextField()),
                ("in_refresher", models.BooleanField(default=False)),
                ("transcript", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["version", "position"],
            },
        ),
        migrations.CreateModel(
            name="LessonFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(max_length=200, upload_to="")),
                ("digest", models.CharField(max_length=64)),
                ("content_type", models.CharField(max_length=40)),
                ("original_name", models.CharField(max_length=120)),
                ("size", models.PositiveBigIntegerField()),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="LessonRead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("read_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["read_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("single", "One answer is right"),
                            ("multiple", "Several answers are right"),
                        ],
                        max_length=10,
                    ),
                ),
                ("situation", models.TextField(blank=True)),
                ("text", models.CharField(max_length=400)),
                ("why", models.TextField()),
                ("in_refresher", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["version", "position"],
            },
        ),
        migrations.CreateModel(
            name="QuizAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("score", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("passed", models.BooleanField(blank=True, null=True)),
            ],
            options={
                "ordering": ["enrolment", "number"],
            },
        ),
        migrations.AddField(
            model_name="completion",
            name="by",
            field=models.CharField(
                choices=[
                    ("course", "The course here"),
                    ("refresher", "The refresher here"),
                    ("package", "A SCORM package here"),
                    ("session", "A face-to-face session"),
                    ("paper", "On paper"),
                    ("other_system", "Another learning system"),
                ],
                default="other_system",
                max_length=15,
            ),
        ),
        migrations.AddField(
            model_name="completion",
            name="counts_until",
            field=models.DateField(default=date(2000, 1, 1)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="completion",
            name="evidence",
            field=models.FileField(blank=True, max_length=200, upload_to=""),
        ),
        migrations.AddField(
            model_name="completion",
            name="note",
            field=models.CharField(blank=True, max_length=250),
        ),
        migrations.AddField(
            model_name="completion",
            name="reference",
            field=models.CharField(
                default=training.models.completions.new_reference, max_length=14, null=True
            ),
        ),
        migrations.AddField(
            model_name="completion",
            name="score",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="completion",
            name="version_number",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="completion",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="completion",
            name="withdrawn_because",
            field=models.CharField(blank=True, max_length=250),
        ),
        migrations.AddField(
            model_name="completion",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="course",
            name="archived_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="course",
            name="grace_days",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="course",
            name="summary",
            field=models.CharField(blank=True, max_length=400),
        ),
        migrations.AddField(
            model_name="policydocument",
            name="kind",
            field=models.CharField(
                choices=[
                    ("policy", "Policy"),
                    ("strategy", "Strategy"),
                    ("guidelines", "Guidelines"),
                    ("site_owners_policy", "Site owner’s policy"),
                    ("members_guidance", "Members’ guidance"),
                ],
                default="policy",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="policydocument",
            name="summary",
            field=models.CharField(blank=True, max_length=250),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="drafted_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="drafted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="needed_from",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="published_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="published_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="what_changed",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="policyversion",
            name="in_force_from",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="course",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to="training.course",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="ended_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="made_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="policy",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to="training.policydocument",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="service_area",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.servicearea",
            ),
        ),
        migrations.AddField(
            model_name="courseversion",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="training.course",
            ),
        ),
        migrations.AddField(
            model_name="courseversion",
            name="made_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="courseversion",
            name="published_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="completion",
            name="version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="completions",
                to="training.courseversion",
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="training.course"
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enrolments",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enrolments",
                to="training.courseversion",
            ),
        ),
        migrations.AddField(
            model_name="completion",
            name="enrolment",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="completion",
                to="training.enrolment",
            ),
        ),
        migrations.AddField(
            model_name="learningreminder",
            name="asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="learningreminder",
            name="course",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="training.course",
            ),
        ),
        migrations.AddField(
            model_name="learningreminder",
            name="policy",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="training.policydocument",
            ),
        ),
        migrations.AddField(
            model_name="learningreminder",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="learning_reminders",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="lesson",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lessons",
                to="training.courseversion",
            ),
        ),
        migrations.AddField(
            model_name="lessonfile",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="files",
                to="training.course",
            ),
        ),
        migrations.AddField(
            model_name="lessonfile",
            name="uploaded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="lesson",
            name="video",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="training.lessonfile",
            ),
        ),
        migrations.AddField(
            model_name="lessonread",
            name="enrolment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="read",
                to="training.enrolment",
            ),
        ),
        migrations.AddField(
            model_name="lessonread",
            name="lesson",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="training.lesson"
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="lesson",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="questions",
                to="training.lesson",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="questions",
                to="training.courseversion",
            ),
        ),
        migrations.AddField(
            model_name="drawnquestion",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="training.question",
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answers",
                to="training.question",
            ),
        ),
        migrations.AddField(
            model_name="quizattempt",
            name="enrolment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attempts",
                to="training.enrolment",
            ),
        ),
        migrations.AddField(
            model_name="drawnquestion",
            name="attempt",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="drawn",
                to="training.quizattempt",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("course", None), ("policy__isnull", False)),
                    models.Q(("course__isnull", False), ("policy", None)),
                    _connector="OR",
                ),
                name="assignment_is_of_a_course_or_a_policy",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("account_role", ""),
                        ("corporate_role", ""),
                        ("group", "everybody"),
                        ("person", None),
                        ("service_area", None),
                    ),
                    models.Q(
                        ("account_role", ""),
                        ("group", "corporate_role"),
                        ("person", None),
                        ("service_area", None),
                        models.Q(("corporate_role", ""), _negated=True),
                    ),
                    models.Q(
                        ("corporate_role", ""),
                        ("group", "account_role"),
                        ("person", None),
                        ("service_area", None),
                        models.Q(("account_role", ""), _negated=True),
                    ),
                    models.Q(
                        ("account_role", ""),
                        ("corporate_role", ""),
                        ("group", "service_area"),
                        ("person", None),
                        ("service_area__isnull", False),
                    ),
                    models.Q(
                        ("account_role", ""),
                        ("corporate_role", ""),
                        ("group", "person"),
                        ("person__isnull", False),
                        ("service_area", None),
                    ),
                    _connector="OR",
                ),
                name="assignment_names_its_group_and_no_other",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_days", None), ("due_on__isnull", False)),
                    models.Q(("due_days__isnull", False), ("due_on", None)),
                    _connector="OR",
                ),
                name="assignment_is_due_after_days_or_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="courseversion",
            constraint=models.UniqueConstraint(
                fields=("course", "number"), name="one_course_version_for_each_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="courseversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_at", None)),
                fields=("course",),
                name="one_draft_of_each_course",
            ),
        ),
        migrations.AddConstraint(
            model_name="courseversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("pass_mark__gte", 1), ("pass_mark__lte", 100)),
                name="course_version_passes_between_1_and_100_per_cent",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("user", "course"),
                name="one_enrolment_under_way",
            ),
        ),
        migrations.AddIndex(
            model_name="learningreminder",
            index=models.Index(
                condition=models.Q(("mailed_at", None)),
                fields=["id"],
                name="learning_reminder_unmailed",
            ),
        ),
        migrations.AddConstraint(
            model_name="learningreminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("policy", None)),
                fields=("user", "course", "kind", "due_on", "sent_on"),
                name="one_reminder_of_a_course_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="learningreminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("course", None)),
                fields=("user", "policy", "kind", "due_on", "sent_on"),
                name="one_reminder_of_a_policy_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="learningreminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("course", None), ("policy__isnull", False)),
                    models.Q(("course__isnull", False), ("policy", None)),
                    _connector="OR",
                ),
                name="reminder_is_of_a_course_or_a_policy",
            ),
        ),
        migrations.AddConstraint(
            model_name="lessonfile",
            constraint=models.UniqueConstraint(
                fields=("course", "digest"), name="one_lesson_file_for_the_same_bytes"
            ),
        ),
        migrations.AddConstraint(
            model_name="lesson",
            constraint=models.UniqueConstraint(
                fields=("version", "position"), name="one_lesson_at_each_position"
            ),
        ),
        migrations.AddConstraint(
            model_name="lesson",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("video", None), models.Q(("transcript", ""), _negated=True), _connector="OR"
                ),
                name="no_video_without_a_transcript",
            ),
        ),
        migrations.AddConstraint(
            model_name="lessonread",
            constraint=models.UniqueConstraint(
                fields=("enrolment", "lesson"), name="a_lesson_is_read_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="quizattempt",
            constraint=models.UniqueConstraint(
                fields=("enrolment", "number"), name="one_quiz_attempt_for_each_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="quizattempt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("enrolment",),
                name="one_quiz_attempt_under_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="quizattempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("passed", None), ("score", None)),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("passed__isnull", False),
                        ("score__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_quiz_attempt_that_is_over_has_its_score",
            ),
        ),
        migrations.AddConstraint(
            model_name="drawnquestion",
            constraint=models.UniqueConstraint(
                fields=("attempt", "position"), name="one_question_at_each_position"
            ),
        ),
        migrations.AddConstraint(
            model_name="drawnquestion",
            constraint=models.UniqueConstraint(
                fields=("attempt", "question"), name="a_question_is_drawn_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="drawnquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at", None), ("is_right", None)),
                    models.Q(("answered_at__isnull", False), ("is_right__isnull", False)),
                    _connector="OR",
                ),
                name="an_answer_is_judged_when_it_is_given",
            ),
        ),
        migrations.AddField(
            model_name="policydocument",
            name="archived_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="acknowledgement",
            name="document",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acknowledgements",
                to="training.policydocument",
            ),
        ),
        migrations.AddField(
            model_name="acknowledgement",
            name="version_number",
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
