"""Social accounts: every profile, page or channel of the council, on the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models.requests import AccountRequest
from platforms import known
from platforms.contract import Platform
from platforms.registry import PLATFORMS

if TYPE_CHECKING:
    from accounts.models.people import User


class AccountState(models.TextChoices):
    DRAFT = "draft", "Draft request"
    """Being asked for; not on the register until the request is submitted."""
    REQUESTED = "requested", "Requested"
    ASSESSED = "assessed", "Assessed"
    APPROVED = "approved", "Approved"
    LIVE = "live", "Live"
    SUSPENDED = "suspended", "Suspended"
    DORMANT = "dormant", "Dormant"
    CLOSING = "closing", "Closing"
    CLOSED = "closed", "Closed"
    PARTNER = "partner", "Partner"


class TwoFactorState(models.TextChoices):
    """Whether the platform asks a second proof of whoever signs in to the account."""

    UNKNOWN = "unknown", "Not checked"
    ON = "on", "On"
    OFF = "off", "Off"
    NOT_OFFERED = "not_offered", "The platform has none"


ACCOUNT_TRANSITIONS: dict[AccountState, frozenset[AccountState]] = {
    AccountState.DRAFT: frozenset({AccountState.REQUESTED, AccountState.CLOSED}),
    AccountState.REQUESTED: frozenset(
        {AccountState.DRAFT, AccountState.ASSESSED, AccountState.CLOSED}
    ),
    AccountState.ASSESSED: frozenset({AccountState.APPROVED, AccountState.CLOSED}),
    AccountState.APPROVED: frozenset({AccountState.LIVE, AccountState.CLOSED}),
    AccountState.LIVE: frozenset(
        {AccountState.SUSPENDED, AccountState.DORMANT, AccountState.CLOSING}
    ),
    AccountState.SUSPENDED: frozenset({AccountState.LIVE, AccountState.CLOSING}),
    AccountState.DORMANT: frozenset({AccountState.LIVE, AccountState.CLOSING}),
    AccountState.CLOSING: frozenset(
        {AccountState.LIVE, AccountState.SUSPENDED, AccountState.CLOSED}
    ),
    AccountState.CLOSED: frozenset(),
    AccountState.PARTNER: frozenset({AccountState.CLOSED}),
}


class SocialAccountQuerySet(models.QuerySet["SocialAccount"]):
    def on_register(self, user: User) -> SocialAccountQuerySet:
        """The register is open to everybody who works for the council, and to nobody else."""
        return self.exclude(state=AccountState.DRAFT) if user.is_employed() else self.none()

    def visible_to(self, user: User) -> SocialAccountQuerySet:
        """The register, and the accounts of the requests that `user` takes part in."""
        if not user.is_employed():
            return self.none()
        involved = AccountRequest.objects.involving(user).values("account")
        return self.filter(~Q(state=AccountState.DRAFT) | Q(pk__in=involved))

    def live(self) -> SocialAccountQuerySet:
        return self.filter(state=AccountState.LIVE)

    def answered_for_by(self, user: User) -> SocialAccountQuerySet:
        """Those of which `user` is the owner or the deputy."""
        return self.filter(Q(owner=user) | Q(deputy=user))

    def publishable(self) -> SocialAccountQuerySet:
        """Those on platforms that the product can publish to."""
        return self.filter(platform__in=PLATFORMS)


class SocialAccount(models.Model):
    platform = models.CharField(max_length=20)
    """A key of `platforms.known`."""
    handle = models.CharField(max_length=100)
    name = models.CharField(max_length=120)
    url = models.URLField("address", max_length=300)
    server_url = models.URLField(max_length=200, blank=True)
    """The platform's base address for this account, where it is not the one in the settings."""
    remote_id = models.CharField(max_length=100, blank=True)
    purpose = models.CharField(max_length=300, blank=True)
    service_area = models.ForeignKey(
        "accounts.ServiceArea", on_delete=models.PROTECT, related_name="accounts"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="owned_accounts"
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deputised_accounts",
    )
    state = models.CharField(max_length=12, choices=AccountState, default=AccountState.REQUESTED)
    added_at = models.DateTimeField(auto_now_add=True)

    audience = models.CharField(max_length=300, blank=True)
    aims = models.ManyToManyField(
        "accounts.StrategicAim", blank=True, related_name="accounts", verbose_name="strategic aims"
    )
    opened_on = models.DateField("day it was opened", null=True, blank=True)
    predates_policy = models.BooleanField("there before the policy", default=False)
    """It was opened before the council's policy, so that it was never asked for."""
    partner_name = models.CharField("partner’s name", max_length=120, blank=True)
    partner_contact = models.CharField("partner’s contact", max_length=200, blank=True)
    recovery_contact = models.CharField(max_length=200, blank=True)
    """Where the platform sends what gets a lost account back: not for every reader."""
    two_factor = models.CharField(
        "two-factor sign-in", max_length=12, choices=TwoFactorState, default=TwoFactorState.UNKNOWN
    )
    two_factor_checked_on = models.DateField("day two-factor was checked", null=True, blank=True)
    joint_access = models.CharField("evidence of joint access", max_length=300, blank=True)
    """What proves that the corporate team can administer the account too."""
    joint_access_on = models.DateField("day joint access was proved", null=True, blank=True)
    branding_checked_on = models.DateField("day the branding was checked", null=True, blank=True)
    standards_checked_on = models.DateField("day the standards were checked", null=True, blank=True)
    last_post_on = models.DateField("day of the last post", null=True, blank=True)

    objects = SocialAccountQuerySet.as_manager()

    class Meta:
        ordering = ["name", "platform"]
        indexes = [models.Index(fields=["name", "id"], name="account_by_name")]
        constraints = [
            models.UniqueConstraint(
                "platform",
                Lower("handle"),
                name="one_account_for_each_handle",
                condition=~Q(state__in=(AccountState.CLOSED, AccountState.DRAFT)),
            ),
            models.CheckConstraint(
                name="account_state_is_known", condition=Q(state__in=AccountState.values)
            ),
            models.CheckConstraint(
                name="deputy_is_someone_else",
                condition=Q(deputy__isnull=True) | ~Q(deputy=models.F("owner")),
            ),
            models.CheckConstraint(
                name="two_factor_is_known_since_a_day",
                condition=Q(two_factor=TwoFactorState.UNKNOWN, two_factor_checked_on__isnull=True)
                | (
                    Q(
                        two_factor__in=(
                            TwoFactorState.ON,
                            TwoFactorState.OFF,
                            TwoFactorState.NOT_OFFERED,
                        )
                    )
                    & Q(two_factor_checked_on__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="joint_access_has_evidence_and_day",
                condition=Q(joint_access="", joint_access_on__isnull=True)
                | (~Q(joint_access="") & Q(joint_access_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="only_a_partners_account_names_a_partner",
                condition=Q(partner_name="", partner_contact="")
                | Q(state__in=(AccountState.PARTNER, AccountState.CLOSED)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.platform_name} @{self.handle})"

    @property
    def platform_facts(self) -> Platform:
        """What is known about the platform; raises KeyError for one that is not connected."""
        return PLATFORMS[self.platform]

    @property
    def platform_name(self) -> str:
        return known.name_of(self.platform)

    def governed_accounts(self) -> list[SocialAccount]:
        return [self]
