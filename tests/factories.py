"""Factories: the smallest believable council, one call for each thing a test needs.

`officer_of(account)`, `approver_of(account)` and the like return people whose evidence is complete,
so that a test takes away just the piece it is about.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.utils import timezone

from accounts import evidence
from accounts.actions.register import Readiness
from accounts.actions.service_areas import place
from accounts.checklists import GO_LIVE
from accounts.models import (
    AccountGrant,
    AccountState,
    Answerable,
    ChecklistAnswer,
    CorporateGrant,
    Hazard,
    Part,
    RiskAssessment,
    ServiceArea,
    SocialAccount,
    StrategicAim,
    TwoFactorState,
    User,
)
from accounts.permissions import AccountRole, CorporateRole
from accounts.register.facts import Facts
from tests.model_factory import ModelFactory
from training.models import (
    Acknowledgement,
    Completion,
    Course,
    CourseVersion,
    PolicyDocument,
    PolicyVersion,
)

PASSWORD = "a long enough password"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class ServiceAreaFactory(ModelFactory[ServiceArea]):
    class Meta:
        model = ServiceArea

    name = factory.Sequence(lambda n: f"Service area {n}")

    @classmethod
    def _create(cls, model_class: type[ServiceArea], *args: Any, **kwargs: Any) -> ServiceArea:
        area: ServiceArea = super()._create(model_class, *args, **kwargs)
        place(area)
        return area


class UserFactory(ModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@wealdmoor.example")
    password = factory.django.Password(PASSWORD)


class CorporateGrantFactory(ModelFactory[CorporateGrant]):
    class Meta:
        model = CorporateGrant

    user = factory.SubFactory(UserFactory)
    role = CorporateRole.COMMUNICATIONS_OFFICER
    reason = "In a test"


class AccountFactory(ModelFactory[SocialAccount]):
    """A live account with an in-date risk assessment."""

    class Meta:
        model = SocialAccount
        skip_postgeneration_save = True

    platform = "x"
    handle = factory.Sequence(lambda n: f"wealdmoor{n}")
    name = factory.Sequence(lambda n: f"Wealdmoor {n}")
    url = factory.LazyAttribute(lambda account: f"https://x.example/{account.handle}")
    remote_id = factory.Sequence(lambda n: str(1000 + n))
    service_area = factory.SubFactory(ServiceAreaFactory)
    owner = factory.SubFactory(UserFactory)
    state = AccountState.LIVE
    risk = factory.RelatedFactory(
        "tests.factories.RiskAssessmentFactory", factory_related_name="account"
    )

    @classmethod
    def _create(cls, model_class: type[SocialAccount], *args: Any, **kwargs: Any) -> SocialAccount:
        """The owner and the deputy have accepted it, for as long as anybody asks."""
        account: SocialAccount = super()._create(model_class, *args, **kwargs)
        long_ago = timezone.now() - timedelta(days=400)
        for part, user in ((Part.OWNER, account.owner), (Part.DEPUTY, account.deputy)):
            if user:
                Answerable.objects.create(
                    account=account, part=part, user=user, since=long_ago, accepted_at=long_ago
                )
        return account


READY = Readiness(accepted="In a test", branding="Seen in a test", profile_text="Read in a test")
"""What `add_live_account` is told about the go-live checklist."""


def safe_facts() -> Facts:
    """The facts of an account that the go-live checklist asks for."""
    today = timezone.localdate()
    return {
        "recovery_contact": "social@wealdmoor.example",
        "two_factor": TwoFactorState.ON,
        "two_factor_checked_on": today,
        "joint_access": "Signed in, in a test",
        "joint_access_on": today,
    }


def complete_for_live(account: SocialAccount) -> SocialAccount:
    """Give `account` whatever its go-live checklist still misses, a deputy too; its state stays."""
    for name, value in safe_facts().items():
        setattr(account, name, value)
    account.deputy = account.deputy or UserFactory()
    account.save()
    CourseFactory()
    PolicyVersionFactory()
    long_ago = timezone.now() - timedelta(days=400)
    for part, user in ((Part.OWNER, account.owner), (Part.DEPUTY, account.deputy)):
        Answerable.objects.update_or_create(
            account=account,
            part=part,
            until=None,
            defaults={"user": user, "since": long_ago, "accepted_at": long_ago},
        )
        if evidence.lacks_of([user], timezone.now()):
            trained(user)
    for item in GO_LIVE:
        if item.is_asked:
            ChecklistAnswer.objects.update_or_create(
                account=account,
                checklist=item.checklist,
                item=item.key,
                defaults={"is_met": True, "proof": "Seen in a test"},
            )
    if not RiskAssessment.objects.in_date().filter(account=account).exists():
        RiskAssessmentFactory(account=account)
    return SocialAccount.objects.get(pk=account.pk)


class StrategicAimFactory(ModelFactory[StrategicAim]):
    class Meta:
        model = StrategicAim

    name = factory.Sequence(lambda n: f"Residents know what the council does, {n}")


class RiskAssessmentFactory(ModelFactory[RiskAssessment]):
    class Meta:
        model = RiskAssessment

    account = factory.SubFactory(AccountFactory, risk=None)
    likelihood = 2
    impact = 3
    summary = "Low: opening hours and events only."
    assessed_by = factory.SubFactory(UserFactory)
    signed_off_by = factory.SubFactory(UserFactory)
    signed_off_at = factory.LazyFunction(timezone.now)
    review_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=300))


class HazardFactory(ModelFactory[Hazard]):
    class Meta:
        model = Hazard

    name = factory.Sequence(lambda n: f"Hazard {n}")
    usual_controls = "Two people read every post."
    position = factory.Sequence(lambda n: n)


class AccountGrantFactory(ModelFactory[AccountGrant]):
    class Meta:
        model = AccountGrant

    user = factory.SubFactory(UserFactory)
    account = factory.SubFactory(AccountFactory)
    role = AccountRole.DRAFTER
    reason = "In a test"


class CourseFactory(ModelFactory[Course]):
    class Meta:
        model = Course
        django_get_or_create = ("slug",)

    slug = "running-a-council-account"
    title = "Running a council account"
    needed_to_write = True


class CourseVersionFactory(ModelFactory[CourseVersion]):
    """A published version without lessons: for who has completed what."""

    class Meta:
        model = CourseVersion

    course = factory.SubFactory(CourseFactory)
    number = 1
    published_at = factory.LazyFunction(timezone.now)


class PolicyVersionFactory(ModelFactory[PolicyVersion]):
    class Meta:
        model = PolicyVersion
        django_get_or_create = ("document", "number")

    document = factory.LazyFunction(
        lambda: PolicyDocument.objects.get_or_create(
            slug="social-media-policy",
            defaults={"title": "Social media policy", "needed_to_write": True},
        )[0]
    )
    number = 1
    text = "Be kind, be accurate, ask if unsure."
    in_force_from = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=100))
    needed_from = factory.SelfAttribute("in_force_from")
    published_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=100))


def trained(user: User) -> User:
    """Give `user` every course and acknowledgement that writing and approving ask for."""
    today = timezone.localdate()
    CourseFactory()
    PolicyVersionFactory()
    for course in Course.objects.all():
        Completion.objects.create(
            course=course,
            user=user,
            completed_on=today - timedelta(days=30),
            expires_on=today + timedelta(days=300),
            counts_until=today + timedelta(days=300),
        )
    for version in PolicyVersion.objects.all():
        Acknowledgement.objects.create(
            document=version.document,
            version=version,
            version_number=version.number,
            user=user,
            expires_on=today + timedelta(days=300),
        )
    return user


def person(role: CorporateRole | None = None, **fields: Any) -> User:
    """Somebody with in-date training, a second factor and, where given, one corporate role."""
    user = trained(UserFactory(**fields))
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt(TOTP_SECRET)}
    )
    if role is not None:
        CorporateGrantFactory(user=user, role=role)
    return user


def drafter_of(*accounts: SocialAccount, **fields: Any) -> User:
    return _with_role(AccountRole.DRAFTER, accounts, fields)


def site_owner_of(*accounts: SocialAccount, **fields: Any) -> User:
    return _with_role(AccountRole.SITE_OWNER, accounts, fields)


def approver_of(*accounts: SocialAccount, **fields: Any) -> User:
    return _with_role(AccountRole.APPROVER, accounts, fields)


def communications_officer(**fields: Any) -> User:
    return person(CorporateRole.COMMUNICATIONS_OFFICER, **fields)


def digital_officer(**fields: Any) -> User:
    return person(CorporateRole.DIGITAL_TEAM, **fields)


def _with_role(
    role: AccountRole, accounts: tuple[SocialAccount, ...], fields: dict[str, Any]
) -> User:
    user = person(**fields)
    for account in accounts:
        AccountGrantFactory(user=user, account=account, role=role)
    return user
