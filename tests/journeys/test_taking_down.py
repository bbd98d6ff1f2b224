"""Taking a live post down in three clicks, with and without a script, and what stays to be seen."""

from __future__ import annotations

import pytest
from django.urls import reverse

from platforms.errors import Rejected
from publishing.delivery import errands
from publishing.models import PostState, Removal, RemovalState
from publishing.takedown import removing
from tests.factories import communications_officer
from tests.journeys.conftest import NewVisitor
from tests.publishing.delivery.factories import connected_account
from tests.publishing.takedown.scripted import Scripted, live_post, now_is

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Scripted:
    scripted = Scripted()
    monkeypatch.setattr(removing, "connect", lambda account: scripted)
    monkeypatch.setattr(errands, "enqueue", lambda task, ids: None)
    return scripted


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_post_is_taken_down_in_three_clicks(
    script: bool, visitor: NewVisitor, platform: Scripted
) -> None:
    post = live_post(connected_account(name="Wealdmoor Libraries", handle="wmlibraries"))
    ana = visitor(script=script).is_signed_in_as(communications_officer(name="Ana Lewis"))
    ana.open(reverse("posts") + "?tab=published")
    ana.press(str(post))
    ana.press("Take down")
    ana.page.get_by_label("Personal data").check()
    ana.page.get_by_label("What happened?").fill("It names a child.")
    ana.press("Take it down")
    assert ana.clicks == 3
    assert "It is being removed" in ana.words

    removing.remove_delivery(Removal.objects.get().pk)
    assert now_is(post).state == PostState.TAKEN_DOWN
    if script:
        ana.page.get_by_text("Nothing of it is live any more").wait_for()
    else:
        ana.press("See how far it is now")
    assert "Personal data: It names a child." in ana.words


def test_what_the_service_could_not_remove_is_removed_by_hand_from_the_home_page(
    visitor: NewVisitor, platform: Scripted
) -> None:
    platform.removes = [Rejected("X refused this.")]
    post = live_post(connected_account(name="Wealdmoor Libraries", handle="wmlibraries"))
    ana = visitor(script=False).is_signed_in_as(communications_officer(name="Ana Lewis"))
    ana.open(reverse("post_take_down", args=[post.pk]))
    ana.page.get_by_label("A mistake").check()
    ana.page.get_by_label("What happened?").fill("Wrong day.")
    ana.press("Take it down")
    removing.remove_delivery(Removal.objects.get().pk)

    ana.open("/")
    ana.press("Posts to remove by hand")
    assert "X refused this." in ana.words
    ana.page.get_by_label("What did you see once it was removed?").fill("I deleted it.")
    ana.press("It is removed")
    assert Removal.objects.get().state == RemovalState.REMOVED_BY_HAND
    assert "I deleted it." in ana.words
