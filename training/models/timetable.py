"""The strategy's timetable: phases, and the actions in them, each towards one strategic aim."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import StrategicAim


class Phase(models.Model):
    """A step of the strategy, such as “Rationalisation and basic housekeeping”."""

    name = models.CharField(max_length=150, unique=True)
    position = models.PositiveSmallIntegerField(default=1)
    ends_on = models.DateField()
    """The planned end."""

    class Meta:
        ordering = ["position", "ends_on", "pk"]

    def __str__(self) -> str:
        return self.name


class ActionState(models.TextChoices):
    """The value is the key of the tag's colour."""

    NOT_STARTED = "not_started", "Not started"
    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done"
    DELAYED = "delayed", "Delayed"
    DROPPED = "dropped", "Dropped"


OPEN = (ActionState.NOT_STARTED, ActionState.UNDER_WAY, ActionState.DELAYED)


class StrategyActionQuerySet(models.QuerySet["StrategyAction"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def late(self, on: date) -> Self:
        """Still open, and the day on which it was to be done, as last agreed, is over."""
        return self.open().filter(due_on__lt=on)


class StrategyAction(models.Model):
    """One thing that the strategy says is to be done, by whom and by when."""

    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="actions")
    aim = models.ForeignKey(
        StrategicAim, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    what = models.CharField(max_length=250)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="strategy_actions"
    )
    due_on = models.DateField()
    """The day as last agreed: of a delayed one the new day."""
    planned_on = models.DateField()
    """The day that was first agreed."""
    state = models.CharField(max_length=15, choices=ActionState, default=ActionState.NOT_STARTED)
    why = models.TextField(blank=True)
    """Why it is delayed, or was dropped."""
    done_on = models.DateField(null=True, blank=True)
    evidence = models.TextField(blank=True)
    link = models.URLField(max_length=500, blank=True)
    picture = models.FileField(max_length=200, blank=True)
    picture_type = models.CharField(max_length=20, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=0)
    """Grows with every change; a form that holds an older one is stale."""

    objects = StrategyActionQuerySet.as_manager()

    class Meta:
        ordering = ["phase__position", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="delayed_and_dropped_say_why",
                condition=~Q(state__in=("delayed", "dropped")) | ~Q(why=""),
            ),
            models.CheckConstraint(
                name="done_says_when_and_shows_it",
                condition=Q(state="done", done_on__isnull=False)
                & (~Q(evidence="") | ~Q(link="") | ~Q(picture=""))
                | ~Q(state="done") & Q(done_on=None),
            ),
            models.CheckConstraint(
                name="delayed_has_a_later_day",
                condition=~Q(state="delayed") | Q(due_on__gt=models.F("planned_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.what
