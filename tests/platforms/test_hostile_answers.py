"""Answers that no document promises: waits beyond all time, and JSON as deep as memory."""

from __future__ import annotations

from datetime import timedelta

import pytest
import requests
from requests.structures import CaseInsensitiveDict

from platforms.errors import TryLater
from platforms.facebook_graph import _wait as facebook_wait
from platforms.x_errors import _wait as x_wait
from platforms.x_errors import reading as reading_x
from platforms.youtube_errors import _limited as youtube_limited
from platforms.youtube_errors import reason_of

A_DAY = timedelta(days=1)
FOREVER = ["9" * 12, "9" * 30, "9" * 5000]
DEEP = b"[" * 100_000


@pytest.mark.parametrize("seconds", FOREVER)
def test_no_platform_makes_us_wait_longer_than_a_day(seconds):
    answer = requests.Response()
    answer.headers = CaseInsensitiveDict({"x-rate-limit-reset": seconds})
    youtube = youtube_limited(429, "", {"retry-after": seconds})

    assert x_wait(answer) == A_DAY
    assert facebook_wait({"retry-after": seconds}) == A_DAY
    assert youtube is not None
    assert youtube.after == A_DAY


@pytest.mark.parametrize(
    "usage", ['{"1": [{}]}', '{"1": [{"estimated_time_to_regain_access": 1e999}]}', "[", "[1]"]
)
def test_a_usage_header_of_facebook_that_says_nothing_is_no_wait(usage):
    assert facebook_wait({"x-business-use-case-usage": usage}) is None


def test_json_too_deep_to_read_is_no_answer():
    answer = requests.Response()
    answer._content = DEEP

    assert reason_of(DEEP) == ""
    assert reason_of(b'{"error": {"errors": [{"reason": "a\\u0000b"}]}}') == ""
    with pytest.raises(TryLater), reading_x():
        answer.json()
