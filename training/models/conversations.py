"""Conversations about conduct: what a manager or HR and a person said to each other.

Rows are only ever added. A correction stands beside what it corrects.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.permissions import Permission
from accounts.reach import holds_everywhere

if TYPE_CHECKING:
    from accounts.models import User


class About(models.TextChoices):
    CONDUCT_ONLINE = "conduct_online", "Conduct online"
    OVERDUE = "overdue", "Training overdue"
    COMPLAINT = "complaint", "A complaint"
    WELFARE = "welfare", "Welfare after abuse"
    OTHER = "other", "Something else"


class AdditionKind(models.TextChoices):
    COMMENT = "comment", "Comment of the person"
    CORRECTION = "correction", "Correction"
    FOLLOWED_UP = "followed_up", "Followed up"


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, reader: User) -> Self:
        """One's own, those of one's team as it is now, and for HR everybody's.

        Whoever wrote one and manages the person no longer does not see it any more.
        """
        if not reader.is_employed():
            return self.none()
        if holds_everywhere(reader, Permission.RECORD_CONVERSATION):
            return self
        mine = Q(person=reader)
        # At a shared terminal one is nobody's manager.
        return self.filter(mine if reader.at_terminal else mine | Q(person__manager=reader))

    def to_follow_up(self, on: date) -> Self:
        """Those whose day has come, and nobody has."""
        done = ConversationAddition.objects.filter(
            conversation=OuterRef("pk"), kind=AdditionKind.FOLLOWED_UP
        )
        return self.filter(~Exists(done), follow_up_on__lte=on)


class Conversation(models.Model):
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="conversations"
    )
    held_on = models.DateField()
    about = models.CharField(max_length=20, choices=About)
    said = models.TextField()
    agreed = models.TextField(blank=True)
    follow_up_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="nobody_records_a_conversation_with_themselves",
                condition=~Q(person=F("recorded_by")),
            ),
            models.CheckConstraint(
                name="a_conversation_is_followed_up_after_it",
                condition=Q(follow_up_on=None) | Q(follow_up_on__gte=F("held_on")),
            ),
            models.CheckConstraint(
                name="what_a_conversation_was_about_is_known",
                condition=Q(about__in=About.values),
            ),
        ]

    def __str__(self) -> str:
        return f"Conversation of {self.held_on:%-d %B %Y}"

    @property
    def audit_name(self) -> str:
        """Neither with whom nor about what: not everybody who reads the trail may know."""
        return f"conversation {self.pk} about conduct"


class ConversationAddition(models.Model):
    """What was added later: nothing that was written before is changed by it."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="additions"
    )
    kind = models.CharField(max_length=15, choices=AdditionKind)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"],
                condition=Q(kind=AdditionKind.COMMENT),
                name="one_comment_on_a_conversation",
            ),
            models.UniqueConstraint(
                fields=["conversation"],
                condition=Q(kind=AdditionKind.FOLLOWED_UP),
                name="a_conversation_is_followed_up_once",
            ),
            models.CheckConstraint(
                name="kind_of_addition_is_known", condition=Q(kind__in=AdditionKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} to {self.conversation}"
