"""Elections: periods of heightened sensitivity, whom they are about, what was scheduled then."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone


class Nation(models.TextChoices):
    ENGLAND = "england", "England"
    WALES = "wales", "Wales"
    SCOTLAND = "scotland", "Scotland"
    NORTHERN_IRELAND = "northern_ireland", "Northern Ireland"


class PollKind(models.TextChoices):
    LOCAL = "local", "Council election"
    BY_ELECTION = "by_election", "Council by-election"
    PARLIAMENT = "parliament", "UK Parliament"
    DEVOLVED = "devolved", "Senedd, Scottish Parliament or Assembly"
    MAYOR = "mayor", "Mayor"
    POLICE = "police", "Police and crime commissioner"
    REFERENDUM = "referendum", "Referendum"


class Ward(models.Model):
    name = models.CharField(max_length=100)
    accounts = models.ManyToManyField("accounts.SocialAccount", related_name="wards")
    """Accounts that speak for this ward only."""

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="one_ward_of_a_name")]

    def __str__(self) -> str:
        return self.name


class NonWorkingDay(models.Model):
    """A day of thanksgiving or mourning, or another that the law disregards, entered by hand."""

    on = models.DateField()
    nation = models.CharField(max_length=20, choices=Nation, blank=True)
    """Empty: in every nation."""
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["on", "nation"], name="one_non_working_day_of_a_date")
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.on}"


class ElectionPeriod(models.Model):
    """From the notice of election to the close of poll, both as days in London."""

    key = models.UUIDField(null=True, unique=True)
    """That of the form: sent twice, it makes one period."""
    name = models.CharField(max_length=150)
    nation = models.CharField(max_length=20, choices=Nation)
    kind = models.CharField(max_length=15, choices=PollKind)
    wards = models.ManyToManyField(Ward, related_name="periods")
    """Empty: the whole council."""
    topics = models.ManyToManyField("publishing.Topic", related_name="election_periods")
    """What needs the Monitoring Officer's check besides names."""
    suggested_notice_on = models.DateField()
    """The latest day that the law allows, as reckoned when the period was entered."""
    notice_on = models.DateField()
    """The Returning Officer's real date."""
    poll_on = models.DateField()
    notes = models.TextField(max_length=2000, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-poll_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="notice_comes_before_the_poll", condition=Q(notice_on__lt=F("poll_on"))
            ),
            models.CheckConstraint(
                name="election_cancelled_has_who_and_when",
                condition=Q(cancelled_by__isnull=True, cancelled_at__isnull=True)
                | Q(cancelled_by__isnull=False, cancelled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class NameKind(models.TextChoices):
    CANDIDATE = "candidate", "Candidate"
    MEMBER = "member", "Member"
    GROUP = "group", "Party or group"


class ElectionName(models.Model):
    """A name that a post may not carry in the period without the Monitoring Officer's check."""

    period = models.ForeignKey(ElectionPeriod, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=NameKind)

    class Meta:
        ordering = ["period", "name"]
        constraints = [
            models.UniqueConstraint(
                "period", Lower("name"), name="one_of_a_name_in_an_election_period"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ReviewOutcome(models.TextChoices):
    KEPT = "kept", "Stays as it is"
    CHANGED = "changed", "Changed or moved"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ElectionReview(models.Model):
    """A post that was on its way into the period when that was entered: somebody looks at it."""

    period = models.ForeignKey(ElectionPeriod, on_delete=models.PROTECT, related_name="reviews")
    post = models.ForeignKey(
        "publishing.Post", on_delete=models.PROTECT, related_name="election_reviews"
    )
    listed_at = models.DateTimeField(default=timezone.now)
    because = models.CharField(max_length=500, blank=True)
    """What in it the period's rules speak of; empty: only that it falls into the period."""
    outcome = models.CharField(max_length=10, choices=ReviewOutcome, blank=True)
    comment = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["period", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "post"], name="one_review_of_a_post_in_a_period"
            ),
            models.CheckConstraint(
                name="election_review_has_who_when_and_what",
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, outcome="")
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} in {self.period}"
