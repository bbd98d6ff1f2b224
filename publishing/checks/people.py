"""People in pictures are shown only for a reason that holds when the post goes out; licences too.

The gate asks the same again at the moment of sending: `publishing.library.grounds`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from platforms.contract import MediaKind
from publishing.checks.finding import Check, Found, Source
from publishing.composition import Composition, Picture
from publishing.library.grounds import obstacles_to_showing
from publishing.library.known import known_of
from publishing.models import MediaItem

SOURCE = Source(
    "UK GDPR, Article 6(1); Data Protection Act 2018; the Information Commissioner’s guidance on"
    " pictures of people",
    "https://www.legislation.gov.uk/eur/2016/679/article/6",
)


def check_people(composition: Composition, now: datetime) -> Iterator[Found]:
    """Two queries where there are pictures; none for a post of text."""
    day = day_out(composition, now)
    for name, picture, item in pictures_known(composition):
        for obstacle in obstacles_to_showing(item, day):
            yield Found(
                f"{name}: {obstacle.what}. {obstacle.do}",
                source=obstacle.law,
                field=f"people_{picture.file.pk}",
            )


def pictures_known(
    composition: Composition,
) -> Iterator[tuple[str, Picture, MediaItem | None]]:
    """Each picture with the name that messages give it, and what is known of its bytes."""
    known = known_of(picture.file.digest for picture in composition.media)
    for number, picture in enumerate(composition.media, 1):
        kind = "Video" if picture.file.kind == MediaKind.VIDEO else "Picture"
        yield f"{kind} {number}", picture, known.get(picture.file.digest)


def day_out(composition: Composition, now: datetime) -> date:
    """The day in London on which it goes out, as far as that is known."""
    return timezone.localdate(max(composition.publish_at or now, now))


CHECK = Check(
    key="people",
    title="Everybody who is shown may be shown",
    find=check_people,
    is_fixed=True,
    source=SOURCE,
)
