"""Reading a file of captions: SubRip (.srt) or WebVTT, from whoever and in whatever encoding.

Only words and times are kept, so that what is stored, shown, approved and sent is the same plain
WebVTT (W3C, "WebVTT: The Web Video Text Tracks Format"). Fonts, colours, places and notes are left
behind. Whatever is wrong is said with the line at fault.
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from publishing.captioning.timing import TimingProblem, as_shown, as_written, times_in
from publishing.errors import MediaRefused

MOST_BYTES = 1_000_000
"""About ten hours of talk."""
MOST_CUES = 20_000
LONGEST_CUE = 1000
OVERRUN_MS = 1000
"""Programs round the end of the last words up."""

_ARROW = "-->"
_LEFT_OUT = ("NOTE", "STYLE", "REGION")
_SPEAKER = re.compile(r"<v(?:\.[^\s<>]{0,200})?\s+([^>]{1,100})>")
"""Bounded, as every pattern here: a file that is made to be read for hours is read at once."""
_TAG = re.compile(
    r"</?(?:b|i|u|s|c|v|lang|ruby|rt|font)(?:[.\s][^<>]{0,200})?>|<[\d:.]{5,12}>|\{\\[^{}]{1,40}\}",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Characters that turn the direction of what follows: words would be shown as others."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words with the milliseconds at which they begin and end, and the line where they stand."""

    begins: int
    ends: int
    words: str
    line: int = 0

    @property
    def shown(self) -> str:
        """When, for people to read: "0:01.5 to 0:04"."""
        return f"{as_shown(self.begins)} to {as_shown(self.ends)}"


def read(raw: bytes, name: str) -> list[Cue]:
    """The captions in a file. Raises MediaRefused, saying which line is at fault."""
    if len(raw) > MOST_BYTES:
        raise MediaRefused(
            f"“{name}” is too large: use a file of captions of at most "
            f"{MOST_BYTES / 1_000_000:.0f} MB"
        )
    cues: list[Cue] = []
    for cue in _cues(_decoded(raw, name), name):
        if cues and cue.begins < cues[-1].begins:
            raise _wrong(name, cue.line, "these words begin before those above them do")
        cues.append(cue)
        if len(cues) > MOST_CUES:
            raise MediaRefused(f"“{name}” has more than {MOST_CUES:,} captions: use a shorter file")
    if not cues:
        raise MediaRefused(f"“{name}” has no words in it")
    return cues


def refuse_beyond(cues: list[Cue], milliseconds: int, name: str) -> None:
    """Raise MediaRefused where words stand beyond the end of a video that lasts that long."""
    for cue in cues:
        if cue.begins >= milliseconds or cue.ends > milliseconds + OVERRUN_MS:
            raise _wrong(
                name,
                cue.line,
                f"these words end at {as_shown(cue.ends)}, but the video ends at "
                f"{as_shown(milliseconds)}. Are these the captions of another video?",
            )


def written(cues: list[Cue]) -> str:
    """As WebVTT, always in the same form."""
    blocks = [
        f"{as_written(cue.begins)} {_ARROW} {as_written(cue.ends)}\n{_escaped(cue.words)}\n"
        for cue in cues
    ]
    return "\n".join(["WEBVTT\n", *blocks])


def cues_of(text: str) -> list[Cue]:
    """Those of captions as they are stored."""
    return read(text.encode(), "captions")


def transcript(text: str) -> str:
    """Stored captions as lines to read and to compare: times, then words."""
    try:
        cues = cues_of(text)
    except MediaRefused:
        # Not ours: whoever looks should see what stands there.
        return text
    return "\n".join(f"{cue.shown}: {' '.join(cue.words.split())}" for cue in cues)


def _decoded(raw: bytes, name: str) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if raw.startswith(mark):
            return _as_text(raw, (encoding,), name)
    # What Windows programs wrote before they wrote UTF-8.
    return _as_text(raw, ("utf-8", "cp1252"), name)


def _as_text(raw: bytes, encodings: tuple[str, ...], name: str) -> str:
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeError:
            continue
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if not any(unicodedata.category(c) == "Cc" for c in text if c not in "\n\t"):
            return text
    raise MediaRefused(
        f"“{name}” cannot be read as text. Save it again as SubRip (.srt) or WebVTT (.vtt) in UTF-8"
    )


def _cues(text: str, name: str) -> Iterator[Cue]:
    blocks = list(_blocks(text))
    is_webvtt = re.match(r"WEBVTT(?:[ \t\n]|$)", text) is not None
    if is_webvtt:
        _refuse_second_times(*blocks.pop(0), name)
    if _ARROW not in text:
        raise MediaRefused(
            f"“{name}” has no times in it: use captions as SubRip (.srt) or WebVTT (.vtt)"
        )
    for first, lines in blocks:
        if is_webvtt and lines[0].split(maxsplit=1)[0] in _LEFT_OUT and _ARROW not in lines[0]:
            continue
        if cue := _cue(first, lines, name):
            yield cue


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines between empty ones, with the number of the first of them."""
    block: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue(first: int, lines: list[str], name: str) -> Cue | None:
    """None where no words stand at a time."""
    at = next((number for number, line in enumerate(lines[:2]) if _ARROW in line), None)
    if at is None:
        raise _wrong(name, first, "here should be times such as 00:00:01,000 --> 00:00:04,000")
    try:
        begins, ends = times_in(lines[at])
    except TimingProblem as problem:
        raise _wrong(name, first + at, problem.what) from None
    _refuse_second_times(first + at + 1, lines[at + 1 :], name)
    words = _plain("\n".join(lines[at + 1 :]))
    if len(words) > LONGEST_CUE:
        raise _wrong(name, first + at, f"at one time stand more than {LONGEST_CUE:,} characters")
    return Cue(begins, ends, words, first + at) if words else None


def _refuse_second_times(first: int, lines: list[str], name: str) -> None:
    for number, line in enumerate(lines, first):
        if _ARROW in line:
            raise _wrong(name, number, "there should be an empty line before these times")


def _plain(words: str) -> str:
    words = _TAG.sub("", _SPEAKER.sub(r"\1: ", words))
    words = _ESCAPE.sub(lambda found: html.unescape(found[0]), words).translate(_TURNING)
    lines = (" ".join(line.split()) for line in words.split("\n"))
    return "\n".join(line for line in lines if line).replace(_ARROW, "→")


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _wrong(name: str, line: int, what: str) -> MediaRefused:
    return MediaRefused(f"“{name}”, line {line}: {what}")
