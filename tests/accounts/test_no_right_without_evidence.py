"""No sequence of actions gives anybody a right whose evidence is missing.

Whatever was done before, `may` says what an oracle says that knows nothing but the rows: it reads
every table itself and shares no line with the product.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.extra.django import TestCase

from accounts.access import may
from accounts.models import AccountGrant, Answerable, CorporateGrant, SocialAccount, User
from accounts.permissions import ACCOUNT_BUNDLES, CORPORATE_BUNDLES, AccountRole, Permission
from tests.accounts.histories import STEPS, History, Steps, told
from training.models import (
    Acknowledgement,
    Assignment,
    Completion,
    Course,
    CourseVersion,
    PolicyVersion,
)

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
    return all(
        has_completed(person, course, today)
        for course in Course.objects.all()
        if course.needed_to_write or is_late(person, course, today)
    ) and has_accepted(person, today)


def has_completed(person: User, course: Course, today: date) -> bool:
    least = 0
    for version in CourseVersion.objects.filter(course=course).order_by("number"):
        if version.published_at and version.asks_again_from and version.asks_again_from <= today:
            least = version.number
    return any(
        each.completed_on <= today <= each.counts_until
        and each.version_number >= least
        and each.withdrawn_at is None
        for each in Completion.objects.filter(course=course, user=person)
    )


def is_late(person: User, course: Course, today: date) -> bool:
    """Whether an assignment that holds posting asks for it, and its last day is over."""
    for rule in Assignment.objects.filter(course=course, ended_at=None, holds_posting=True):
        for since in under(person, rule, today):
            began = timezone.localdate(max(since, rule.made_at))
            if began + timedelta(days=rule.due_days or 0) < today:
                return True
    return False


def under(person: User, rule: Assignment, today: date) -> list[datetime]:
    """Since when each of their roles, or their place, puts them under the rule."""
    grants: list[AccountGrant | CorporateGrant] = []
    if rule.group == "everybody" or rule.person == person:
        return [person.joined_at]
    if rule.group == "service_area":
        area = person.service_area
        while area and area != rule.service_area:
            area = area.parent
        return [person.joined_at] if area else []
    if rule.group == "corporate_role":
        grants = list(CorporateGrant.objects.filter(user=person, role=rule.corporate_role))
    if rule.group == "account_role":
        grants = list(AccountGrant.objects.filter(user=person, role=rule.account_role))
    since = [each.granted_at for each in grants if not is_over(each, today)]
    if rule.account_role == AccountRole.SITE_OWNER:
        parts = Answerable.objects.filter(user=person, until=None)
        since += [each.since for each in parts]
    return since


def has_accepted(person: User, today: date) -> bool:
    needed: dict[int, int] = {}
    for version in PolicyVersion.objects.filter(document__needed_to_write=True).order_by("number"):
        if version.needed_from and version.needed_from <= today:
            needed[version.document_id] = version.number
    accepted = Acknowledgement.objects.filter(user=person).select_related("version")
    return all(
        any(
            each.version.document_id == document
            and each.version.number >= number
            and each.expires_on >= today
            for each in accepted
        )
        for document, number in needed.items()
    )
