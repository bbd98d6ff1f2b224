"""The navigation shows a person the sections of their roles, and where they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.permissions import CorporateRole
from accounts.rights import Rights
from council_social.navigation import SECTIONS, Item, items_for
from tests.factories import CorporateGrantFactory, UserFactory

pytestmark = pytest.mark.django_db


def person(role: CorporateRole | None = None) -> User:
    user = UserFactory.create()
    if role:
        CorporateGrantFactory.create(user=user, role=role)
    return user


def seen_by(user: User | AnonymousUser, path: str = "/") -> list[Item]:
    request: HttpRequest = RequestFactory().get(path)
    request.user = user
    return items_for(request)


def labels(user: User) -> list[str]:
    return [item.label for item in seen_by(user)]


def test_nobody_signed_in_sees_no_sections() -> None:
    assert seen_by(AnonymousUser()) == []


def test_the_digital_team_sees_everything_in_the_documented_order() -> None:
    assert labels(person(CorporateRole.DIGITAL_TEAM)) == [section.label for section in SECTIONS]


def test_an_auditor_sees_reports_and_no_administration() -> None:
    seen = labels(person(CorporateRole.AUDITOR))

    assert "Reports" in seen
    assert "Admin" not in seen


def test_a_member_of_staff_sees_only_what_is_everybodys() -> None:
    assert labels(person()) == ["Home", "Accounts", "Training"]


def test_a_leaver_sees_nothing_that_needs_a_role() -> None:
    leaver = person(CorporateRole.DIGITAL_TEAM)
    leaver.employed_until = timezone.localdate() - timedelta(days=1)

    assert "Posts" not in labels(leaver)


def test_the_page_one_is_on_is_marked_and_so_is_its_section_below() -> None:
    user = person(CorporateRole.DIGITAL_TEAM)

    (here,) = [item for item in seen_by(user, "/accounts/") if item.current]
    below = [item for item in seen_by(user, "/accounts/7/") if item.active]

    assert here.label == "Accounts"
    assert [item.label for item in below] == ["Accounts"]
    assert not below[0].current


def test_only_the_home_page_marks_home() -> None:
    active = [item.label for item in seen_by(person(), "/accounts/") if item.active]

    assert active == ["Accounts"]


@pytest.mark.parametrize("role", list(CorporateRole))
def test_the_navigation_costs_few_queries(
    role: CorporateRole, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    user = person(role)
    user.rights = Rights(user, timezone.now())

    with django_assert_max_num_queries(5):
        seen_by(user)


@pytest.mark.parametrize("role", list(CorporateRole))
def test_a_page_that_answers_a_form_reads_the_facts_once_too(
    role: CorporateRole, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Such a request keeps no rights: every section would ask anew, and so does the count."""
    user = person(role)

    with django_assert_max_num_queries(6):
        seen_by(user)
