"""A link's tags: the same wherever it is shown, counted or sent, and nothing typed is lost."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from platforms.registry import PLATFORMS
from publishing.composition import composition_of
from publishing.delivery.outgoing import load_content, outgoing_of
from publishing.models import Campaign, Delivery
from publishing.previews import previews_of
from publishing.wording import Tags, as_sent, link_on
from tests.publishing.making import approved, newest

X = PLATFORMS["x"]
SPRING = Tags("spring")
ALL = "utm_source=x&utm_medium=social&utm_campaign=spring"


@pytest.mark.parametrize(
    ("typed", "leaves"),
    [
        ("https://a.example", f"https://a.example?{ALL}"),
        ("https://a.example/b/?", f"https://a.example/b/?{ALL}"),
        ("https://a.example/?q=a+b%20c&q=&flag", f"https://a.example/?q=a+b%20c&q=&flag&{ALL}"),
        ("https://a.example/b#top", f"https://a.example/b?{ALL}#top"),
        (
            "https://a.example/?UTM_Campaign=mine&utm_medium=",
            "https://a.example/?UTM_Campaign=mine&utm_medium=&utm_source=x",
        ),
        (f"https://a.example/?{ALL}", f"https://a.example/?{ALL}"),
        ("", ""),
        ("https://[broken", "https://[broken"),
    ],
)
def test_a_link_gets_the_tags_that_it_lacks(typed: str, leaves: str):
    assert link_on(X, typed, SPRING) == leaves
    assert link_on(X, leaves, SPRING) == leaves


def test_without_a_campaign_it_says_only_where_it_was_read():
    tagged = "https://a.example/?utm_source=x&utm_medium=social"
    assert link_on(X, "https://a.example/", Tags()) == tagged
    assert link_on(X, "https://a.example/", None) == "https://a.example/"


def test_a_link_that_stands_in_the_text_stays_as_it_was_typed():
    assert as_sent(X, "See https://a.example/", "https://a.example/", SPRING) == (
        "See https://a.example/"
    )
    assert as_sent(X, "", "https://a.example", SPRING) == f"https://a.example?{ALL}"


@pytest.mark.django_db
def test_what_is_previewed_and_counted_is_what_leaves(author, approver, account, page):
    campaign = Campaign.objects.create(name="Spring", tag="spring")
    planned = {"link": "https://a.example/", "campaign_id": campaign.pk, "tags_link": True}
    post = approved(author, approver, account, page, text="Open", **planned)
    composition = composition_of(newest(post))
    shown = {preview.platform: preview for preview in previews_of(composition)}
    for delivery in Delivery.objects.filter(post=post).select_related("account", "version"):
        load_content(delivery.version)
        outgoing = outgoing_of(delivery, uuid.uuid4(), timezone.now())
        platform = delivery.account.platform
        assert f"utm_source={platform}&utm_medium=social&utm_campaign=spring" in outgoing.link
        assert shown[platform].text + shown[platform].more == outgoing.text
        assert shown[platform].link == outgoing.link
        (part,) = [part for part in composition.parts if part.account == delivery.account]
        assert part.length == PLATFORMS[platform].limits.count(outgoing.text)
