"""The digest covers everything that a reader would see, and nothing can be exchanged unnoticed."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from publishing.digest import digest_of, digest_of_document, document_of
from publishing.models import Version
from tests.publishing.making import drafted, fresh, in_hours, newest, with_picture
from tests.publishing.test_approval import resubmitted

Document = dict[str, Any]

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
    {"digest": words, "kind": words, "content_type": words, "alt_text": words}
)
documents = st.fixed_dictionaries(
    {
        "format": st.just(1),
        "post": st.integers(1, 10**9),
        "number": st.integers(1, 500),
        "title": words,
        "text": words,
        "texts": st.lists(text, min_size=1, max_size=3),
        "link": words,
        "campaign": words,
        "publish_at": st.none() | words,
        "media": st.lists(media, max_size=3),
    }
)


def _another(value: Any, data: st.DataObject) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + data.draw(st.integers(1, 9))
    return (value or "") + data.draw(st.text(min_size=1, max_size=3))


@given(documents, st.data())
def test_any_change_of_any_field_changes_the_digest(document: Document, data: st.DataObject):
    changed = copy.deepcopy(document)
    part = data.draw(st.sampled_from(["top", "texts", "media"]))
    target = changed if part == "top" else data.draw(_one_of(changed[part]))
    names = [name for name, value in target.items() if not isinstance(value, list)]
    name = data.draw(st.sampled_from(names))
    target[name] = _another(target[name], data)
    assert digest_of_document(changed) != digest_of_document(document)


def _one_of(several: list[Any]) -> st.SearchStrategy[Any]:
    assume(several)
    return st.sampled_from(several)


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
    post = drafted(
        author, account, page, at=in_hours(5), link="https://a.example/", campaign="Books"
    )
    with_picture(post, author)
    return newest(resubmitted(fresh(post), author))


CHANGES = {
    "title": "UPDATE publishing_version SET title = 'Other'",
    "shared text": "UPDATE publishing_version SET text = 'Other'",
    "link": "UPDATE publishing_version SET link = 'https://b.example/'",
    "campaign": "UPDATE publishing_version SET campaign_name = 'Other'",
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
