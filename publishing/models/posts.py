"""Posts: one thing that the council wants to say, from draft to published."""

from __future__ import annotations

import uuid
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from accounts.access import may
from accounts.models import SocialAccount
from accounts.permissions import Permission
from accounts.reach import Ids, has_a_team, holds_a_role_somewhere, with_a_role
from publishing.models.versions import VersionText

if TYPE_CHECKING:
    from accounts.models import User


class PostState(models.TextChoices):
    DRAFT = "draft", "Draft"
    AWAITING_APPROVAL = "awaiting_approval", "Awaiting approval"
    SECOND_CHECK = "second_check", "Second check"
    CHANGES_REQUESTED = "changes_requested", "Changes requested"
    APPROVED = "approved", "Approved"
    SCHEDULED = "scheduled", "Scheduled"
    PUBLISHED = "published", "Published"
    PART_PUBLISHED = "part_published", "Part-published"
    FAILED = "failed", "Failed"
    MISSED_SLOT = "missed_slot", "Missed slot"
    TAKEN_DOWN = "taken_down", "Taken down"
    WITHDRAWN = "withdrawn", "Withdrawn"
    ARCHIVED = "archived", "Archived"


_S = PostState

POST_TRANSITIONS: dict[PostState, frozenset[PostState]] = {
    _S.DRAFT: frozenset({_S.AWAITING_APPROVAL, _S.APPROVED, _S.WITHDRAWN}),
    _S.AWAITING_APPROVAL: frozenset(
        {
            _S.DRAFT,
            _S.SECOND_CHECK,
            _S.CHANGES_REQUESTED,
            _S.APPROVED,
            _S.SCHEDULED,
            _S.MISSED_SLOT,
            _S.WITHDRAWN,
        }
    ),
    _S.SECOND_CHECK: frozenset(
        {
            _S.DRAFT,
            _S.AWAITING_APPROVAL,
            _S.CHANGES_REQUESTED,
            _S.APPROVED,
            _S.SCHEDULED,
            _S.MISSED_SLOT,
            _S.WITHDRAWN,
        }
    ),
    _S.CHANGES_REQUESTED: frozenset({_S.DRAFT, _S.AWAITING_APPROVAL, _S.WITHDRAWN}),
    _S.APPROVED: frozenset(
        {
            _S.DRAFT,
            _S.AWAITING_APPROVAL,
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
            _S.AWAITING_APPROVAL,
            _S.APPROVED,
            _S.PUBLISHED,
            _S.PART_PUBLISHED,
            _S.FAILED,
            _S.MISSED_SLOT,
            _S.WITHDRAWN,
        }
    ),
    _S.PUBLISHED: frozenset({_S.TAKEN_DOWN, _S.ARCHIVED}),
    _S.PART_PUBLISHED: frozenset({_S.APPROVED, _S.PUBLISHED, _S.TAKEN_DOWN, _S.ARCHIVED}),
    _S.FAILED: frozenset({_S.DRAFT, _S.APPROVED, _S.ARCHIVED}),
    _S.MISSED_SLOT: frozenset(
        {_S.DRAFT, _S.AWAITING_APPROVAL, _S.APPROVED, _S.SCHEDULED, _S.WITHDRAWN}
    ),
    _S.TAKEN_DOWN: frozenset({_S.ARCHIVED}),
    _S.WITHDRAWN: frozenset({_S.DRAFT, _S.ARCHIVED}),
    _S.ARCHIVED: frozenset(),
}
"""Which state may follow which. `approved` is on its way now; `scheduled` waits for its time.

Draft → approved is an emergency: it goes at once, and is checked afterwards.
"""

UNDECIDED = (_S.AWAITING_APPROVAL, _S.SECOND_CHECK)
"""Somebody still has to decide; a post whose time passes meanwhile misses its slot."""


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: User) -> PostQuerySet:
        """Posts that `user` may read: all for the corporate team and auditors, else one's own,
        one's team's, those of accounts on which one holds a role, and for members the published.

        """
        if not user.is_employed():
            return self.none()
        if may(user, Permission.SEE_ALL_POSTS):
            return self.all()
        readable = reduce(or_, _readable(user))
        if not holds_a_role_somewhere(user):
            return self.filter(readable)
        on_mine = _first_text(Q(account__in=with_a_role(user)))
        return self.alias(on_mine=on_mine).filter(readable | Q(on_mine__isnull=False))

    def visible_on(self, account: int, user: User) -> PostQuerySet:
        """Those that `visible_to` gives whose newest version is for this account.

        Whoever may read everything there finds a page soon by walking the list. For the others
        that walk could pass every post there is, so what is theirs is gathered first.
        """
        if not user.is_employed():
            return self.none()
        if _reads_all_on(account, user):
            return self.visible_to(user).on_accounts([account])
        there = VersionText.objects.filter(account=account).order_by().values("version")
        mine = VersionText.objects.filter(account__in=with_a_role(user)).order_by()
        ways = [*_readable(user), Q(version__in=mine.values("version"))]
        theirs = [Post.objects.filter(way, version__in=there).values("pk") for way in ways]
        return self.filter(pk__in=theirs[0].union(*theirs[1:]))

    def on_accounts(self, accounts: Ids) -> PostQuerySet:
        """Posts whose newest version is for at least one of these accounts."""
        return self.alias(on_one=_first_text(Q(account__in=accounts))).filter(on_one__isnull=False)

    def only_on_accounts(self, accounts: Ids) -> PostQuerySet:
        """Posts with a version for some of these accounts and no others."""
        elsewhere = _first_text(~Q(account__in=accounts))
        return self.on_accounts(accounts).alias(elsewhere=elsewhere).filter(elsewhere__isnull=True)


