"""Files of captions: what is read, how it is kept, and what is said about a wrong line."""

from __future__ import annotations

import contextlib
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.captioning.reading import (
    LONGEST_CUE,
    MOST_BYTES,
    Cue,
    cues_of,
    read,
    refuse_beyond,
    transcript,
    written,
)
from publishing.errors import MediaRefused
from tests.publishing.captioning.making import SRT

VTT = """WEBVTT - spoken by the mayor
Kind: captions

NOTE written by hand

STYLE
::cue { color: red }

intro
00:00.000 --> 00:00.600 position:50% align:start
<v.loud Mayor Okoro>Bore da, <c.yellow>Lewmoor</c>

00:00.700 --> 00:01.900
The library is open &amp; <00:01.200>warm
"""


def refused(text: str | bytes, name: str = "film.srt") -> str:
    raw = text.encode() if isinstance(text, str) else text
    with pytest.raises(MediaRefused) as refusal:
        read(raw, name)
    return refusal.value.message


def test_subrip_is_kept_as_webvtt_with_words_and_times_only():
    cues = read(SRT.encode(), "film.srt")
    assert written(cues) == (
        "WEBVTT\n\n"
        "00:00:00.000 --> 00:00:00.600\nBore da, Lewmoor\n\n"
        "00:00:00.700 --> 00:00:01.900\nThe library is open &amp; warm\n"
    )
    assert transcript(written(cues)) == (
        "0:00 to 0:00.6: Bore da, Lewmoor\n0:00.7 to 0:01.9: The library is open & warm"
    )


def test_webvtt_leaves_its_notes_styles_and_places_behind():
    assert [cue.words for cue in read(VTT.encode(), "film.vtt")] == [
        "Mayor Okoro: Bore da, Lewmoor",
        "The library is open & warm",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_every_common_encoding_is_read(encoding: str):
    text = "1\r\n00:00:01,000 --> 00:00:02,000\r\nThe café is £2 – “today”\r\n"
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    [cue] = read(mark + text.encode(encoding), "film.srt")
    assert cue == Cue(1000, 2000, "The café is £2 – “today”", 2)


TIMES = "00:00:01,000 --> 00:00:02,000"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "has no times in it"),
        ("Just some words.", "has no times in it"),
        ("WEBVTT\n", "has no times in it"),
        (f"1\n{TIMES}\n\n", "has no words in it"),
        (f"1\n{TIMES}\nHello\n\n2\nNo times here\nat all\n", "line 5: here should be times"),
        (f"1\n{TIMES}\nHello\n2\n00:00:03,000 --> 00:00:04,000\nYou\n", "line 5: there should be"),
        (f"WEBVTT\n{TIMES}\nHello\n", "line 2: there should be an empty line"),
        ("1\n00:00:01 --> 00:00:02\nHello\n", "line 2: “00:00:01 --> 00:00:02” is not a pair"),
        ("1\n00:75:01,000 --> 00:75:02,000\nHello\n", "line 2: minutes and seconds go up to 59"),
        ("1\n00:00:02,000 --> 00:00:01,000\nHello\n", "line 2: these words end at 0:01, not"),
        ("1\n00:00:02,000 --> 00:00:02,000\nHello\n", "line 2: these words end at 0:02, not"),
        (
            f"1\n00:00:09,000 --> 00:00:10,000\nLate\n\n2\n{TIMES}\nEarly\n",
            "line 6: these words begin before those above them do",
        ),
        (f"1\n{TIMES}\n{'a ' * LONGEST_CUE}\n", "line 2: at one time stand more than"),
        (b"\x00\x01" + SRT.encode(), "cannot be read as text"),
        (b"\xff\xfe\x00", "cannot be read as text"),
        (b"a" * (MOST_BYTES + 1), "is too large"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str | bytes, words: str):
    said = refused(text)
    assert "“film.srt”" in said
    assert words in said


def test_nothing_that_a_page_could_run_or_that_turns_words_round_is_kept():
    text = f"1\n{TIMES}\n<script>alert(1)</script>\u202egnp &#60;b&#62;\n"
    [cue] = read(text.encode(), "film.srt")
    assert cue.words == "<script>alert(1)</script>gnp <b>"
    assert "<" not in written([cue]).partition("\n\n")[2]


@pytest.mark.parametrize("words", ["<v" + ".a" * 26, "<v.<" * 20_000, "<v" + " " * 60_000 + "<v>"])
def test_words_that_are_made_to_be_read_for_hours_are_read_at_once(words: str):
    before = perf_counter()
    with contextlib.suppress(MediaRefused):
        read(f"1\n{TIMES}\n{words}\n".encode(), "film.srt")
    assert perf_counter() - before < 2


def test_captions_beyond_the_end_of_the_video_are_refused_but_a_second_is_forgiven():
    cues = read(SRT.encode(), "film.srt")
    refuse_beyond(cues, 1000, "film.srt")
    with pytest.raises(MediaRefused, match=r"line 6: these words end at 0:01\.9, but"):
        refuse_beyond(cues, 650, "film.srt")


said = st.text(st.sampled_from("a é<>&;:#-{}\\\n1b"), max_size=20).map(
    lambda words: "x" + words.replace("\n", "\nx")
)
cues = st.lists(
    st.tuples(st.integers(0, 3_600_000), st.integers(1, 9000), said), min_size=1, max_size=5
).map(lambda rows: [Cue(at, at + lasts, words) for at, lasts, words in sorted(rows)])


@given(cues)
def test_what_is_kept_is_read_as_the_same_however_often(several: list[Cue]):
    once = written(read(written(several).encode(), "any.vtt"))
    assert written(cues_of(once)) == once
    assert [(cue.begins, cue.ends) for cue in cues_of(once)] == [
        (cue.begins, cue.ends) for cue in several
    ]
