"""A file whole, in part, or beyond its end, as RFC 9110 (14) has it."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.http import FileResponse, HttpResponseBase

from pages.in_part import shown_in_part

BYTES = bytes(range(100))


def asked(range_: str) -> HttpResponseBase:
    return shown_in_part(ContentFile(BYTES), "video/mp4", range_)


def body(answer: HttpResponseBase) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("range_", "first", "last"),
    [
        ("bytes=0-", 0, 99),
        ("bytes=0-0", 0, 0),
        ("bytes=10-19", 10, 19),
        ("bytes=90-500", 90, 99),
        ("bytes=-5", 95, 99),
        ("bytes=-500", 0, 99),
    ],
)
def test_a_part_that_is_there(range_: str, first: int, last: int) -> None:
    answer = asked(range_)

    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {first}-{last}/100"
    assert body(answer) == BYTES[first : last + 1]
    assert answer["Content-Length"] == str(last + 1 - first)


@pytest.mark.parametrize("range_", ["bytes=100-", "bytes=500-600", "bytes=-0"])
def test_a_part_beyond_the_end(range_: str) -> None:
    answer = asked(range_)

    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */100")


@pytest.mark.parametrize("range_", ["", "bytes=-", "bytes=1-2,4-5", "bytes=9-3", "lines=1-2", "x"])
def test_what_names_no_single_part_gets_the_whole(range_: str) -> None:
    answer = asked(range_)

    assert isinstance(answer, FileResponse)
    assert (answer.status_code, body(answer)) == (200, BYTES)


@pytest.mark.parametrize("range_", ["", "bytes=3-5", "bytes=100-"])
def test_it_is_shown_and_never_run_nor_kept_by_others(range_: str) -> None:
    answer = asked(range_)

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"].startswith("private")
    assert answer["Accept-Ranges"] == "bytes"
