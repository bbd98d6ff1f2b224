"""Posts: one thing that the council wants to say, from draft to published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.access import may
from accounts.models import SocialAccount
from accounts.permissions import Permission

if TYPE_CHECKING:
    from accounts.models import User


class PostState(models.TextChoices):
    DRAFT = "draft", "Draft"
    AWAITING_APPROVAL = "awaiting_approval", "Awaiting approval"
    CHANGES_REQUESTED = "changes_requested", "Changes requested"
    APPROVED = "approved", "Approved"
    SCHEDULED = "scheduled", "Scheduled"
    PUBLISHED = "published", "Published"
    PART_PUBLISHED = "part_published", "Part-published"
    FAILED = "failed", "Failed"
    MISSED_SLOT = "missed_slot", "Missed slot"
    WITHDRAWN = "withdrawn", "Withdrawn"
    ARCHIVED = "archived", "Archived"


_S = PostState

POST_TRANSITIONS: dict[PostState, frozenset[PostState]] = {
    _S.DRAFT: frozenset({_S.AWAITING_APPROVAL, _S.WITHDRAWN}),
    _S.AWAITING_APPROVAL: frozenset(
        {_S.DRAFT, _S.CHANGES_REQUESTED, _S.APPROVED, _S.SCHEDULED, _S.MISSED_SLOT, _S.WITHDRAWN}
    ),
    _S.CHANGES_REQUESTED: frozenset({_S.DRAFT, _S.AWAITING_APPROVAL, _S.WITHDRAWN}),
    _S.APPROVED: frozenset(
        {
            _S.DRAFT,
            _S.SCHEDULED,
            _S.PUBLISHED,
            _S.PART_PUBLISHED,
            _S.FAILED,
            _S.MISSED_SLOT,
            _S.WITHDRAWN,
        }
    ),
    _S.SCHEDULED: frozenset(
        {
            _S.DRAFT,
            _S.APPROVED,
            _S.PUBLISHED,
            _S.PART_PUBLISHED,
            _S.FAILED,
            _S.MISSED_SLOT,
            _S.WITHDRAWN,
        }
    ),
    _S.PUBLISHED: frozenset({_S.ARCHIVED}),
    _S.PART_PUBLISHED: frozenset({_S.APPROVED, _S.PUBLISHED, _S.ARCHIVED}),
    _S.FAILED: frozenset({_S.DRAFT, _S.APPROVED, _S.ARCHIVED}),
    _S.MISSED_SLOT: frozenset({_S.DRAFT, _S.AWAITING_APPROVAL, _S.APPROVED, _S.SCHEDULED, _S.WITHDRAWN}),
    _S.WITHDRAWN: frozenset({_S.DRAFT, _S.ARCHIVED}),
    _S.ARCHIVED: frozenset(),
}
"""Which state may follow which. `approved` is on its way out now; `scheduled` waits for its time."""


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: User) -> PostQuerySet:
        """Posts that `user` may read: all for the corporate team and auditors, else one's own,
        one's team's, those of accounts on which one holds a role, and for members the published.
        """
        if not user.is_employed():
            return self.none()
        if may(user, Permission.SEE_ALL_POSTS):
            return self.all()
        # The accounts of the current version, or of the draft that is not yet a version.
        granted = user.account_grants.in_force().values("account")
        readable = Q(author=user) | Q(author__manager=user) | Q(pk__in=self.model.on_accounts(granted))
        if may(user, Permission.SEE_PUBLISHED_POSTS):
            readable |= Q(state__in=[_S.PUBLISHED, _S.PART_PUBLISHED])
        return self.filter(readable)


class Post(models.Model):
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts"
    )
    service_area = models.ForeignKey(
        "accounts.ServiceArea", null=True, on_delete=models.PROTECT, related_name="posts"
    )
    title = models.CharField(max_length=100, blank=True)
    """Copied from the newest version or draft, for lists."""
    state = models.CharField(max_length=20, choices=PostState.choices, default=PostState.DRAFT)
    version = models.ForeignKey(
        "publishing.Version", null=True, on_delete=models.PROTECT, related_name="+"
    )
    """The newest version; the only one that can be submitted, approved or delivered."""
    publish_at = models.DateTimeField(null=True)
    """Copied from the newest version, for lists and their order."""
    created_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = PostQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "-changed_at", "-id"], name="post_state_changed"),
            models.Index(fields=["author", "-changed_at", "-id"], name="post_author_changed"),
            models.Index(fields=["state", "publish_at", "id"], name="post_state_time"),
        ]
        constraints = [
            models.CheckConstraint(
                name="post_state_is_known", condition=Q(state__in=PostState.values)
            ),
            models.CheckConstraint(
                name="post_past_draft_has_a_version",
                condition=Q(state__in=[PostState.DRAFT, PostState.WITHDRAWN])
                | Q(version__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"Untitled post {self.pk}"

    @staticmethod
    def on_accounts(accounts: models.QuerySet) -> models.QuerySet:
        """Ids of posts whose newest version names one of `accounts` (a query of ids)."""
        return Post.objects.filter(version__texts__account__in=accounts).values("pk")

    def governed_accounts(self) -> list[SocialAccount]:
        """The accounts that the newest version is for."""
        return self.version.governed_accounts() if self.version else []


class Draft(models.Model):
    """The working copy: what is in the form, saved as it is typed. It is nobody's decision."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="draft")
    content = models.JSONField(default=dict)
    """The form's fields as typed: see `publishing.drafts.Content`."""
    revision = models.PositiveIntegerField(default=1)
    """Grows with every save; a form that holds an older one is stale (409)."""
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"Draft of {self.post}"
