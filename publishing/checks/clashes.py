"""Another post goes out on the same account at about the same time: each takes from the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pages.local_time import in_words
from publishing.checks.finding import Check, Found, Severity
from publishing.checks.language.said import shortened
from publishing.clashes import CLOSE, near
from publishing.composition import Composition


def check_clashes(composition: Composition, now: datetime) -> Iterator[Found]:
    if composition.publish_at is None or not composition.parts:
        return
    accounts = [part.account.pk for part in composition.parts]
    for post in near(composition.publish_at, accounts, but=composition.post_id):
        yield Found(
            f"“{shortened(str(post))}” goes out on one of these accounts within "
            f"{CLOSE.seconds // 60} minutes: on {in_words(post.due_at)}",
            about=f"post {post.pk}",
            field="publish_time",
        )


CHECK = Check(
    key="clashes",
    title="No other post goes out at about that time",
    find=check_clashes,
    severity=Severity.NOTE,
)
