"""What publishing says about an account: it closes only when nothing is to go out any more."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.actions.states import move_state
from accounts.models import AccountState
from publishing.models import Delivery, DeliveryState
from tests.factories import UserFactory, communications_officer
from tests.publishing.delivery.factories import approved_post, connected_account
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db


def test_an_account_with_a_post_to_go_out_does_not_close() -> None:
    account = connected_account()
    approved_post(account)

    with pytest.raises(ValidationError, match="1 post is still to go out"):
        move_state(by=None, account=account, to=AccountState.CLOSING)

    Delivery.objects.update(state=DeliveryState.CANCELLED)
    assert move_state(by=None, account=account, to=AccountState.CLOSING).state == "closing"


def test_the_next_posts_stand_on_the_account_s_page_for_those_who_may_see_them() -> None:
    account = connected_account()
    post = approved_post(account)
    address = reverse("account", args=[account.pk])

    officer = as_person(communications_officer()).get(address)
    stranger = as_person(UserFactory()).get(address)

    assert reverse("post", args=[post.pk]) in officer.content.decode()
    assert "Nothing waits to go out on this account." in text_of(stranger)
