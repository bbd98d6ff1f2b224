"""Face-to-face sessions: what is taught when and where, for whom, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.access import holds
from accounts.models import CorporateGrant, ServiceArea, User
from accounts.permissions import CorporateRole, Permission
from training.models.courses import Course


class SessionState(models.TextChoices):
    PLANNED = "planned", "Planned"
    CANCELLED = "cancelled", "Cancelled"
    HELD = "held", "Held"


class OpenTo(models.TextChoices):
    """Who may book; the field of the same name says which."""

    EVERYBODY = "everybody", "Everybody"
    CORPORATE_ROLE = "corporate_role", "A role"
    SERVICE_AREA = "service_area", "A service area and everything below it"


class TrainingSessionQuerySet(models.QuerySet["TrainingSession"]):
    def coming(self, at: datetime | None = None) -> Self:
        """Planned, and not over."""
        return self.filter(state=SessionState.PLANNED, ends_at__gt=at or timezone.now())

    def over(self, at: datetime | None = None) -> Self:
        """Held, cancelled, or past its end."""
        now = at or timezone.now()
        return self.filter(~Q(state=SessionState.PLANNED) | Q(ends_at__lte=now))

    def open_to(self, people: models.QuerySet[User]) -> Self:
        """Those that at least one of `people` may book, as far as roles and areas go."""
        grants = CorporateGrant.objects.in_force().filter(user__in=people)
        paths = ServiceArea.objects.filter(people__in=people).values_list("path", flat=True)
        above = {int(part) for path in paths for part in path.split("/") if part}
        return self.filter(
            Q(open_to=OpenTo.EVERYBODY)
            | Q(open_to=OpenTo.CORPORATE_ROLE, corporate_role__in=grants.values("role"))
            | Q(open_to=OpenTo.SERVICE_AREA, service_area__in=above)
        )

    def visible_to(self, reader: User) -> Self:
        """Everything for whoever runs sessions; else what one, or one's team, may or did book."""
        if not reader.is_employed():
            return self.none()
        if holds(reader, Permission.RUN_SESSIONS):
            return self.all()
        people = User.objects.filter(Q(pk=reader.pk) | Q(manager=reader))
        booked = self.model.objects.filter(bookings__person__in=people)
        mine = Q(pk__in=booked.values("pk")) | Q(trainer=reader)
        return self.filter(Q(pk__in=self.model.objects.open_to(people).values("pk")) | mine)


class TrainingSession(models.Model):
    """One session. Its times are kept in UTC, and entered and shown in Europe/London."""

    title = models.CharField(max_length=150)
    about = models.TextField(blank=True)
    """What it is about, in Markdown."""
    course = models.ForeignKey(
        Course, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    """What attending it completes."""
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    online_link = models.URLField(max_length=300, blank=True)
    """Shown to those who have a place, the trainer and those who run sessions."""
    places = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    trainer_name = models.CharField(max_length=120, blank=True)
    """Of somebody who does not work for the council."""
    open_to = models.CharField(max_length=15, choices=OpenTo, default=OpenTo.EVERYBODY)
    corporate_role = models.CharField(max_length=40, choices=CorporateRole.choices, blank=True)
    service_area = models.ForeignKey(
        ServiceArea, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closes_at = models.DateTimeField()
    """From then on only those who run sessions still book somebody in."""
    notes = models.TextField(max_length=2000, blank=True)
    """For those who come: what to bring, how to get in."""
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.PLANNED)
    revision = models.PositiveIntegerField(default=0)
    """How often what calendars show has changed: the SEQUENCE of RFC 5545."""
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=250, blank=True)

    objects = TrainingSessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["state", "starts_at"], name="session_by_state_and_start")]
        constraints = [
            models.CheckConstraint(
                name="session_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="session_booking_closes_before_it_starts",
                condition=Q(closes_at__lte=F("starts_at")),
            ),
            models.CheckConstraint(name="session_has_places", condition=Q(places__gte=1)),
            models.CheckConstraint(
                name="session_is_somewhere", condition=~Q(place="") | ~Q(online_link="")
            ),
            models.CheckConstraint(
                name="session_has_one_trainer_at_most",
                condition=Q(trainer=None) | Q(trainer_name=""),
            ),
            models.CheckConstraint(
                name="session_state_is_known", condition=Q(state__in=SessionState.values)
            ),
            models.CheckConstraint(
                name="session_is_open_to_whom_it_names",
                condition=Q(open_to=OpenTo.EVERYBODY, corporate_role="", service_area=None)
                | Q(open_to=OpenTo.CORPORATE_ROLE, service_area=None) & ~Q(corporate_role="")
                | Q(open_to=OpenTo.SERVICE_AREA, corporate_role="", service_area__isnull=False),
            ),
            models.CheckConstraint(
                name="session_cancelled_by_somebody_for_a_reason",
                condition=Q(
                    state=SessionState.CANCELLED,
                    cancelled_at__isnull=False,
                    cancelled_by__isnull=False,
                )
                & ~Q(cancelled_because="")
                | ~Q(state=SessionState.CANCELLED)
                & Q(cancelled_at=None, cancelled_by=None, cancelled_because=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_name(self) -> str:
        local = timezone.localtime(self.starts_at)
        return f"{self.title}, {local.day} {local:%B %Y}"

    @property
    def day(self) -> str:
        """The day in London on which it begins, as in "2026-12-01"."""
        return timezone.localdate(self.starts_at).isoformat()

    @property
    def where(self) -> str:
        return self.place or "Online"

    @property
    def taught_by(self) -> str:
        return self.trainer.name if self.trainer else self.trainer_name

    @property
    def for_whom(self) -> str:
        """Who may book, in words."""
        match OpenTo(self.open_to):
            case OpenTo.CORPORATE_ROLE:
                return CorporateRole(self.corporate_role).label
            case OpenTo.SERVICE_AREA:
                return f"{self.service_area} and everything below it"
        return "Everybody"

    def takes_bookings(self, at: datetime | None = None) -> bool:
        """Whether people may still book themselves."""
        return self.state == SessionState.PLANNED and (at or timezone.now()) < self.closes_at

    def has_begun(self, at: datetime | None = None) -> bool:
        return (at or timezone.now()) >= self.starts_at
