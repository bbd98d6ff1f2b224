"""Requests of a profile: what is asked for and why, who takes part, and who decided what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.permissions import AccountRole

if TYPE_CHECKING:
    from accounts.models.people import User


class RequestState(models.TextChoices):
    DRAFT = "draft", "Draft"
    WITH_MANAGER = "with_manager", "With the line manager"
    WITH_COMMUNICATIONS = "with_communications", "With communications"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


REQUEST_TRANSITIONS: dict[RequestState, frozenset[RequestState]] = {
    RequestState.DRAFT: frozenset({RequestState.WITH_MANAGER, RequestState.WITHDRAWN}),
    RequestState.WITH_MANAGER: frozenset(
        {
            RequestState.WITH_COMMUNICATIONS,
            RequestState.DRAFT,
            RequestState.REFUSED,
            RequestState.WITHDRAWN,
        }
    ),
    RequestState.WITH_COMMUNICATIONS: frozenset(
        {
            RequestState.ACCEPTED,
            RequestState.DRAFT,
            RequestState.REFUSED,
            RequestState.WITHDRAWN,
        }
    ),
    RequestState.ACCEPTED: frozenset(),
    RequestState.REFUSED: frozenset(),
    RequestState.WITHDRAWN: frozenset(),
}
"""Back to draft is "returned": it is changed and submitted again, and both decide again."""


class Answer(models.TextChoices):
    """An answer to a question of the equality screening."""

    YES = "yes", "Yes"
    NO = "no", "No"


class AccountRequestQuerySet(models.QuerySet["AccountRequest"]):
    def involving(self, user: User) -> AccountRequestQuerySet:
        """What `user` wrote, answers for, is named in, or is asked to support."""
        named = NamedOfficer.objects.filter(user=user).values("request")
        return self.filter(
            Q(asked_by=user)
            | Q(line_manager=user)
            | Q(account__owner=user)
            | Q(account__deputy=user)
            | Q(pk__in=named)
        )

    def with_answers(self) -> AccountRequestQuerySet:
        """With everything that is answered, for the pages and the decisions about them."""
        one = (
            "account__service_area",
            "account__owner__manager",
            "account__deputy",
            "asked_by__manager",
            "line_manager",
            "supported_by",
            "accepted_by",
        )
        many = (
            "account__aims",
            "account__answerables",
            "account__risk_assessments__assessed_by",
            "account__risk_assessments__signed_off_by",
            "officers__user",
        )
        return self.select_related(*one).prefetch_related(*many)


class AccountRequest(models.Model):
    """One request. What the register will say stands on its account, which is a draft until then.

    The equality questions are those of Tonbridge & Malling Borough Council's report of 13 November
    2014 ("Screening for equality impacts", a to c).
    """

    account = models.OneToOneField(
        "accounts.SocialAccount", on_delete=models.PROTECT, related_name="request"
    )
    state = models.CharField(max_length=20, choices=RequestState, default=RequestState.DRAFT)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="account_requests"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    line_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requests_to_support",
    )
    supported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """Who supported it as it stands now; empty again once it is returned."""
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    why = models.TextField("what it is needed for", max_length=2000, blank=True)
    why_not_existing = models.TextField(
        "why an existing account will not do", max_length=2000, blank=True
    )
    content_kinds = models.TextField("what will be posted", max_length=2000, blank=True)
    content_rhythm = models.CharField("how often", max_length=300, blank=True)
    content_first_weeks = models.TextField("the first four weeks", max_length=2000, blank=True)
    content_replies = models.TextField(
        "who answers residents, and when", max_length=2000, blank=True
    )

    equality_adverse = models.CharField(max_length=3, choices=Answer, blank=True)
    equality_adverse_why = models.TextField(max_length=2000, blank=True)
    equality_positive = models.CharField(max_length=3, choices=Answer, blank=True)
    equality_positive_why = models.TextField(max_length=2000, blank=True)
    equality_steps = models.TextField(max_length=2000, blank=True)

    objects = AccountRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="request_state_is_known", condition=Q(state__in=RequestState.values)
            ),
            models.CheckConstraint(
                name="request_of_nobodys_own_manager",
                condition=Q(line_manager__isnull=True) | ~Q(line_manager=F("asked_by")),
            ),
            models.CheckConstraint(
                name="request_with_a_decider_is_submitted",
                condition=Q(submitted_at__isnull=False)
                | Q(state__in=(RequestState.DRAFT, RequestState.WITHDRAWN)),
            ),
            models.CheckConstraint(
                name="request_before_communications_is_supported",
                condition=Q(supported_by__isnull=False)
                | ~Q(state__in=(RequestState.WITH_COMMUNICATIONS, RequestState.ACCEPTED)),
            ),
            models.CheckConstraint(
                name="request_accepted_has_who_accepted_it",
                condition=Q(accepted_by__isnull=False, state=RequestState.ACCEPTED)
                | (Q(accepted_by__isnull=True) & ~Q(state=RequestState.ACCEPTED)),
            ),
            models.CheckConstraint(
                name="nobody_supports_their_own_request",
                condition=Q(supported_by__isnull=True) | ~Q(supported_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="nobody_accepts_their_own_request",
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="request_is_decided_by_two_people",
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("supported_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"Request of {self.account}"


class NamedOfficer(models.Model):
    """Somebody who is to use the account, in which role, and whether they accept it."""

    request = models.ForeignKey(AccountRequest, on_delete=models.CASCADE, related_name="officers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40, choices=AccountRole.choices)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint("request", "user", name="named_once_in_a_request"),
            models.CheckConstraint(
                name="named_officer_writes_or_approves",
                condition=Q(role__in=(AccountRole.DRAFTER, AccountRole.APPROVER)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class DecisionStage(models.TextChoices):
    MANAGER = "manager", "Line manager"
    COMMUNICATIONS = "communications", "Communications"


class RequestVerdict(models.TextChoices):
    YES = "yes", "Yes"
    RETURNED = "returned", "Returned for changes"
    NO = "no", "No"


class RequestDecision(models.Model):
    """What one person decided about the answers as they stood then (`digest`)."""

    request = models.ForeignKey(AccountRequest, on_delete=models.PROTECT, related_name="decisions")
    stage = models.CharField(max_length=20, choices=DecisionStage)
    verdict = models.CharField(max_length=10, choices=RequestVerdict)
    reason = models.TextField(max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="request_stage_is_known", condition=Q(stage__in=DecisionStage.values)
            ),
            models.CheckConstraint(
                name="request_verdict_is_known", condition=Q(verdict__in=RequestVerdict.values)
            ),
            models.CheckConstraint(name="request_decision_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.get_verdict_display()}"
