"""A period before a poll: what touches the election is checked by the Monitoring Officer."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils import timezone

from publishing.elections.windows import all_folded, goes_out_at, windows_from
from publishing.models import Stage
from publishing.routes.asked import Asked
from publishing.routes.needed import Need


def needs(asked: Collection[Asked]) -> Iterator[tuple[Asked, Need]]:
    """What is to go out in a period and speaks of a name, or a topic, of it.

    One query; five where a period is coming or running.
    """
    now = timezone.now()
    windows = windows_from(now) if asked else []
    for each in asked:
        at = goes_out_at(each.publish_at, now)
        for window in windows:
            if window.covers(at):
                said = all_folded(each.texts)
                for touched in window.touched_by(said, {each.account.pk}):
                    yield each, Need(Stage.ELECTION_CHECK, touched.because, is_firm=True)
