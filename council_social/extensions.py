"""What the upper floors tell the lower ones: every extension point and what fills it."""

from __future__ import annotations

from accounts import evidence
from training.evidence import missing_learning


def install() -> None:
    """Fill the extension points, once, at start-up; doing it again changes nothing."""
    # Evidence: whether a person's learning is in date (accounts/evidence.py).
    evidence.register(missing_learning)
