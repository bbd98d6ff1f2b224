"""Everything that the council has published in the story, the oldest first."""

from __future__ import annotations

from council_social.demonstration.earlier_posts import EARLIER
from council_social.demonstration.later_posts import LATER

PUBLISHED = (*EARLIER, *LATER)
"""Spread over four months by `story.py`."""
