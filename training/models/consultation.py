"""Consulting on the draft of a policy: who is asked, what they say, and what a committee decides.

What somebody agrees to is a wording: every answer and every decision keeps the digest of the text
that it is about, and counts for no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from training.models.policies import PolicyDocument, PolicyVersion

if TYPE_CHECKING:
    from accounts.models import User


class Interest(models.TextChoices):
    """On whose behalf somebody is asked."""

    TRADE_UNIONS = "trade_unions", "Trade unions"
    HR = "hr", "HR"
    LEGAL = "legal", "Legal"
    IT = "it", "IT"
    EQUALITIES = "equalities", "Equalities"
    MEMBERS = "members", "Elected members"
    SENIOR_MANAGEMENT = "senior_management", "Senior management"
    OTHER = "other", "Other"


class Opinion(models.TextChoices):
    SIGNED_OFF = "signed_off", "Signed off"
    CHANGES_ASKED = "changes_asked", "Changes asked for"


class ConsulteeQuerySet(models.QuerySet["Consultee"]):
    def of(self, user: User) -> Self:
        """As which `user` is asked about a draft now."""
        drafts = PolicyVersion.objects.drafts()
        return self.filter(user=user, version__in=drafts)


class Consultee(models.Model):
    """Somebody who is asked about a draft: a person here, or somebody of another body."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="consultees")
    interest = models.CharField(max_length=20, choices=Interest)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="consulted",
    )
    name = models.CharField(max_length=120, blank=True)
    body = models.CharField("organisation", max_length=120, blank=True)
    """Both only of somebody who cannot sign in here: what they say is recorded for them."""
    answer_by = models.DateField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)

    objects = ConsulteeQuerySet.as_manager()

    class Meta:
        ordering = ["interest", "pk"]
        constraints = [
            models.CheckConstraint(
                name="consultee_is_a_person_or_a_name",
                condition=(Q(user__isnull=False, name="", body="") | Q(user=None) & ~Q(name="")),
            ),
            models.UniqueConstraint(
                fields=["version", "user"],
                condition=Q(user__isnull=False),
                name="nobody_is_consulted_twice_on_a_draft",
            ),
        ]

    def __str__(self) -> str:
        if self.user:
            return self.user.name
        return f"{self.name}, {self.body}" if self.body else self.name


class ConsulteeAnswer(models.Model):
    """What a consultee said of one wording. Never changed: another answer comes after it."""

    consultee = models.ForeignKey(Consultee, on_delete=models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=15, choices=Opinion)
    digest = models.CharField(max_length=64)
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    """Whoever recorded it, for a consultee who cannot sign in here."""
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="who_asks_for_changes_says_which",
                condition=Q(answer=Opinion.SIGNED_OFF) | ~Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultee}: {self.get_answer_display()}"


class PolicyComment(models.Model):
    """A remark on a draft, about one section or all of it, and what was done about it."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="comments")
    consultee = models.ForeignKey(
        Consultee, null=True, blank=True, on_delete=models.PROTECT, related_name="comments"
    )
    """None for a remark of whoever keeps the policies."""
    section = models.CharField(max_length=200, blank=True)
    """The heading as it was then; empty: the whole."""
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reply = models.TextField(blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="reply_has_its_words_its_author_and_its_time",
                condition=Q(reply="", replied_by=None, replied_at=None)
                | Q(replied_by__isnull=False, replied_at__isnull=False) & ~Q(reply=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by} on {self.section or self.version}"


class Verdict(models.TextChoices):
    APPROVED = "approved", "Approved"
    APPROVED_WITH_CHANGES = "approved_with_changes", "Approved with changes"
    NOT_APPROVED = "not_approved", "Not approved"
    NONE_NEEDED = "none_needed", "No committee needed"


APPROVING = (Verdict.APPROVED, Verdict.APPROVED_WITH_CHANGES)


class CommitteeDecision(models.Model):
    """What a committee decided of one wording, or why none had to. Never changed."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="decisions")
    digest = models.CharField(max_length=64)
    verdict = models.CharField(max_length=25, choices=Verdict)
    committee = models.CharField(max_length=120, blank=True)
    decided_on = models.DateField()
    minute = models.CharField("minute reference", max_length=60, blank=True)
    link = models.URLField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="decision_names_committee_and_minute_or_says_why_none",
                condition=Q(verdict=Verdict.NONE_NEEDED, committee="") & ~Q(note="")
                | ~Q(verdict=Verdict.NONE_NEEDED) & ~Q(committee="") & ~Q(minute=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_verdict_display()}"


class LetterKind(models.TextChoices):
    ASKED = "asked", "Asked about a draft"
    BEFORE = "before", "The date comes closer"
    OVER = "over", "The date is over"
    REVIEW = "review", "A review comes closer or is over"


class PolicyLetter(models.Model):
    """That somebody was written to about a policy: each kind once for each date."""

    document = models.ForeignKey(PolicyDocument, on_delete=models.PROTECT, related_name="letters")
    consultee = models.ForeignKey(
        Consultee, null=True, on_delete=models.CASCADE, related_name="letters"
    )
    kind = models.CharField(max_length=10, choices=LetterKind)
    about_on = models.DateField()
    days = models.SmallIntegerField(default=0)
    """How many days before that date; below none: once it is over."""
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["id"], condition=Q(mailed_at=None), name="policy_letter_unmailed")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["consultee", "kind", "about_on", "days", "to"],
                condition=Q(consultee__isnull=False),
                name="one_letter_about_each_date_to_answer",
            ),
            models.UniqueConstraint(
                fields=["document", "kind", "about_on", "days", "to"],
                condition=Q(consultee=None),
                name="one_letter_about_each_review",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.document}, {self.get_kind_display()}"
