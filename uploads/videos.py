"""Videos are opened, looked at and packed again: picture and sound as they are, nothing else.

Titles, places, devices, chapters, subtitles and attached files stay behind.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import av
from av.error import FFmpegError

from uploads.refused import UploadRefused
from uploads.sniff import VIDEO_FORMATS

LONGEST_S = 12 * 3600
LARGEST_EDGE = 8192
_VIDEO_CODECS = {"h264", "hevc", "mpeg4", "vp8", "vp9", "av1"}
_SOUND_CODECS = {"aac", "mp3", "opus", "vorbis", "ac3", "pcm_s16le"}


@dataclass(frozen=True, slots=True)
class CleanVideo:
    path: Path
    content_type: str
    extension: str
    width: int
    height: int
    length: Length


@dataclass(frozen=True, slots=True)
class Length:
    """How long a video lasts, where that can be told, and whether it has sound."""

    milliseconds: int | None
    has_sound: bool


@contextlib.contextmanager
def clean_video(file: BinaryIO, content_type: str, name: str) -> Iterator[CleanVideo]:
    """The video packed again, in a temporary file that is gone afterwards.

    Raises UploadRefused for what is not a video, or not one that we take.
    """
    extension = "webm" if content_type == "video/webm" else "mp4"
    with tempfile.TemporaryDirectory(prefix="video-") as folder:
        path = Path(folder) / f"clean.{extension}"
        try:
            width, height = _packed_again(file, content_type, path, name)
        except (FFmpegError, ValueError, OverflowError, IndexError) as broken:
            raise UploadRefused(
                f"“{name}” cannot be read as a video. Save it again as an MP4, and upload that"
            ) from broken
        with path.open("rb") as made:
            length = length_of(made)
        yield CleanVideo(path, f"video/{extension}", extension, width, height, length)


def length_of(file: BinaryIO) -> Length:
    """That of a video as it is stored."""
    try:
        with av.open(file, mode="r") as source:
            lasts = source.duration and source.duration * 1000 // av.time_base
            return Length(lasts or None, bool(source.streams.audio))
    except (FFmpegError, ValueError):
        return Length(None, has_sound=True)


def _packed_again(file: BinaryIO, content_type: str, path: Path, name: str) -> tuple[int, int]:
    file.seek(0)
    # The demuxer is named and gets an open file: no play-list can make it open another.
    with av.open(file, mode="r", format=VIDEO_FORMATS[content_type].split(",", 1)[0]) as source:
        _refuse_unsuitable(source, name)
        size = _size_of_first_frame(source, name)
        source.seek(0)
        _copy_streams(source, path)
    return size


def _refuse_unsuitable(source: Any, name: str) -> None:
    if not source.streams.video:
        raise UploadRefused(f"“{name}” has no moving picture in it")
    picture = source.streams.video[0].codec_context
    sounds = [stream.codec_context.name for stream in source.streams.audio[:1]]
    if picture.name not in _VIDEO_CODECS or any(sound not in _SOUND_CODECS for sound in sounds):
        raise UploadRefused(
            f"“{name}” is in a form that platforms do not take: save it as an MP4 (H.264)"
        )
    if max(picture.width, picture.height) > LARGEST_EDGE or not picture.width:
        raise UploadRefused(f"“{name}” is larger than {LARGEST_EDGE:,} pixels")
    seconds = (source.duration or 0) / av.time_base
    if seconds > LONGEST_S:
        raise UploadRefused(f"“{name}” is longer than {LONGEST_S // 3600} hours")


def _size_of_first_frame(source: Any, name: str) -> tuple[int, int]:
    for frame in source.decode(source.streams.video[0]):
        return frame.width, frame.height
    raise UploadRefused(f"“{name}” has no moving picture in it")


def _copy_streams(source: Any, path: Path) -> None:
    options = {"fflags": "+bitexact"}
    if path.suffix == ".mp4":
        options["movflags"] = "+faststart"
    kept = [source.streams.video[0], *source.streams.audio[:1]]
    with av.open(str(path), "w", options=options) as target:
        written = {stream.index: target.add_stream_from_template(stream) for stream in kept}
        for stream in written.values():
            stream.metadata.clear()
        for packet in source.demux(kept):
            # The last packet of each stream is empty and has no time.
            if packet.dts is None:
                continue
            packet.stream = written[packet.stream.index]
            target.mux(packet)
