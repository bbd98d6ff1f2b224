"""Courses that were made elsewhere: SCORM packages, their parts, and how far each person came."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from training.models.courses import CourseVersion
from training.models.learning import Enrolment


class Scorm(models.TextChoices):
    """The value is the key of the player's script."""

    V12 = "12", "SCORM 1.2"
    V2004 = "2004", "SCORM 2004"


class ScormPackage(models.Model):
    """What a version of a course consists of, in place of lessons; it never changes."""

    version = models.OneToOneField(CourseVersion, on_delete=models.CASCADE, related_name="package")
    scorm = models.CharField(max_length=4, choices=Scorm)
    title = models.CharField(max_length=200, blank=True)
    """What the package calls itself."""
    original_name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    """SHA-256 of the ZIP file as it came; its files lie in a folder of that name."""
    size = models.PositiveBigIntegerField()
    """Of all its files, unpacked."""

    def __str__(self) -> str:
        return self.title or self.original_name


class PackageFile(models.Model):
    """A file of a package. Its path is only looked up here: no disk has a file of that name."""

    package = models.ForeignKey(ScormPackage, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(max_length=400)
    stored_as = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["package", "path"]
        constraints = [
            models.UniqueConstraint(
                fields=["package", "path"], name="one_file_at_each_path_of_a_package"
            )
        ]

    def __str__(self) -> str:
        return self.path


class PackagePart(models.Model):
    """One thing in a package that is opened and reports back: a SCO, or a page that only shows."""

    package = models.ForeignKey(ScormPackage, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    path = models.CharField(max_length=400)
    """Of the file that is opened."""
    query = models.CharField(max_length=500, blank=True)
    """What follows the path in its address, with its "?" or "#"."""
    reports = models.BooleanField(default=True)
    """Whether it tells how far somebody came. One that does not is done once it was opened."""
    mastery_score = models.PositiveSmallIntegerField(null=True, blank=True)
    """Per cent, where the package names one; otherwise the version's pass mark counts."""
    completion_threshold = models.FloatField(null=True, blank=True)
    """Between 0 and 1: how much of it must be seen. The package itself keeps to it."""
    launch_data = models.TextField(blank=True)
    """What the package wants to be told when it starts."""

    class Meta:
        ordering = ["package", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["package", "position"], name="one_part_at_each_position_of_a_package"
            )
        ]

    def __str__(self) -> str:
        return self.title


class PartStatus(models.TextChoices):
    NOT_STARTED = "not_started", "Not started"
    INCOMPLETE = "incomplete", "Not finished"
    FAILED = "failed", "Not passed"
    COMPLETED = "completed", "Completed"
    PASSED = "passed", "Passed"

    @property
    def is_done(self) -> bool:
        return self in (PartStatus.COMPLETED, PartStatus.PASSED)


class PackageStateQuerySet(models.QuerySet["PackageState"]):
    def done(self) -> Self:
        return self.filter(status__in=(PartStatus.COMPLETED, PartStatus.PASSED))


class PackageState(models.Model):
    """How far somebody came with one part, as the package said, and what it wants to remember."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="states")
    part = models.ForeignKey(PackagePart, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=11, choices=PartStatus, default=PartStatus.NOT_STARTED)
    """Never goes back once it is done."""
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    """Per cent; None as long as the package gave none."""
    location = models.CharField(max_length=1000, blank=True)
    suspend_data = models.TextField(blank=True)
    opening = models.PositiveBigIntegerField(default=0)
    """Which opening of the part reported last; what an earlier one says is not kept."""
    seconds_before = models.PositiveIntegerField(default=0)
    """How long it was open in earlier openings."""
    seconds_now = models.PositiveIntegerField(default=0)
    """How long it was open in the last."""
    updated_at = models.DateTimeField(auto_now=True)

    objects = PackageStateQuerySet.as_manager()

    class Meta:
        ordering = ["enrolment", "part"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "part"], name="one_state_of_each_part_of_a_package"
            ),
            models.CheckConstraint(
                name="a_part_is_scored_up_to_100_per_cent",
                condition=Q(score=None) | Q(score__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}, {self.part}: {self.get_status_display()}"

    @property
    def is_done(self) -> bool:
        return PartStatus(self.status).is_done

    @property
    def seconds(self) -> int:
        """The time that it was open, all openings together."""
        return self.seconds_before + self.seconds_now


class PackageImport(models.Model):
    """A ZIP file that was sent and looked over; a worker unpacks it (`job`)."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    """SHA-256 of the ZIP file."""
    file = models.CharField(max_length=200)
    """Where the ZIP file waits; it is deleted once it is unpacked, or refused."""
    course = models.ForeignKey(
        "training.Course", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """Whose next version it becomes; None: a new course."""
    facts = models.JSONField()
    """What was said about the course (`training.actions.packages.Facts`)."""
    job = models.OneToOneField("jobs.Job", on_delete=models.PROTECT, related_name="+")
    version = models.OneToOneField(
        CourseVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """What it became."""

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.name
