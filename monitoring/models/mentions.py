"""Mentions: anything said to or about the council that we pulled in, and their daily count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.permissions import Permission
from accounts.reach import accounts_within_reach, holds_everywhere
from platforms.contract import MentionKind

if TYPE_CHECKING:
    from accounts.models import User


AccountData = TypeVar("AccountData", bound=models.Model)


class AccountDataQuerySet(models.QuerySet[AccountData]):
    """Rows that belong to an account and are read by whoever may see its mentions."""

    def visible_to(self, user: User) -> Self:
        if holds_everywhere(user, Permission.SEE_MENTIONS):
            return self.all()
        return self.filter(account__in=accounts_within_reach(user, Permission.SEE_MENTIONS))


KIND_NAMES = {
    MentionKind.MENTION: "Mention",
    MentionKind.TAGGED: "Tagged post",
    MentionKind.COMMENT: "Comment",
}


class MentionQuerySet(AccountDataQuerySet["Mention"]):
    def of_thread(self, mention: Mention) -> Self:
        """The mention that a thread began with, and what was said in reply to it."""
        first = mention.in_reply_to or mention.remote_id
        return self.filter(Q(remote_id=first) | Q(in_reply_to=first), account=mention.account)


class DailyMentionsQuerySet(AccountDataQuerySet["DailyMentions"]):
    """Counts of mentions, each of one account on one day."""


class Mention(models.Model):
    account = models.ForeignKey(
        "accounts.SocialAccount", on_delete=models.PROTECT, related_name="mentions"
    )
    kind = models.CharField(
        max_length=10, choices=[(kind.value, name) for kind, name in KIND_NAMES.items()]
    )
    remote_id = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)
    author_name = models.CharField(max_length=200)
    author_handle = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    in_reply_to = models.CharField(max_length=200, blank=True)
    said_at = models.DateTimeField()
    taken_in_at = models.DateTimeField(default=timezone.now)

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ["-said_at", "-id"]
        indexes = [
            models.Index(fields=["-said_at", "-id"], name="mention_newest"),
            models.Index(fields=["account", "-said_at", "-id"], name="mention_account_newest"),
            models.Index(fields=["kind", "-said_at", "-id"], name="mention_kind_newest"),
            models.Index(
                fields=["account", "in_reply_to"],
                condition=~Q(in_reply_to=""),
                name="mention_replies",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "remote_id"], name="one_mention_for_each_remote_id"
            )
        ]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.text[:60]}"


class DailyMentions(models.Model):
    """How many mentions an account had on a day in London: what charts and dashboards read."""

    account = models.ForeignKey(
        "accounts.SocialAccount", on_delete=models.PROTECT, related_name="daily_mentions"
    )
    on = models.DateField()
    count = models.PositiveIntegerField(default=0)

    objects = DailyMentionsQuerySet.as_manager()

    class Meta:
        ordering = ["on"]
        indexes = [models.Index(fields=["on", "account"], name="daily_mentions_day")]
        constraints = [
            models.UniqueConstraint(fields=["account", "on"], name="one_mention_count_for_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.account} on {self.on}: {self.count}"
