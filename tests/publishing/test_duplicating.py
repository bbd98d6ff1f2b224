"""Duplicating: the words and pictures of a post, for another day, by whoever copies it."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from publishing.actions.duplicating import duplicate
from publishing.errors import NotAllowed
from publishing.models import Campaign, DeliveryState, MediaFile, Post, PostState
from tests.factories import communications_officer, drafter_of, person
from tests.publishing.making import (
    approved,
    drafted,
    edited,
    fresh,
    in_hours,
    submitted,
    with_picture,
)

pytestmark = pytest.mark.django_db


def test_a_copy_is_a_draft_of_ones_own_without_a_time(author, approver, account, page):
    campaign = Campaign.objects.create(name="Spring", tag="spring")
    planned = {"campaign_id": campaign.pk, "note": "For Tom", "link": "https://a.example/"}
    original = approved(author, approver, account, page, at=in_hours(5), **planned)
    officer = communications_officer(name="Anna Lee")
    copy = fresh(duplicate(post_id=original.pk, by=officer, key=uuid.uuid4()))
    assert (copy.author, copy.state, copy.version) == (officer, PostState.DRAFT, None)
    kept, before = copy.draft.content, original.draft.content
    for name in ("text", "title", "link", "campaign_id"):
        assert kept[name] == before[name]
    assert sorted(kept["account_ids"]) == sorted(before["account_ids"])
    assert (kept["publish_on"], kept["publish_time"], kept["note"]) == ("", "", "")
    assert fresh(original).state == PostState.SCHEDULED
    entry = Entry.objects.get(event="post.duplicated")
    assert entry.actor_name == "Anna Lee"
    assert "Library hours" in str(entry.details)


def test_its_pictures_go_along_and_can_be_sent(author, account):
    original = drafted(author, account)
    picture = with_picture(original, author)
    copy = duplicate(post_id=original.pk, by=author, key=uuid.uuid4())
    ((taken, alt_text),) = fresh(copy).draft.content["media"]
    assert (taken != picture.pk, alt_text) == (True, "A library at night")
    file = MediaFile.objects.usable_in(copy).get()
    assert (file.digest, file.file.name) == (picture.digest, picture.file.name)
    assert edited(copy, author, text="Other words").draft.content["media"] == [[taken, alt_text]]


def test_it_is_for_those_accounts_only_that_one_may_write_for(author, account, page):
    original = drafted(author, account, page, own_texts=((page.pk, "For the page"),))
    submitted(author, account, page)
    colleague = drafter_of(account)
    with pytest.raises(Post.DoesNotExist):
        duplicate(post_id=original.pk, by=colleague, key=uuid.uuid4())
    Post.objects.filter(pk=original.pk).update(author=colleague)
    copy = duplicate(post_id=original.pk, by=colleague, key=uuid.uuid4())
    kept = fresh(copy).draft.content
    assert (kept["account_ids"], kept["own_texts"]) == ([account.pk], [])


def test_a_second_click_makes_no_second_copy(as_author, author, account):
    original = drafted(author, account)
    with_picture(original, author)
    assert "Duplicate" in as_author.get(reverse("post", args=[original.pk])).text
    address, key = reverse("post_duplicate", args=[original.pk]), {"key": str(uuid.uuid4())}
    first, second = (as_author.post(address, key) for _ in range(2))
    assert first.url == second.url
    assert Post.objects.count() == 2
    assert Entry.objects.filter(event="post.duplicated").count() == 1


def test_who_may_write_nowhere_copies_nothing(author, account):
    original = drafted(author, account)
    reader = person()
    Post.objects.filter(pk=original.pk).update(author=reader)
    with pytest.raises(NotAllowed):
        duplicate(post_id=original.pk, by=reader, key=uuid.uuid4())


def test_what_is_partly_out_is_copied_for_the_accounts_that_got_nothing(
    as_author, author, approver, account, page
):
    original = approved(author, approver, account, page, at=in_hours(5))
    original.deliveries.filter(account=page).update(state=DeliveryState.MISSED)
    original.deliveries.filter(account=account).update(
        state=DeliveryState.PUBLISHED, published_at=timezone.now(), remote_id="r1"
    )
    address = reverse("post", args=[original.pk])
    assert "Some accounts got nothing" not in as_author.get(address).text

    Post.objects.filter(pk=original.pk).update(state=PostState.PART_PUBLISHED)
    shown = as_author.get(address)
    assert "Some accounts got nothing" in shown.text
    assert [each.account for each in shown.context["left_out"]] == [page]
    sent = {"key": str(shown.context["copy_key"]), "for": "left_out"}
    as_author.post(reverse("post_duplicate", args=[original.pk]), sent)

    copy = fresh(Post.objects.get(key=sent["key"]))
    assert copy.draft.content["account_ids"] == [page.pk]
