"""Pictures are decoded and made again: upright, in sRGB, of a sensible size, with nothing hidden.

What a camera or a phone writes beside the pixels (place, time, device, a thumbnail of what was cut
off) does not survive, because only the pixels are kept.
"""

from __future__ import annotations

import io
import struct
import warnings
from dataclasses import dataclass

import pillow_heif
from django.conf import settings
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from uploads.refused import UploadRefused
from uploads.sniff import PICTURE_FORMATS, refuse_active_content

LONGEST_EDGE = 2048
"""No platform shows more."""
LARGEST_PNG = 3_000_000
"""A PNG beyond this is a photograph, and kept as a JPEG where it has no see-through parts."""
_JPEG_QUALITY = 90

pillow_heif.register_heif_opener(thumbnails=False)

# Pillow refuses twice as many by itself, before it decodes anything; up to that it only warns.
Image.MAX_IMAGE_PIXELS = settings.PICTURE_MAX_PIXELS


@dataclass(frozen=True, slots=True)
class CleanPicture:
    content: bytes
    content_type: str
    extension: str
    width: int
    height: int


def clean_picture(raw: bytes, content_type: str, name: str) -> CleanPicture:
    """The picture made again. Raises UploadRefused for what cannot be, or is too large."""
    refuse_active_content(raw, name)
    try:
        with _opened(raw, content_type, name) as image:
            return _saved(_normalised(image))
    except UploadRefused:
        raise
    except Image.DecompressionBombError as bomb:
        raise UploadRefused(_too_many_pixels(name)) from bomb
    except (
        OSError, ValueError, SyntaxError, struct.error, EOFError, IndexError, RuntimeError,
        TypeError, MemoryError,
    ) as broken:  # fmt: skip
        # Pillow and libheif raise all of these for damaged files.
        raise UploadRefused(
            f"“{name}” cannot be read as a picture. Save it again as a JPEG or PNG, and upload that"
        ) from broken


def _opened(raw: bytes, content_type: str, name: str) -> Image.Image:
    """The picture with its header read and nothing decoded yet."""
    try:
        # What Pillow would warn of, we refuse just below. A filter that another thread leaves in
        # force a moment too long, or too short, changes no more than that a warning is heard.
        with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
            image = Image.open(io.BytesIO(raw), formats=[PICTURE_FORMATS[content_type]])
    except UnidentifiedImageError as lie:
        raise UploadRefused(f"“{name}” is damaged or not a picture") from lie
    width, height = image.size
    if width * height > settings.PICTURE_MAX_PIXELS:
        raise UploadRefused(_too_many_pixels(name, width, height))
    if getattr(image, "n_frames", 1) > 1 and image.format == "GIF":
        raise UploadRefused(f"“{name}” moves: upload it as an MP4 video")
    return image


def _too_many_pixels(name: str, width: int = 0, height: int = 0) -> str:
    most = settings.PICTURE_MAX_PIXELS // 1_000_000
    size = f" is {width:,} by {height:,} pixels, which" if width else ""
    return f"“{name}”{size} is too large: use a picture of at most {most} million pixels"


def _normalised(image: Image.Image) -> Image.Image:
    # A JPEG is decoded no larger than needed; the others ignore this.
    image.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
    profile = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    see_through = image.has_transparency_data
    image = _in_srgb(image, profile)
    image = image.convert("RGBA" if see_through else "RGB")
    image.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
    image.info.clear()
    return image


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        ours = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, theirs, ours, outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        # A broken profile only ever told how to show the colours; the picture itself is whole.
        return image
    return converted or image


def _saved(image: Image.Image) -> CleanPicture:
    png = _encoded(image, "PNG", optimize=True) if _is_drawn(image) else None
    if png is not None and (image.mode == "RGBA" or len(png) <= LARGEST_PNG):
        return CleanPicture(png, "image/png", "png", *image.size)
    jpeg = _encoded(image, "JPEG", quality=_JPEG_QUALITY, optimize=True, progressive=True)
    return CleanPicture(jpeg, "image/jpeg", "jpg", *image.size)


def _is_drawn(image: Image.Image) -> bool:
    """Whether it is see-through or has few colours, as logos and posters have: a PNG then."""
    if image.mode == "RGBA":
        return True
    small = image.resize((min(256, image.width), min(256, image.height)), Image.Resampling.NEAREST)
    return small.getcolors(maxcolors=4096) is not None


def _encoded(image: Image.Image, format_name: str, **options: object) -> bytes:
    written = io.BytesIO()
    image.save(written, format_name, **options)
    return written.getvalue()
