"""The digest covers everything that a reader would see, and nothing can be exchanged unnoticed."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from publishing.digest import digest_of, digest_of_document, document_of
from publishing.models import Campaign, Captions, Version
from tests.factories import StrategicAimFactory
from tests.publishing.delivery.factories import seal
from tests.publishing.making import drafted, fresh, in_hours, newest, with_picture
from tests.publishing.test_approval import resubmitted

Document = dict[str, Any]
OF_THE_EXAMPLE = "6406583a4f5b8deba5c8a0fb80db0f3a2c8152facf81c1010228789142dabf03"

words = st.text(max_size=40)
text = st.fixed_dictionaries(
    {
        "account": st.integers(1, 99),
        "platform": st.sampled_from(["x", "facebook", "youtube"]),
        "handle": words,
        "remote_id": words,
        "server_url": words,
        "is_own": st.booleans(),
        "text": words,
    }
)
media = st.fixed_dictionaries(
    {
        "digest": words,
        "kind": words,
        "content_type": words,
        "alt_text": words,
        "captions": st.none() | st.fixed_dictionaries({"digest": words, "language": words}),
    }
)
documents = st.fixed_dictionaries(
    {
        "format": st.just(3),
        "post": st.integers(1, 10**9),
        "number": st.integers(1, 500),
        "title": words,
        "text": words,
        "texts": st.lists(text, min_size=1, max_size=3),
        "link": words,
        "campaign": st.fixed_dictionaries(
            {"id": st.none() | st.integers(1, 99), "name": words, "tag": words}
        ),
        "aim": st.fixed_dictionaries({"id": st.none() | st.integers(1, 99), "name": words}),
        "note": words,
        "tags_link": st.booleans(),
        "publish_at": st.none() | words,
        "media": st.lists(media, max_size=3),
    }
)

# A document is large, and a machine that does much else makes it slowly.
patient = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


def _another(value: Any, data: st.DataObject) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + data.draw(st.integers(1, 9))
    return (value or "") + data.draw(st.text(min_size=1, max_size=3))


@patient
@given(documents, st.data())
def test_any_change_of_any_field_changes_the_digest(document: Document, data: st.DataObject):
    changed = copy.deepcopy(document)
    part = data.draw(st.sampled_from(["top", "texts", "media", "campaign", "aim"]))
    several = part in ("texts", "media")
    target: Any = changed if part == "top" else changed[part]
    target = data.draw(_one_of(target)) if several else target
    names = [name for name, value in target.items() if not isinstance(value, list | dict)]
    name = data.draw(st.sampled_from(names))
    target[name] = _another(target[name], data)
    assert digest_of_document(changed) != digest_of_document(document)


def _one_of(several: list[Any]) -> st.SearchStrategy[Any]:
    assume(several)
    return st.sampled_from(several)


@patient
@given(documents)
def test_the_order_of_pictures_matters(document: Document):
    assume(len(document["media"]) > 1 and document["media"] != document["media"][::-1])
    turned = {**document, "media": document["media"][::-1]}
    assert digest_of_document(turned) != digest_of_document(document)


@given(st.text(), st.text(), st.text(min_size=1))
def test_words_cannot_be_pushed_from_one_field_into_the_next(title: str, link: str, moved: str):
    one = {"title": title + moved, "link": link}
    other = {"title": title, "link": moved + link}
    assume(one != other)
    assert digest_of_document(one) != digest_of_document(other)


@pytest.fixture
def version(author, account, page) -> Version:
    campaign = Campaign.objects.create(name="Books", tag="books")
    post = drafted(
        author,
        account,
        page,
        at=in_hours(5),
        link="https://a.example/",
        campaign_id=campaign.pk,
        aim_id=StrategicAimFactory(name="Everybody reads").pk,
        note="The mayor has seen it.",
    )
    with_picture(post, author)
    version = newest(resubmitted(fresh(post), author))
    spoken = Captions.objects.create(text="WEBVTT", digest="0", uploaded_by=author)
    version.media.update(captions=spoken)
    seal(version)
    return version


@pytest.fixture
def old_version(version) -> Version:
    """One from before there were campaigns to choose."""
    version.media.update(captions=None)
    for name in ("campaign", "aim"):
        setattr(version, name, None)
    version.aim_name = version.note = ""
    version.format = 1
    seal(version)
    return version


CHANGES = {
    "title": "UPDATE publishing_version SET title = 'Other'",
    "shared text": "UPDATE publishing_version SET text = 'Other'",
    "link": "UPDATE publishing_version SET link = 'https://b.example/'",
    "campaign": "UPDATE publishing_version SET campaign_name = 'Other'",
    "no campaign": "UPDATE publishing_version SET campaign_id = NULL",
    "the campaign's tag": "UPDATE publishing_campaign SET tag = 'other'",
    "aim": "UPDATE publishing_version SET aim_name = 'Other'",
    "no aim": "UPDATE publishing_version SET aim_id = NULL",
    "note": "UPDATE publishing_version SET note = 'Other'",
    "tags on the link": "UPDATE publishing_version SET tags_link = NOT tags_link",
    "format": "UPDATE publishing_version SET format = 1",
    "captions": "UPDATE publishing_captions SET text = 'Other'",
    "language of the captions": "UPDATE publishing_captions SET language = 'cy'",
    "no captions": "UPDATE publishing_versionmedia SET captions_id = NULL",
    "time": "UPDATE publishing_version SET publish_at = '2031-01-01 00:00:00+00:00'",
    "no time": "UPDATE publishing_version SET publish_at = NULL",
    "number": "UPDATE publishing_version SET number = 9",
    "text": "UPDATE publishing_versiontext SET text = 'Other'",
    "own": "UPDATE publishing_versiontext SET is_own = NOT is_own",
    "fewer accounts": "DELETE FROM publishing_versiontext WHERE id = "
    "(SELECT min(id) FROM publishing_versiontext)",
    "handle": "UPDATE accounts_socialaccount SET handle = 'other' WHERE platform = 'x'",
    "platform": "UPDATE accounts_socialaccount SET platform = 'youtube' WHERE platform = 'x'",
    "id on the platform": "UPDATE accounts_socialaccount SET remote_id = '666' "
    "WHERE platform = 'x'",
    "server": "UPDATE accounts_socialaccount SET server_url = 'https://evil.example' "
    "WHERE platform = 'x'",
    "alt text": "UPDATE publishing_versionmedia SET alt_text = 'Other'",
    "no picture": "DELETE FROM publishing_versionmedia",
    "picture": "UPDATE publishing_mediafile SET digest = 'other'",
    "type of picture": "UPDATE publishing_mediafile SET content_type = 'image/gif'",
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", CHANGES)
def test_the_digest_tells_of_every_change_in_the_rows(what: str, version: Version):
    assert digest_of(version) == version.digest
    with connection.cursor() as cursor:
        cursor.execute(CHANGES[what])
    assert digest_of(Version.objects.get(pk=version.pk)) != version.digest


ADDED_TO_AN_OLD_ONE = {
    "campaign": "UPDATE publishing_version SET campaign_id = (SELECT id FROM publishing_campaign)",
    "aim": "UPDATE publishing_version SET aim_id = (SELECT id FROM accounts_strategicaim)",
    "the name of an aim": "UPDATE publishing_version SET aim_name = 'Other'",
    "note": "UPDATE publishing_version SET note = 'Other'",
    "tags on the link": "UPDATE publishing_version SET tags_link = NOT tags_link",
    "format": "UPDATE publishing_version SET format = 2",
    "captions": "UPDATE publishing_versionmedia SET captions_id = "
    "(SELECT id FROM publishing_captions)",
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", ADDED_TO_AN_OLD_ONE)
def test_nothing_is_slipped_into_a_version_of_before(what: str, old_version: Version):
    assert digest_of(Version.objects.get(pk=old_version.pk)) == old_version.digest
    with connection.cursor() as cursor:
        cursor.execute(ADDED_TO_AN_OLD_ONE[what])
    assert digest_of(Version.objects.get(pk=old_version.pk)) != old_version.digest


@pytest.mark.django_db
def test_a_version_of_before_keeps_the_document_of_its_time(old_version: Version):
    document = document_of(old_version)
    assert (document["format"], document["campaign"]) == (1, "Books")
    assert set(document) == {
        "format", "post", "number", "title", "text", "texts", "link", "campaign", "publish_at",
        "media",
    }  # fmt: skip
    assert set(document["media"][0]) == {"digest", "kind", "content_type", "alt_text"}
    example = {
        "format": 1, "post": 1, "number": 1, "title": "Hours", "text": "Open", "texts": [],
        "link": "", "campaign": "", "publish_at": None, "media": [],
    }  # fmt: skip
    # As the release before this one made it.
    assert digest_of_document(example) == OF_THE_EXAMPLE


@pytest.mark.django_db
def test_the_digest_is_the_same_however_the_rows_are_fetched(version: Version):
    fetched = Version.objects.prefetch_related("texts__account", "media__file").get(pk=version.pk)
    assert digest_of(fetched) == version.digest
    assert document_of(fetched) == document_of(version)


@pytest.mark.django_db
@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), min_size=1))
def test_any_text_survives_the_database(version: Version, words: str):
    text = version.texts.first()
    assert text is not None
    text.text = words
    text.save()
    before = digest_of(version)
    assert digest_of(Version.objects.get(pk=version.pk)) == before
