"""Only addresses of web pages become links."""

from __future__ import annotations

import pytest

from platforms.addresses import web_address


@pytest.mark.parametrize("address", ["https://x.com/wealdmoor/status/1", "http://127.0.0.1:8001/1"])
def test_the_address_of_a_page_stays(address):
    assert web_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript://%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//x.com/no-scheme",
        "https:no-host",
        "https://[broken",
        "",
    ],
)
def test_everything_else_is_no_address(address):
    assert web_address(address) == ""
