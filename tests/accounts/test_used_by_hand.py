"""Accounts that are on the register and that nothing is published to: by hand, and a partner's."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.actions.credentials import store
from accounts.actions.register import register_account
from accounts.models import AccountState, SocialAccount, User
from accounts.obstacles import obstacles
from platforms.known import is_publishable, known_platforms
from publishing.forms.compose import ComposeForm
from tests.factories import AccountFactory, ServiceAreaFactory, UserFactory, drafter_of
from tests.publishing.making import content

pytestmark = pytest.mark.django_db

BY_HAND = [key for key in known_platforms() if not is_publishable(key)]


@pytest.mark.parametrize("platform", list(known_platforms()))
def test_every_platform_can_be_registered(platform: str, admin: User) -> None:
    known = known_platforms()[platform]

    account = register_account(
        by=admin,
        platform=platform,
        handle=known.such_as,
        name="",
        service_area=ServiceAreaFactory(),
        owner=UserFactory(),
    )

    assert account.platform_name == known.name
    assert account.url == known.profile_url(known.such_as)


@pytest.mark.parametrize("platform", BY_HAND)
def test_nothing_is_published_where_nothing_connects(platform: str) -> None:
    account = AccountFactory(platform=platform)
    writer = drafter_of(account, AccountFactory(platform="x"))

    assert "is used by hand" in obstacles(account)[0].what
    with pytest.raises(ValidationError, match="Nothing connects to"):
        store(by=None, account=account, credential={"access_token": "t"})
    form = ComposeForm(writer=writer, content=content())
    assert [each.platform for each in form.choosable.values()] == ["x"]


def test_a_partner_s_account_is_never_offered_nor_free_of_obstacles() -> None:
    partners = AccountFactory(state=AccountState.PARTNER)
    writer = drafter_of(partners)

    assert "it is watched only" in obstacles(partners)[0].what
    assert ComposeForm(writer=writer, content=content()).choosable == {}
    assert SocialAccount.objects.live().publishable().count() == 0


def test_a_handle_is_entered_alone(admin: User) -> None:
    with pytest.raises(ValidationError, match="Enter the handle alone, as on Mastodon"):
        register_account(
            by=admin,
            platform="mastodon",
            handle="libraries",
            name="Libraries",
            service_area=ServiceAreaFactory(),
            owner=UserFactory(),
        )