def _readable(user: User) -> list[Q]:
    """Each reason for which somebody may read posts, roles on accounts apart."""
    ways = [Q(author=user)]
    if has_a_team(user):
        ways.append(Q(author__in=user.team.order_by().values("pk")))
    if may(user, Permission.SEE_PUBLISHED_POSTS):
        ways.append(Q(state__in=[_S.PUBLISHED, _S.PART_PUBLISHED]))
    return ways


def _reads_all_on(account: int, user: User) -> bool:
    return (
        may(user, Permission.SEE_ALL_POSTS)
        or may(user, Permission.SEE_PUBLISHED_POSTS)
        or SocialAccount.objects.filter(pk=account).filter(pk__in=with_a_role(user)).exists()
    )


def _first_text(wanted: Q) -> Subquery:
    """The id of one of the newest version's texts that is `wanted`; null where none is.

    A query for each row, and not EXISTS: the database would turn that into a join and gather every
    post of those accounts, where a page that walks its own index needs to look at a few rows only.
    """
    texts = VersionText.objects.filter(wanted, version=OuterRef("version"))
    return Subquery(texts.order_by().values("pk")[:1])


class Post(models.Model):
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts"
    )
    service_area = models.ForeignKey(
        "accounts.ServiceArea", null=True, on_delete=models.PROTECT, related_name="posts"
    )
    title = models.CharField(max_length=100, blank=True)
    """Copied from the newest version or draft, for lists."""
    state = models.CharField(max_length=20, choices=PostState, default=PostState.DRAFT)
    version = models.ForeignKey(
        "publishing.Version", null=True, on_delete=models.PROTECT, related_name="+"
    )
    """The newest version; the only one that can be submitted, approved or delivered."""
    publish_at = models.DateTimeField(null=True)
    """Copied from the newest version."""
    due_at = models.DateTimeField(default=timezone.now)
    """`publish_at`; where there is none, when it was last changed or sent for approval. Never
    empty, so that lists can be ordered and paged by it.
    """
    created_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=timezone.now)
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    """Given by the form in which it was started: a second click does not make a second post."""
    series = models.ForeignKey(
        "publishing.Series", null=True, on_delete=models.PROTECT, related_name="posts"
    )
    """What it is an occurrence of, if it recurs."""
    occurs_on = models.DateField(null=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "-changed_at", "-id"], name="post_state_changed"),
            models.Index(fields=["state", "due_at", "id"], name="post_state_due"),
            models.Index(
                fields=["author", "state", "-changed_at", "-id"], name="post_author_changed"
            ),
            # One for each tab of several states: PostgreSQL reads a page from it in order.
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state__in=["approved", "scheduled"]),
                name="post_going_out",
            ),
            models.Index(
                fields=["-changed_at", "-id"],
                condition=Q(state__in=["published", "part_published"]),
                name="post_gone_out",
            ),
            models.Index(
                fields=["-changed_at", "-id"],
                condition=Q(state__in=["withdrawn", "archived"]),
                name="post_put_away",
            ),
            models.Index(
                fields=["publish_at"],
                condition=Q(state__in=["awaiting_approval", "second_check"]),
                name="post_may_miss_its_slot",
            ),
            models.Index(
                fields=["due_at", "id"],
                condition=~Q(state__in=["draft", "changes_requested", "withdrawn", "archived"]),
                name="post_on_the_calendar",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "occurs_on"], name="one_post_for_each_occurrence"
            ),
            models.CheckConstraint(
                name="an_occurrence_has_its_day",
                condition=Q(series__isnull=True, occurs_on__isnull=True)
                | Q(series__isnull=False, occurs_on__isnull=False),
            ),
            models.CheckConstraint(
                name="post_state_is_known", condition=Q(state__in=PostState.values)
            ),
            models.CheckConstraint(
                name="post_past_draft_has_a_version",
                # A draft that is withdrawn, and then archived, may never have been sent.
                condition=Q(state__in=[PostState.DRAFT, PostState.WITHDRAWN, PostState.ARCHIVED])
                | Q(version__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"Untitled post {self.pk}"

    def governed_accounts(self) -> list[SocialAccount]:
        """The accounts that the newest version is for."""
        return self.version.governed_accounts() if self.version else []


class Draft(models.Model):
    """The working copy: what is in the form, saved as it is typed. It is nobody's decision."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="draft")
    content = models.JSONField(default=dict)
    """The form's fields as typed: see `publishing.drafts.Content`."""
    answers = models.JSONField(default=dict, blank=True)
    """What the author answers to advisory findings, by the finding's key."""
    revision = models.PositiveIntegerField(default=1)
    """Grows with every save; a form that holds an older one is stale (409)."""
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"Draft of {self.post}"
