"""Captions in a draft, in a version, in the library: what is typed, kept, shown and approved."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import SocialAccount, User
from audit.models import Entry
from publishing.actions.captioning import attach_captions, in_language
from publishing.actions.duplicating import duplicate
from publishing.actions.library.captions import caption_item, uncaption_item
from publishing.actions.library.choosing import choose_from_library
from publishing.actions.submitting import take_back
from publishing.checks.captions import CHECK
from publishing.composition import compose, composition_of
from publishing.digest import digest_of
from publishing.drafts import Attached, Content
from publishing.errors import Conflict, MediaRefused, NotAllowed, Refused
from publishing.models import Approval, Captions, MediaFile, Post, PostState, Version
from publishing.previews import previews_of
from publishing.versions import differences
from tests.factories import AccountFactory, drafter_of, person
from tests.publishing.captioning.making import (
    ALT_TEXT,
    SRT,
    film,
    keep,
    with_captions,
    with_video,
)
from tests.publishing.delivery.factories import seal
from tests.publishing.library.recording import item_of
from tests.publishing.making import (
    decided,
    drafted,
    form_of,
    fresh,
    newest,
    sent,
    upload,
    with_picture,
)

pytestmark = pytest.mark.django_db
OTHER = SRT.replace("open & warm", "closed")


@pytest.fixture
def post(author: User, channel: SocialAccount) -> Post:
    return drafted(author, channel)


@pytest.fixture
def video(post: Post, author: User) -> MediaFile:
    return with_video(post, author)


@pytest.fixture
def captioned(post: Post, author: User, video: MediaFile) -> Captions:
    return with_captions(post, author, video)


def attached(post: Post) -> tuple[Attached, ...]:
    return Content.from_json(fresh(post).draft.content).media


def captions_of(one: Attached) -> Captions:
    return Captions.objects.get(pk=one.captions_id or 0)


def test_a_video_is_measured_when_it_is_taken_in_and_an_old_one_when_captions_come(
    post: Post, author: User, video: MediaFile
) -> None:
    assert (video.milliseconds, video.has_sound) == (2000, True)
    MediaFile.objects.update(milliseconds=None, has_sound=None)
    with pytest.raises(MediaRefused, match="but the video ends"):
        with_captions(post, author, video, SRT.replace("00:00:01,900", "00:00:09,900"))
    video.refresh_from_db()
    assert video.milliseconds


def test_the_same_captions_twice_are_kept_once_and_told_once(
    post: Post, author: User, video: MediaFile, captioned: Captions
) -> None:
    assert with_captions(post, author, video) == captioned
    told = Entry.objects.filter(event="post.captions_added")
    assert told.count() == 1


def test_captions_are_for_videos_of_ones_own_post(
    post: Post, author: User, video: MediaFile, channel: SocialAccount
) -> None:
    other = drafted(author, channel, text="Something else today.")

    def attaching(post: Post, media: MediaFile, by: User) -> Captions:
        file = upload(SRT.encode(), "a.srt")
        return attach_captions(
            post_id=post.pk, media_id=media.pk, file=file, language="en-GB", by=by
        )

    with pytest.raises(Refused, match="does not belong"):
        attaching(other, video, author)
    picture = with_picture(other, author)
    with pytest.raises(Refused, match="Only a video"):
        attaching(other, picture, author)
    with pytest.raises(NotAllowed):
        attaching(post, video, person())
    with pytest.raises(Refused, match="language"):
        with_captions(post, author, video, SRT, "xx")


def test_captions_of_another_video_or_post_cannot_be_named(
    post: Post, author: User, captioned: Captions, channel: SocialAccount
) -> None:
    second = with_video(post, author, film(shade=5))
    with pytest.raises(Refused, match="not those of this video"):
        keep(post, author, Attached(second.pk, ALT_TEXT, captioned.pk))
    other = drafted(author, channel, text="Something else today.")
    same_video = with_video(other, author)
    with pytest.raises(Refused, match="not those of this video"):
        keep(other, author, Attached(same_video.pk, ALT_TEXT, captioned.pk))


def test_what_is_on_its_way_gets_no_other_captions(
    post: Post, author: User, video: MediaFile, captioned: Captions
) -> None:
    sent(post, author)
    file = upload(OTHER.encode(), "a.srt")
    with pytest.raises(Conflict):
        attach_captions(post_id=post.pk, media_id=video.pk, file=file, language="cy", by=author)
    with pytest.raises(Conflict):
        in_language(post_id=post.pk, captions_id=captioned.pk, language="cy", by=author)


@pytest.mark.parametrize("change", ["words", "times", "language", "none"])
def test_other_captions_are_another_version_and_void_what_was_approved(
    change: str, post: Post, author: User, approver: User, video: MediaFile, captioned: Captions
) -> None:
    decided(sent(post, author), approver)
    before = newest(post)
    take_back(post_id=post.pk, by=author)
    if change == "none":
        keep(post, author, Attached(video.pk, ALT_TEXT))
    else:
        text = {"words": OTHER, "times": SRT.replace("01,900", "01,800")}.get(change, SRT)
        with_captions(post, author, video, text, "cy" if change == "language" else "en-GB")
    sent(post, author)
    after = newest(post)
    assert after.digest != before.digest
    assert fresh(post).state == PostState.AWAITING_APPROVAL
    assert not Approval.objects.filter(version=after).exists()
    [difference] = differences(before, after)
    assert difference.what == f"Captions of {video.original_name}"
    assert "".join(piece.text for piece in difference.pieces).strip()


@pytest.mark.parametrize(("format_", "tells"), [(2, False), (3, True)])
def test_the_language_is_in_the_digest_of_versions_made_now(
    format_: int, tells: bool, post: Post, author: User, captioned: Captions
) -> None:
    version = newest(sent(post, author))
    version.format = format_
    seal(version)
    Captions.objects.update(language="ga")
    assert (digest_of(Version.objects.get(pk=version.pk)) != version.digest) is tells


def test_the_form_takes_a_file_shows_its_words_and_removes_it(
    client: Client, post: Post, author: User, video: MediaFile
) -> None:
    client.force_login(author)
    address = reverse("post_edit", args=[post.pk])
    typed = form_of(post, do="save", **{f"captions_in_{video.pk}": "cy"})
    file = {f"captions_{video.pk}": upload(SRT.encode(), "film.srt")}
    assert client.post(address, {**typed, **file}).status_code == 302
    [one] = attached(post)
    captions = captions_of(one)
    assert captions.language == "cy"
    page = client.get(address).text
    assert "Captions in Welsh: film.srt" in page
    assert "0:00.7 to 0:01.9: The library is open &amp; warm" in page
    kept = {f"captions_of_{video.pk}": captions.pk, f"captions_in_{video.pk}": "en-GB"}
    client.post(address, form_of(post, **kept))
    [one] = attached(post)
    assert captions_of(one).language == "en-GB"
    kept[f"captions_of_{video.pk}"] = one.captions_id
    client.post(address, form_of(post, **kept) | {"do": f"silent:{video.pk}"})
    assert attached(post) == (Attached(video.pk, ALT_TEXT),)


def test_a_file_that_cannot_be_used_loses_nothing_that_was_typed(
    client: Client, post: Post, author: User, video: MediaFile, captioned: Captions
) -> None:
    client.force_login(author)
    file = upload(SRT.replace("00:00:00,700", "soon").encode(), "bad.srt")
    typed = form_of(post, text="New words for tonight.")
    typed |= {f"captions_{video.pk}": file, f"captions_of_{video.pk}": captioned.pk}
    typed |= {f"captions_in_{video.pk}": "ga"}
    answer = client.post(reverse("post_edit", args=[post.pk]), typed)
    assert answer.status_code == 422
    assert "<title>Error:" in answer.text
    assert "“bad.srt”, line 6: “soon --&gt; 00:00:01,900” is not a pair of times" in answer.text
    assert f'href="#id_captions_{video.pk}"' in answer.text
    assert fresh(post).draft.content["text"] == "New words for tonight."
    assert '<option value="ga" selected>' in answer.text
    assert captions_of(attached(post)[0]).text == captioned.text


def test_captions_of_somebody_elses_post_are_not_taken_from_the_form(
    client: Client, post: Post, author: User, video: MediaFile, channel: SocialAccount
) -> None:
    other = drafted(drafter_of(channel), channel, text="Something else today.")
    theirs = with_captions(other, other.author, with_video(other, other.author))
    client.force_login(author)
    typed = form_of(post, **{f"captions_of_{video.pk}": theirs.pk})
    assert client.post(reverse("post_edit", args=[post.pk]), typed).status_code == 302
    assert attached(post)[0].captions_id is None


def test_whoever_reads_the_post_reads_and_keeps_the_captions(
    client: Client, post: Post, author: User, approver: User, captioned: Captions
) -> None:
    sent(post, author)
    client.force_login(approver)
    page = client.get(reverse("post", args=[post.pk])).text
    assert page.count("0:00 to 0:00.6: Bore da, Lewmoor") == 2
    file = client.get(reverse("post_captions", args=[post.pk, captioned.pk]))
    assert file["Content-Type"] == "text/vtt; charset=utf-8"
    assert file["Content-Disposition"] == 'attachment; filename="film.en-GB.vtt"'
    assert file["X-Content-Type-Options"] == "nosniff"
    assert b"".join(file).decode() == captioned.text
    client.force_login(person())
    assert client.get(reverse("post_captions", args=[post.pk, captioned.pk])).status_code == 404


def test_the_preview_says_at_once_that_there_are_none(
    post: Post, author: User, video: MediaFile, channel: SocialAccount
) -> None:
    def shown() -> dict[str, str]:
        [preview] = previews_of(compose(Content.from_json(fresh(post).draft.content)))
        return preview.media[0]

    assert shown()["captions"] == ""
    with_captions(post, author, video)
    assert shown()["captions"].startswith("0:00 to 0:00.6: Bore da")


def test_a_duplicate_has_captions_of_its_own(post: Post, author: User, captioned: Captions) -> None:
    copy = duplicate(post_id=post.pk, by=author, key=uuid.uuid4())
    [one] = attached(copy)
    mine = captions_of(one)
    assert (mine.post_id, mine.text, mine.pk != captioned.pk) == (copy.pk, captioned.text, True)


def test_the_library_remembers_and_gives_captions_with_the_video(
    post: Post, author: User, video: MediaFile, captioned: Captions, channel: SocialAccount
) -> None:
    sent(post, author)
    item = item_of(video)
    assert item.captions == captioned
    other = drafted(author, channel, text="Something else today.")
    revision = fresh(other).draft.revision
    choose_from_library(post_id=other.pk, item_ids=[item.pk], revision=revision, by=author)
    [one] = attached(other)
    assert captions_of(one).text == captioned.text
    assert composition_of(newest(sent(other, author))).media[0].captions


def test_captions_are_kept_in_the_library_by_who_may_change_the_video(
    client: Client, author: User, video: MediaFile
) -> None:
    item = item_of(video)
    asked = {"item_id": item.pk, "language": "en-GB"}
    with pytest.raises(NotAllowed):
        caption_item(file=upload(SRT.encode(), "a.srt"), by=person(), **asked)  # type: ignore[arg-type]
    client.force_login(author)
    address = reverse("library_captions", args=[item.pk])
    bad = client.post(address, {"file": upload(b"no times", "a.srt"), "language": "en-GB"})
    assert bad.status_code == 422
    assert "“a.srt” has no times in it" in bad.text
    good = client.post(address, {"file": upload(SRT.encode(), "a.srt"), "language": "gd"})
    assert good.status_code == 302
    assert "In Scottish Gaelic: a.srt" in client.get(good.url).text  # type: ignore[attr-defined]
    client.post(reverse("library_uncaption", args=[item.pk]))
    item.refresh_from_db()
    assert item.captions is None
    with pytest.raises(NotAllowed):
        uncaption_item(item_id=item.pk, by=person())
    assert Entry.objects.filter(event="library.described").count() >= 2


def found(post: Post) -> list[str]:
    composition = compose(Content.from_json(fresh(post).draft.content), post.pk)
    return [each.message for each in CHECK.find(composition, timezone.now())]


def test_the_check_asks_for_captions_of_a_video_with_sound_on_youtube_only(
    author: User, channel: SocialAccount, post: Post, video: MediaFile
) -> None:
    [said] = found(post)
    assert said.startswith("Add captions to video 1 for YouTube, or say why it needs none")
    MediaFile.objects.update(has_sound=False)
    assert found(post) == []
    MediaFile.objects.update(has_sound=None)
    assert len(found(post)) == 1
    with_captions(post, author, video)
    assert found(post) == []


def test_the_check_is_silent_where_no_platform_takes_captions() -> None:
    elsewhere = AccountFactory(platform="facebook")
    writer = drafter_of(elsewhere)
    post = drafted(writer, elsewhere)
    with_video(post, writer)
    assert found(post) == []
