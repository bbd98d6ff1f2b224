"""What the upper floors tell the lower ones: every extension point and what fills it."""

from __future__ import annotations

from accounts import closing, evidence, panels
from publishing.on_accounts import next_posts, still_open
from training.evidence import lacks_learning, missing_learning


def install() -> None:
    """Fill the extension points, once, at start-up; doing it again changes nothing."""
    # Evidence: whether a person's learning is in date (accounts/evidence.py).
    evidence.register(missing_learning, lacks_learning)
    # Closing guards: what is still to go out on an account (accounts/closing.py).
    closing.register(still_open)
    # Account panels, in the order of the page (accounts/panels.py).
    panels.register(next_posts)
