"""Captions in a browser: chosen beside a video, read in the preview, added by hand at the end."""

from __future__ import annotations

import os

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from publishing.models import Captions, CaptionTrack, Delivery, DeliveryState, TrackState
from tests.factories import AccountFactory, approver_of, communications_officer, drafter_of
from tests.journeys.conftest import NewVisitor
from tests.journeys.looking import violations
from tests.journeys.visitor import Visitor
from tests.publishing.captioning.making import SRT, with_video
from tests.publishing.library.recording import item_of
from tests.publishing.making import decided, drafted, fresh, sent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def looked_at(visitor: Visitor, name: str) -> None:
    if folder := os.environ.get("LOOK"):
        for width in (1280, 320):
            visitor.page.set_viewport_size({"width": width, "height": 900})
            visitor.page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
    assert violations(visitor) == []
    visitor.page.set_viewport_size({"width": 1280, "height": 900})


def test_from_the_file_to_the_video(visitor: NewVisitor, settings: Settings) -> None:
    settings.TWO_FACTOR_REQUIRED = False
    channel = AccountFactory(platform="youtube", name="Wealdmoor TV", handle="wealdmoortv")
    author = drafter_of(channel, name="Priya Shah")
    post = drafted(author, channel)
    media = with_video(post, author)
    writer = visitor().is_signed_in_as(author)
    writer.open(reverse("post_edit", args=[post.pk]))
    assert "The video has no captions" in writer.page.inner_text("#previews")
    field = writer.page.locator(f"#id_captions_{media.pk}")
    bad = SRT.replace("00:00:01,900", "00:01:01,900").encode()
    field.set_input_files({"name": "film.srt", "mimeType": "text/plain", "buffer": bad})
    writer.page.get_by_role("button", name="Save draft").click()
    writer.page.get_by_text("There is a problem").wait_for()
    assert "“film.srt”, line 6: these words end at 1:01.9" in writer.page.inner_text("main")
    looked_at(writer, "refused")
    field.set_input_files({"name": "film.srt", "mimeType": "text/plain", "buffer": SRT.encode()})
    writer.page.get_by_label("Language of the captions of video 1").select_option("cy")
    writer.page.get_by_role("button", name="Save draft").click()
    writer.page.get_by_text("Captions in Welsh: film.srt").wait_for()
    writer.page.get_by_text("What the captions say").first.click()
    looked_at(writer, "composer")

    decided(sent(fresh(post), author), approver_of(channel))
    officer = communications_officer()
    reader = visitor().is_signed_in_as(officer)
    reader.open(reverse("post", args=[post.pk]))
    looked_at(reader, "post")
    reader.open(reverse("library_item", args=[item_of(media).pk]))
    looked_at(reader, "item")
    reader.open(reverse("library_captions", args=[item_of(media).pk]))
    looked_at(reader, "library")

    live = {"state": DeliveryState.PUBLISHED, "published_at": timezone.now(), "remote_id": "v1"}
    Delivery.objects.update(**live, remote_url="https://youtube.example/watch?v=v1")
    CaptionTrack.objects.create(
        delivery=Delivery.objects.get(),
        captions=Captions.objects.get(),
        state=TrackState.BY_HAND,
        detail="YouTube found no captions in the file. Add them by hand in YouTube Studio.",
    )
    reader.open(reverse("post_results", args=[post.pk]))
    looked_at(reader, "by-hand")
    reader.page.get_by_role("button", name="I have added them").click()
    reader.page.get_by_text("Kept: you added the captions.").wait_for()
    looked_at(reader, "added")
