"""No sequence of actions gives anybody a right whose evidence is missing.

Whatever was done before, `may` says what an oracle says that knows nothing but the rows: it reads
every table itself and shares no line with the product.
"""

from __future__ import annotations

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.extra.django import TestCase

from accounts.access import may
from accounts.models import AccountGrant, CorporateGrant, SocialAccount, User
from accounts.permissions import ACCOUNT_BUNDLES, CORPORATE_BUNDLES, AccountRole, Permission
from tests.accounts.histories import STEPS, History, Steps, told
from training.models import Acknowledgement, Completion, Course, PolicyVersion

ASKED = (
    Permission.WRITE_POST,
    Permission.APPROVE_POST,
    Permission.SCHEDULE_POST,
    Permission.SEE_MENTIONS,
    Permission.REVIEW_ACCESS,
    Permission.SEE_REGISTER,
    Permission.MANAGE_PEOPLE,
)
LEARNING = (Permission.WRITE_POST, Permission.APPROVE_POST, Permission.SCHEDULE_POST)
SECOND_FACTOR = (Permission.APPROVE_POST, Permission.MANAGE_PEOPLE)


QUICKLY = settings(
    deadline=None,
    # An example takes a good part of a second: making it smaller would take minutes.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)


class AnySequence(TestCase):
    @settings(QUICKLY, max_examples=3)
    @given(STEPS)
    def test_every_right_has_its_evidence(self, steps: Steps) -> None:
        with told(steps, after_each=compare):
            pass

    @pytest.mark.slow
    @settings(QUICKLY, max_examples=150)
    @given(STEPS)
    def test_the_same_many_times(self, steps: Steps) -> None:
        with told(steps, after_each=compare):
            pass


def compare(history: History) -> None:
    account = SocialAccount.objects.get(pk=history.account.pk)
    for person in User.objects.filter(pk__in=[each.pk for each in history.people]):
        held = {each for each in ASKED if may(person, each, on=account)}
        assert held == proven(person, account), person


def proven(person: User, account: SocialAccount) -> set[Permission]:
    """What the rows prove that `person` may do on `account` now."""
    today = timezone.localdate()
    if person.employed_until is not None and person.employed_until < today:
        return set()
    rights = roles(person, account, today) & set(ASKED)
    if not has_learnt(person, today):
        rights -= set(LEARNING)
    if not Authenticator.objects.filter(user=person, type="totp").exists():
        rights -= set(SECOND_FACTOR)
    return rights


def roles(person: User, account: SocialAccount, today: date) -> set[Permission]:
    rights = set(CORPORATE_BUNDLES["member_of_staff"])  # type: ignore[index]
    for grant in CorporateGrant.objects.filter(user=person):
        if not is_over(grant, today):
            rights |= CORPORATE_BUNDLES[grant.role]  # type: ignore[index]
    for given_here in AccountGrant.objects.filter(user=person, account=account):
        if not is_over(given_here, today):
            rights |= ACCOUNT_BUNDLES[AccountRole(given_here.role)]
    if person.pk in (account.owner_id, account.deputy_id):
        rights |= ACCOUNT_BUNDLES[AccountRole.SITE_OWNER]
    return rights


def is_over(grant: CorporateGrant | AccountGrant, today: date) -> bool:
    return grant.ended_at is not None or (grant.ends_on is not None and grant.ends_on < today)


def has_learnt(person: User, today: date) -> bool:
    for course in Course.objects.filter(needed_to_write=True):
        done = Completion.objects.filter(course=course, user=person)
        if not any(each.completed_on <= today <= each.expires_on for each in done):
            return False
    numbers: dict[int, PolicyVersion] = {}
    for version in PolicyVersion.objects.filter(document__needed_to_write=True):
        newest = numbers.get(version.document_id)
        if version.in_force_from <= today and (not newest or newest.number < version.number):
            numbers[version.document_id] = version
    accepted = Acknowledgement.objects.filter(user=person)
    return all(
        any(each.version_id == version.pk and each.expires_on >= today for each in accepted)
        for version in numbers.values()
    )
