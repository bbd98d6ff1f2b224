"""What was uploaded before there was a media library is in it all the same."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from publishing.models import MediaItem, People
from tests.publishing.library.recording import item_of
from tests.publishing.making import drafted, picture, with_picture

pytestmark = pytest.mark.django_db
make_items = import_module("publishing.migrations.0014_every_file_has_its_item").make_items


def test_each_file_without_an_item_gets_one_and_the_others_keep_theirs(author, account):
    post, other = drafted(author, account), drafted(author, account, text="Another day.")
    known = with_picture(post, author)
    old = with_picture(post, author, raw=picture((50, 20)))
    with_picture(other, author, raw=picture((50, 20)))
    item_of(old).delete()
    kept = item_of(known)

    make_items(apps, None)
    make_items(apps, None)

    assert item_of(known) == kept
    made = MediaItem.objects.get(digest=old.digest)
    assert (made.file, made.title, made.added_by) == (old, old.original_name, author)
    assert (made.people, made.is_shared, made.added_at) == (People.NOT_SAID, False, old.uploaded_at)
    assert MediaItem.objects.count() == 2
