"""The words that a platform is handed: one place for the checks, the previews and the engine."""

from __future__ import annotations

from platforms.contract import Platform


def as_sent(platform: Platform, text: str, link: str) -> str:
    """`text` as it leaves for `platform`: with the link in it where the platform carries it there.

    The link stands on a line of its own, and only once.
    """
    if not link or not platform.link_in_text or link in text:
        return text
    return f"{text}\n\n{link}" if text else link
