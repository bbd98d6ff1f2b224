"""What publishing says about an account: what is still to go out there."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories import UserFactory, communications_officer
from tests.publishing.delivery.factories import approved_post, connected_account
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db


def test_the_next_posts_stand_on_the_account_s_page_for_those_who_may_see_them() -> None:
    account = connected_account()
    post = approved_post(account)
    address = reverse("account", args=[account.pk])

    officer = as_person(communications_officer()).get(address)
    stranger = as_person(UserFactory()).get(address)

    assert reverse("post", args=[post.pk]) in officer.content.decode()
    assert "Nothing waits to go out on this account." in text_of(stranger)
