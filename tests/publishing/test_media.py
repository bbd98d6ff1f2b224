"""Files that people upload: whatever comes in, only clean pictures and videos are kept."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zlib
from pathlib import Path

import av
import pytest
from django.core.files.storage import default_storage
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from publishing.actions.attaching import attach
from publishing.errors import Conflict, MediaRefused, NotAllowed
from publishing.media.intake import clean
from publishing.models import MediaFile
from tests.factories import drafter_of
from tests.publishing.making import drafted, picture, submitted, upload
from uploads.clean import safe_name

HERE = {0x0112: 6, 0x010F: "Phone", 0x8825: {1: "N", 2: (51.0, 4.0, 1.0)}}


def cleaned(raw: bytes, name: str) -> tuple[bytes, str]:
    with clean(upload(raw, name)) as made:
        return made.content.read(), made.content_type


def refused(raw: bytes, name: str) -> str:
    with pytest.raises(MediaRefused) as refusal, clean(upload(raw, name)):
        pass
    return refusal.value.message


def bomb(edge: int) -> bytes:
    """A PNG of a few bytes that claims to be edge by edge pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", edge, edge, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def film(frames: int = 5, kind: str = "mp4", codec: str = "mpeg4", **metadata: str) -> bytes:
    written = io.BytesIO()
    with av.open(written, "w", format=kind) as container:
        container.metadata.update(metadata)
        stream = container.add_stream(codec, rate=10)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number in range(frames):
            frame = av.VideoFrame.from_image(Image.new("RGB", (64, 48), (number * 20, 0, 0)))
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return written.getvalue()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("edge", [30_000, 8_000, 60_000])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(edge: int):
    tracemalloc.start()
    try:
        words = refused(bomb(edge), "huge.png")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "is too large: use a picture of at most 50 million pixels" in words
    assert peak < 20_000_000


@pytest.mark.parametrize(
    ("raw", "name", "words"),
    [
        (b"", "empty.jpg", "is empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>x()</script></svg>", "a.png", "not a"),
        (b"<!doctype html><script>alert(1)</script>", "a.jpg", "not a picture"),
        (b"%PDF-1.7 hello", "a.jpg", "not a picture"),
        (b"MZ\x90\0" + b"\0" * 200, "a.png", "not a picture"),
        (b"PK\x03\x04" + b"\0" * 200, "a.webp", "not a picture"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 200, "a.jpg", "damaged or not a picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "a.png", "damaged or not a picture"),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 200, "a.mp4", "cannot be read as a video"),
    ],
)
def test_what_is_not_a_picture_or_video_is_refused_in_words(raw: bytes, name: str, words: str):
    told = refused(raw, name)
    assert words in told
    assert name in told


def test_a_name_that_lies_about_the_kind_is_refused():
    assert "named like a video" in refused(picture(), "film.mp4")
    assert "named like a picture" in refused(film(), "night.jpg")
    assert "not named like a picture" in refused(picture(), "night.html")
    assert "not named like a picture" in refused(picture(), "night.jpg.exe")


def test_a_picture_that_is_also_a_page_is_refused():
    both = picture() + b"<html><script>alert(document.cookie)</script>"
    assert "something other than a picture" in refused(both, "night.jpg")


def test_a_damaged_picture_is_refused():
    assert "cannot be read" in refused(picture((400, 300))[:900], "night.jpg")


def test_a_moving_gif_is_refused_and_a_still_one_becomes_a_png():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    written = io.BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])
    assert "moves" in refused(written.getvalue(), "wave.gif")
    assert cleaned(picture(kind="GIF"), "still.gif")[1] == "image/png"


def test_place_and_device_do_not_survive_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = HERE[0x0112], HERE[0x010F]
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 4.0, 1.0)})
    raw = picture((40, 30), exif=exif, comment=b"Taken at home")
    assert b"Phone" in raw
    made, _ = cleaned(raw, "night.jpg")
    with Image.open(io.BytesIO(made)) as image:
        assert image.size == (30, 40)
        assert not dict(image.getexif())
        assert not image.getexif().get_ifd(0x8825)
    assert b"Phone" not in made
    assert b"Taken at home" not in made


def test_a_png_s_own_words_do_not_survive():
    words = PngInfo()
    words.add_text("Author", "Somebody private")
    made, content_type = cleaned(picture(kind="PNG", pnginfo=words), "plan.png")
    assert content_type == "image/png"
    assert b"private" not in made


