"""When a session is, in words; always London's time."""

from __future__ import annotations

from pages.local_time import LONDON, clock_in_words, in_words
from training.models import TrainingSession


def from_to(session: TrainingSession) -> str:
    """ "1 December 2026 at 10am to 11:30am"; the hour that comes twice is named."""
    begins, ends = in_words(session.starts_at), session.ends_at.astimezone(LONDON)
    if ends.date() == session.starts_at.astimezone(LONDON).date():
        return f"{begins} to {clock_in_words(ends)}"
    return f"{begins} to {in_words(ends)}"
