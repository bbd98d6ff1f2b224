"""The demonstration starts again, whatever its visitors did to the post that it showed."""

from __future__ import annotations

import pytest

from council_social.demonstration import one_post
from council_social.demonstration.steps import Steps
from platforms.sandbox.remote import Control
from publishing.models import Post, PostState
from tests.factories import AccountFactory, drafter_of
from tests.publishing.making import submitted

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "shown"),
    [(PostState.TAKEN_DOWN, True), (PostState.SCHEDULED, False)],
)
def test_a_post_that_was_taken_down_is_not_waited_for(
    state: PostState, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = AccountFactory()
    author = drafter_of(account)
    monkeypatch.setattr(one_post, "ACCOUNTS", ())
    Post.objects.filter(pk=submitted(author, account).pk).update(key=one_post.KEY, state=state)
    one = one_post.OnePost(Steps(lambda line: None), Control("http://127.0.0.1:1"))
    assert (one.was_shown() is not None) == shown
    assert one.addresses() == []