@pytest.mark.parametrize("kind", ["WEBP", "HEIF", "PNG", "JPEG"])
def test_other_kinds_become_ones_that_every_platform_takes(kind: str):
    noise = Image.effect_noise((300, 300), 90).convert("RGB")
    written = io.BytesIO()
    noise.save(written, kind)
    suffix = {"WEBP": "webp", "HEIF": "heic", "PNG": "png", "JPEG": "jpg"}[kind]
    assert cleaned(written.getvalue(), f"a.{suffix}")[1] in ("image/jpeg", "image/png")


def test_a_large_picture_is_made_smaller():
    made, _ = cleaned(picture((5000, 2500)), "wide.jpg")
    with Image.open(io.BytesIO(made)) as image:
        assert image.size == (2048, 1024)


def test_other_colours_become_srgb():
    written = io.BytesIO()
    Image.new("CMYK", (20, 20), (0, 200, 200, 0)).save(written, "JPEG")
    made, _ = cleaned(written.getvalue(), "poster.jpg")
    with Image.open(io.BytesIO(made)) as image:
        assert image.mode == "RGB"
    broken = picture(icc_profile=b"nonsense")
    assert cleaned(broken, "a.jpg")[1] in ("image/jpeg", "image/png")


def test_see_through_parts_stay():
    written = io.BytesIO()
    Image.new("RGBA", (20, 20), (200, 0, 0, 90)).save(written, "WEBP", lossless=True)
    made, content_type = cleaned(written.getvalue(), "logo.webp")
    assert content_type == "image/png"
    with Image.open(io.BytesIO(made)) as image:
        assert image.mode == "RGBA"


def test_too_many_bytes_are_refused(settings):
    settings.PICTURE_MAX_BYTES = 100
    assert "use a file of at most" in refused(picture(), "night.jpg")


@pytest.mark.parametrize(("kind", "codec"), [("mp4", "mpeg4"), ("mov", "mpeg4")])
def test_a_video_is_packed_again_without_its_words(kind: str, codec: str):
    raw = film(kind=kind, codec=codec, title="Private title", comment="Filmed at home")
    assert b"Private title" in raw
    made, content_type = cleaned(raw, f"film.{kind}")
    assert content_type == "video/mp4"
    assert b"Private title" not in made
    assert b"Filmed at home" not in made
    with av.open(io.BytesIO(made), "r") as container:
        assert len(list(container.decode(video=0))) == 5
    assert cleaned(raw, f"film.{kind}")[0] == made


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\night.jpg", "night.jpg"),
        ("<img src=x onerror=alert(1)>.png", "img src=x onerror=alert(1).png"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("", "file"),
        ("x" * 300 + ".jpg", "x" * 116 + ".jpg"),
    ],
)
def test_file_names_are_for_reading_only(name: str, safe: str):
    assert safe_name(name) == safe


@pytest.mark.django_db
def test_the_same_file_is_stored_once_under_its_digest(author, account):
    posts = [drafted(author, account), drafted(author, account)]
    files = [
        attach(post_id=post.pk, file=upload(picture(), name), by=author)
        for post in (posts[0], posts[0], posts[1])
        for name in ("a.jpg",)
    ]
    assert files[0].pk == files[1].pk != files[2].pk
    assert files[0].file.name == files[2].file.name
    assert files[0].digest in str(files[0].file.name)


@pytest.mark.django_db
def test_a_file_that_a_crash_left_half_written_is_put_right(author, account):
    media = attach(post_id=drafted(author, account).pk, file=upload(picture()), by=author)
    path = Path(default_storage.path(str(media.file.name)))
    whole = path.read_bytes()
    path.write_bytes(whole[:100])
    attach(post_id=drafted(author, account).pk, file=upload(picture()), by=author)
    assert path.read_bytes() == whole


@pytest.mark.django_db
def test_files_are_added_only_to_drafts_and_only_by_who_may_edit(author, account):
    post = drafted(author, account)
    with pytest.raises(NotAllowed):
        attach(post_id=post.pk, file=upload(picture()), by=drafter_of(account))
    sent = submitted(author, account)
    with pytest.raises(Conflict):
        attach(post_id=sent.pk, file=upload(picture()), by=author)
    assert not MediaFile.objects.exists()
