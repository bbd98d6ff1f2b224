"""Who comes to a session, who waits for a place, who came; and the letters about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from training.models.completions import Completion
from training.models.sessions import SessionState, TrainingSession

if TYPE_CHECKING:
    from accounts.models import User


class BookingState(models.TextChoices):
    BOOKED = "booked", "Booked"
    WAITING = "on_waiting_list", "On the waiting list"
    CANCELLED = "cancelled", "Cancelled"
    ATTENDED = "attended", "Attended"
    ABSENT = "absent", "Did not come"


SEATED = (BookingState.BOOKED, BookingState.ATTENDED, BookingState.ABSENT)
"""States of a booking that takes one of the places."""


class BookingQuerySet(models.QuerySet["Booking"]):
    def open(self) -> Self:
        """A place, or waiting for one."""
        return self.exclude(state=BookingState.CANCELLED)

    def seated(self) -> Self:
        return self.filter(state__in=SEATED)

    def waiting(self) -> Self:
        """In the order in which they came."""
        return self.filter(state=BookingState.WAITING).order_by("id")

    def ahead_of(self, person: User) -> Self:
        """Places and waits of `person` in sessions that are not over, the next first."""
        open_ = (BookingState.BOOKED, BookingState.WAITING)
        ahead = self.filter(
            person=person,
            state__in=open_,
            session__state=SessionState.PLANNED,
            session__ends_at__gt=timezone.now(),
        )
        return ahead.order_by("session__starts_at", "pk")


class Booking(models.Model):
    """One person in one session. A booking that was cancelled stays; booking again makes another.

    Whoever has a place has its number, which no other booking of the session has: the database
    lets nobody in beyond the number of places (training/triggers/seats.py).
    """

    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="bookings")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="session_bookings"
    )
    state = models.CharField(max_length=15, choices=BookingState)
    seat = models.PositiveSmallIntegerField(null=True, blank=True)
    """Which of the places, counted from 1."""
    seated_at = models.DateTimeField(null=True, blank=True)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    booked_at = models.DateTimeField(default=timezone.now)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    marked_at = models.DateTimeField(null=True, blank=True)
    completion = models.OneToOneField(
        Completion, null=True, blank=True, on_delete=models.PROTECT, related_name="booking"
    )
    """What attending completed."""

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=~Q(state=BookingState.CANCELLED),
                name="one_open_booking_of_a_session",
            ),
            models.UniqueConstraint(fields=["session", "seat"], name="one_booking_for_each_place"),
            models.CheckConstraint(
                name="booking_state_is_known", condition=Q(state__in=BookingState.values)
            ),
            models.CheckConstraint(
                name="whoever_has_a_place_has_its_number",
                condition=Q(state__in=SEATED, seat__gte=1, seated_at__isnull=False)
                | Q(
                    state__in=[BookingState.WAITING, BookingState.CANCELLED],
                    seat=None,
                ),
            ),
            models.CheckConstraint(
                name="attendance_is_marked_at_a_time",
                condition=Q(
                    state__in=[BookingState.ATTENDED, BookingState.ABSENT],
                    marked_at__isnull=False,
                    marked_by__isnull=False,
                )
                | ~Q(state__in=[BookingState.ATTENDED, BookingState.ABSENT])
                & Q(marked_at=None, marked_by=None),
            ),
            models.CheckConstraint(
                name="only_attending_completes",
                condition=Q(completion=None) | Q(state=BookingState.ATTENDED),
            ),
            models.CheckConstraint(
                name="booking_cancelled_at_a_time",
                condition=Q(state=BookingState.CANCELLED, cancelled_at__isnull=False)
                | ~Q(state=BookingState.CANCELLED) & Q(cancelled_at=None, cancelled_by=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.session}"

    @property
    def is_waiting(self) -> bool:
        return self.state == BookingState.WAITING


class SessionLetterKind(models.TextChoices):
    BOOKED = "booked", "Booked"
    WAITING = "on_waiting_list", "On the waiting list"
    PLACE_GIVEN = "place_given", "A place became free"
    CHANGED = "changed", "Time or place changed"
    CANCELLED = "cancelled", "Session cancelled"
    BOOKING_CANCELLED = "booking_cancelled", "Booking cancelled"
    DAY_BEFORE = "day_before", "The day before"


class SessionLetter(models.Model):
    """One letter to one person about one booking: there is each of them once."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=20, choices=SessionLetterKind)
    revision = models.PositiveIntegerField(default=0)
    """Of a change: the session's revision that it tells of."""
    day = models.DateField(null=True, blank=True)
    """Of the letter of the day before: the day of the session."""
    made_at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True, blank=True)
    """When it was handed over, or put aside because it was not true any more."""

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index("id", condition=Q(mailed_at=None), name="session_letter_to_be_mailed")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "kind", "revision"],
                condition=Q(day=None),
                name="one_letter_of_each_kind_and_change",
            ),
            models.UniqueConstraint(
                fields=["booking", "kind", "day"],
                condition=Q(day__isnull=False),
                name="one_letter_the_day_before",
            ),
            models.CheckConstraint(
                name="session_letter_kind_is_known",
                condition=Q(kind__in=SessionLetterKind.values),
            ),
            models.CheckConstraint(
                name="the_letter_of_the_day_before_names_the_day",
                condition=Q(kind=SessionLetterKind.DAY_BEFORE, day__isnull=False)
                | ~Q(kind=SessionLetterKind.DAY_BEFORE) & Q(day=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking}, {self.get_kind_display()}"
