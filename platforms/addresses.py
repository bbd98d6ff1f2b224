"""Web addresses as platforms give them: never believed."""

from __future__ import annotations

from urllib.parse import urlsplit


def web_address(given: str) -> str:
    """`given` if it is the address of a web page; else "": `javascript:` and the like are links
    that run in the reader's browser.
    """
    try:
        parts = urlsplit(given)
    except ValueError:
        return ""
    return given if parts.scheme in ("http", "https") and parts.netloc else ""
