"""Videos with captions for tests, made with the actions that people use."""

from __future__ import annotations

import io

import av
from PIL import Image

from accounts.models import User
from publishing.actions.attaching import attach
from publishing.actions.captioning import attach_captions
from publishing.actions.drafting import save_draft
from publishing.actions.library.describing import say_who_is_shown
from publishing.drafts import Attached, Content
from publishing.models import Captions, MediaFile, People, Post
from tests.publishing.making import fresh, upload

ALT_TEXT = "The door opens"
SRT = """1
00:00:00,000 --> 00:00:00,600
Bore da, <i>Lewmoor</i>

2
00:00:00,700 --> 00:00:01,900
The library is open & warm
"""


def film(seconds: int = 2, *, sound: bool = True, shade: int = 20) -> bytes:
    """A small video, whose colours come from `shade`."""
    written = io.BytesIO()
    with av.open(written, "w", format="mp4") as container:
        picture = container.add_stream("mpeg4", rate=10)
        assert isinstance(picture, av.VideoStream)
        picture.width, picture.height, picture.pix_fmt = 64, 48, "yuv420p"
        voice = container.add_stream("aac", rate=8000) if sound else None
        for number in range(seconds * 10):
            colour = (number % 10 * shade, 0, 0)
            frame = av.VideoFrame.from_image(Image.new("RGB", (64, 48), colour))
            container.mux(picture.encode(frame))
        container.mux(picture.encode())
        if isinstance(voice, av.AudioStream):
            _speak(container, voice, seconds)
    return written.getvalue()


def _speak(container: av.container.OutputContainer, voice: av.AudioStream, seconds: int) -> None:
    for number in range(seconds * 8000 // 1024):
        frame = av.AudioFrame(format="fltp", layout="mono", samples=1024)
        frame.planes[0].update(bytes(frame.planes[0].buffer_size))
        frame.sample_rate, frame.pts = 8000, number * 1024
        container.mux(voice.encode(frame))
    container.mux(voice.encode())


def with_video(post: Post, by: User, raw: bytes = b"") -> MediaFile:
    """A video added to the draft; nobody can be recognised in it."""
    media = attach(post_id=post.pk, file=upload(raw or film(), "film.mp4"), by=by)
    say_who_is_shown(media_id=media.pk, people=People.NONE, by=by)
    keep(post, by, Attached(media.pk, ALT_TEXT))
    return media


def with_captions(
    post: Post, by: User, media: MediaFile, text: str = SRT, language: str = "en-GB"
) -> Captions:
    """Captions of the video, in the draft."""
    captions = attach_captions(
        post_id=post.pk,
        media_id=media.pk,
        file=upload(text.encode(), "film.srt"),
        language=language,
        by=by,
    )
    keep(post, by, Attached(media.pk, ALT_TEXT, captions.pk))
    return captions


def keep(post: Post, by: User, *media: Attached) -> None:
    """Save the draft with these files and no others."""
    draft = fresh(post).draft
    kept = {**draft.content, "media": [each.to_json() for each in media]}
    content = Content.from_json(kept)
    save_draft(post_id=post.pk, content=content, revision=draft.revision, by=by)
