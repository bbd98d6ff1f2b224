"""The pages of a takedown: asking, what became of it, and removing by hand with proof."""

from __future__ import annotations

from typing import Any, cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse
from django.test import Client
from django.urls import reverse

from accounts.models import SocialAccount, User
from audit.models import Entry
from council_social.my_tasks.tasks import tasks_for
from platforms.errors import Rejected
from publishing.models import DeliveryState, Post, PostState, Removal, RemovalState, Takedown
from tests.factories import AccountFactory, communications_officer, drafter_of
from tests.publishing.making import picture
from tests.publishing.takedown.conftest import Work, taken_down
from tests.publishing.takedown.scripted import Scripted, live_post, now_is, removal_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
S = RemovalState


@pytest.fixture
def as_officer(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def to_remove(account: SocialAccount) -> Removal:
    """One that a person has to remove, because the platform said no."""
    removal = removal_in(S.BY_HAND, account)
    Removal.objects.update(detail="X refused this.", snapshot={"source": "sent", "text": "Hello."})
    removal.refresh_from_db()
    return removal


def page_of(post: Post) -> str:
    return reverse("post_take_down", args=[post.pk])


def by_hand(removal: Removal, name: str = "removal_by_hand") -> str:
    return reverse(name, args=[removal.takedown.post_id, removal.pk])


def ask(client: Client, post: Post, **fields: Any) -> Any:
    return client.post(page_of(post), {"kind": "mistake", "reason": "Wrong day.", **fields})


def test_the_posts_page_leads_to_it_only_where_it_is_live_and_one_may(
    as_officer: Client, live: Post, account: SocialAccount
) -> None:
    show = reverse("post", args=[live.pk])
    assert page_of(live) in as_officer.get(show).content.decode()
    as_officer.force_login(live.author)
    assert page_of(live) not in as_officer.get(show).content.decode()


def test_it_shows_what_is_live_where_and_takes_it_down(as_officer: Client, live: Post) -> None:
    shown = as_officer.get(page_of(live)).content.decode()
    assert live.deliveries.get().remote_url in shown
    assert ask(as_officer, live).status_code == 302
    after = as_officer.get(page_of(live)).content.decode()
    assert "It is being removed" in after
    assert "A mistake: Wrong day." in after
    assert 'hx-trigger="every 2s"' in after


@pytest.mark.parametrize("fields", [{"kind": ""}, {"kind": "spite"}, {"reason": " "}])
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    as_officer: Client, live: Post, fields: dict[str, str]
) -> None:
    answer = ask(as_officer, live, **fields)
    assert answer.status_code == 422
    assert fields.get("reason", "Wrong day.") in answer.content.decode()
    assert not Takedown.objects.exists()


@pytest.mark.parametrize("reason", ["a\x00b", "x" * 1001])
def test_forged_words_are_refused(as_officer: Client, live: Post, reason: str) -> None:
    assert ask(as_officer, live, reason=reason).status_code == 422


def test_a_second_click_changes_nothing(as_officer: Client, live: Post) -> None:
    assert [ask(as_officer, live).status_code for _ in range(2)] == [302, 302]
    assert Takedown.objects.count() == 1


def test_somebody_who_asks_a_moment_later_is_told_with_their_own_words(
    as_officer: Client, live: Post
) -> None:
    taken_down(live, communications_officer(name="Bea Novak"))
    answer = as_officer.post(
        page_of(live), {"kind": "mistake", "reason": "Wrong picture."}, follow=True
    )
    words = answer.content.decode()
    assert "has asked for this already" in words
    assert "Wrong picture." in words


def test_nothing_live_is_a_conflict_with_what_was_typed(as_officer: Client, live: Post) -> None:
    live.deliveries.update(state=DeliveryState.REJECTED)
    answer = ask(as_officer, live, reason="Wrong picture.")
    assert answer.status_code == 409
    assert "Wrong picture." in answer.content.decode()
    assert "Nothing of this post is live" in as_officer.get(page_of(live)).content.decode()


def test_a_stranger_finds_nothing_and_a_drafter_is_refused(
    client: Client, live: Post, account: SocialAccount
) -> None:
    client.force_login(drafter_of(AccountFactory()))
    assert client.get(page_of(live)).status_code == 404
    client.force_login(live.author)
    assert client.get(page_of(live)).status_code == 403
    assert ask(client, live).status_code == 403
    assert not Takedown.objects.exists()


def test_htmx_gets_only_what_changes(as_officer: Client, asked: Takedown) -> None:
    part = as_officer.get(page_of(asked.post), headers={"HX-Request": "true"})
    assert part.content.decode().strip().startswith("<div id=")
    assert part.headers["Cache-Control"] == "no-store"


def test_years_later_it_still_says_what_was_there_and_why(
    as_officer: Client, asked: Takedown, platform: Scripted, work_off: Work
) -> None:
    work_off()
    as_officer.force_login(asked.post.author)
    shown = as_officer.get(page_of(asked.post)).content.decode()
    for words in ("Taken down", "It names a child.", "The library is open on Sunday.", "A door"):
        assert words in shown
    assert "every 2s" not in shown


