"""At a shared terminal every address is refused that is not on the list, whatever roles one has."""

from __future__ import annotations

from http.cookies import SimpleCookie

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts.actions.personal_codes import issue_code
from accounts.models import AccountGrant, CorporateGrant, User
from accounts.permissions import AccountRole, CorporateRole
from council_social.at_terminal import AROUND_IT, OPEN, POLICIES
from tests.gates.requests.ask import ask
from tests.gates.small_council import Council, taken_back
from tests.gates.test_urls_by_role import names, some_and_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(council: Council) -> SimpleCookie:
    """A collector whom somebody gave every role there is."""
    collector = User.objects.create_user("", name="Reg Cole", staff_number="W104")
    for role in set(CorporateRole) - {CorporateRole.MEMBER_OF_STAFF}:
        CorporateGrant.objects.create(user=collector, role=role, granted_at=timezone.now())
    for account_role in (AccountRole.DRAFTER, AccountRole.APPROVER):
        AccountGrant.objects.create(
            user=collector, account=council.account, role=account_role, granted_at=timezone.now()
        )
    User.objects.filter(pk=council.people["staff"].pk).update(manager=collector)
    cache.clear()
    client = Client()
    code = issue_code(by=None, person=collector)
    client.post(reverse("terminal"), {"staff_number": "W104", "code": code})
    return client.cookies


def browser(cookies: SimpleCookie) -> Client:
    client = Client(raise_request_exception=False)
    client.cookies = SimpleCookie(cookies.output(header=""))
    return client


@some_and_all
@pytest.mark.usefixtures("plain_refusals")
def test_every_address_that_is_not_on_the_list_is_refused(
    lines: list[str], council: Council, visitor: SimpleCookie
) -> None:
    wrong = {}
    for line in lines:
        with taken_back():
            asked = ask(council, line)
            answer = asked.by(browser(visitor))
            if answer.streaming:
                b"".join(answer)
        if asked.name not in OPEN and answer.status_code != 403:
            wrong[line] = answer.status_code
        if asked.name in OPEN and answer.status_code not in (200, 302, 404, 405, 422):
            wrong[line] = answer.status_code
    assert wrong == {}


@pytest.mark.usefixtures("plain_refusals")
def test_what_it_is_there_for_can_be_opened(council: Council, visitor: SimpleCookie) -> None:
    client = browser(visitor)
    for name in ("training", "policies", "help", "accessibility", "privacy"):
        assert client.get(reverse(name)).status_code == 200, name
    policy = ask(council, "GET policy").by(client)
    assert policy.status_code == 200
    assert ask(council, "POST policy").by(client).status_code == 302


def test_the_list_names_nothing_that_was_renamed() -> None:
    """What is not there is refused anyway, but then people cannot do their training."""
    there = set(names(get_resolver()))
    assert {"training", "course", "lesson", "quiz", "quiz_question", "certificate"} <= OPEN
    assert there >= POLICIES | AROUND_IT