def test_it_stands_in_its_own_tab(
    as_officer: Client, asked: Takedown, platform: Scripted, work_off: Work
) -> None:
    work_off()
    shown = as_officer.get(reverse("posts") + "?tab=taken-down").content.decode()
    assert reverse("post", args=[asked.post.pk]) in shown
    assert "magenta" in shown


def test_the_task_leads_straight_to_what_is_to_be_removed(
    to_remove: Removal, officer: User
) -> None:
    [task] = [task for task in tasks_for(officer) if task.text == "Posts to remove by hand"]
    assert (task.count, task.href) == (1, by_hand(to_remove))
    author = to_remove.takedown.post.author
    assert "Posts to remove by hand" not in [task.text for task in tasks_for(author)]


def test_removing_by_hand_needs_proof(as_officer: Client, to_remove: Removal) -> None:
    shown = as_officer.get(by_hand(to_remove)).content.decode()
    assert to_remove.delivery.remote_url in shown
    assert "X refused this." in shown
    assert as_officer.post(by_hand(to_remove), {"note": " "}).status_code == 422
    to_remove.refresh_from_db()
    assert to_remove.state == S.BY_HAND


def test_words_are_proof_and_end_the_takedown(
    as_officer: Client, to_remove: Removal, officer: User
) -> None:
    answer = as_officer.post(by_hand(to_remove), {"note": "I deleted it; it answers 404."})
    assert answer.status_code == 302
    to_remove.refresh_from_db()
    assert (to_remove.state, to_remove.done_by) == (S.REMOVED_BY_HAND, officer)
    assert now_is(to_remove.takedown.post).state == PostState.TAKEN_DOWN
    entry = Entry.objects.get(event="delivery.removal_by_hand_done")
    assert "it answers 404" in str(entry.details)


def test_a_picture_is_proof_kept_clean_and_shown_only_to_who_may_see_the_post(
    as_officer: Client, to_remove: Removal, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    raw = picture(kind="PNG") + b"what hides behind it"
    answer = as_officer.post(by_hand(to_remove), {"picture": SimpleUploadedFile("gone.png", raw)})
    assert answer.status_code == 302
    to_remove.refresh_from_db()
    assert to_remove.proof_digest in str(to_remove.proof.name)
    served = as_officer.get(by_hand(to_remove, "removal_proof"))
    content = b"".join(cast("FileResponse", served))
    assert b"what hides" not in content
    assert served.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    as_officer.force_login(drafter_of(AccountFactory()))
    assert as_officer.get(by_hand(to_remove, "removal_proof")).status_code == 404


@pytest.mark.parametrize("raw", [b"not a picture", b"<svg onload=alert(1)>"])
def test_what_is_no_picture_is_refused_and_the_words_stay(
    as_officer: Client, to_remove: Removal, raw: bytes
) -> None:
    fields = {"note": "I deleted it.", "picture": SimpleUploadedFile("gone.png", raw)}
    answer = as_officer.post(by_hand(to_remove), fields)
    assert answer.status_code == 422
    assert "I deleted it." in answer.content.decode()
    to_remove.refresh_from_db()
    assert to_remove.state == S.BY_HAND


def test_trying_again_leads_back_to_the_engine(
    as_officer: Client, to_remove: Removal, platform: Scripted, work_off: Work
) -> None:
    assert as_officer.post(by_hand(to_remove, "removal_again")).status_code == 302
    to_remove.refresh_from_db()
    assert (to_remove.state, to_remove.tries) == (S.WAITING, 0)
    platform.removes = [Rejected("Still no.")]
    work_off()
    to_remove.refresh_from_db()
    assert (to_remove.state, to_remove.detail) == (S.BY_HAND, "Still no.")
    assert Entry.objects.filter(event="delivery.removal_tried_again").count() == 1


@pytest.mark.parametrize("name", ["removal_by_hand", "removal_again"])
def test_answering_what_was_removed_meanwhile_is_a_conflict(
    as_officer: Client, to_remove: Removal, name: str
) -> None:
    Removal.objects.update(state=S.REMOVED)
    answer = as_officer.post(by_hand(to_remove, name), {"note": "I deleted it."})
    assert answer.status_code == 409
    assert ("I deleted it." in answer.content.decode()) or name == "removal_again"


def test_a_removal_of_another_post_is_not_found(as_officer: Client, to_remove: Removal) -> None:
    other = live_post(AccountFactory(platform="x"))
    address = reverse("removal_by_hand", args=[other.pk, to_remove.pk])
    assert as_officer.get(address).status_code == 404


def test_the_page_asks_the_same_of_the_database_however_many_accounts(
    as_officer: Client, officer: User, django_assert_max_num_queries: Any
) -> None:
    accounts = [AccountFactory(platform="x") for _ in range(4)]
    one, four = live_post(accounts[0]), live_post(*accounts)
    taken_down(one, officer)
    taken_down(four, officer)
    as_officer.get(page_of(one))
    with django_assert_max_num_queries(100) as first:
        as_officer.get(page_of(one))
    with django_assert_max_num_queries(len(first)):
        as_officer.get(page_of(four))
