"""Every picture and video has words that stand in for it, and no platform cuts them off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from platforms.contract import MediaKind
from publishing.checks.finding import Check, Found, Source
from publishing.composition import Composition, Picture

SOURCE = Source(
    "The Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility "
    "Regulations 2018; WCAG 2.2, 1.1.1",
    "https://www.legislation.gov.uk/uksi/2018/952/contents",
)
LONGEST_KEPT = 1500


def check_alt_text(composition: Composition, now: datetime) -> Iterator[Found]:
    for number, picture in enumerate(composition.media, 1):
        yield from _check_one(composition, number, picture)


def _check_one(composition: Composition, number: int, picture: Picture) -> Iterator[Found]:
    kind = "video" if picture.file.kind == MediaKind.VIDEO else "picture"
    field = f"alt_{picture.file.pk}"
    if not picture.alt_text.strip():
        yield Found(f"Describe {kind} {number} for people who cannot see it", field=field)
        return
    # A platform that takes no alt text at all (0) is not given any; it stands on our record.
    limits = {
        part.platform.name: part.platform.limits.alt_text
        for part in composition.parts
        if part.platform.limits.alt_text
    }
    limits["the post"] = LONGEST_KEPT
    name, most = min(limits.items(), key=lambda limit: limit[1])
    over = len(picture.alt_text) - most
    if over > 0:
        yield Found(
            f"Shorten the alt text of {kind} {number} by {over} characters: {name} takes {most:,}",
            source=f"{name}: alt texts of at most {most:,} characters",
            field=field,
        )


CHECK = Check(
    key="alt_text",
    title="Every picture and video has alt text",
    find=check_alt_text,
    is_fixed=True,
    source=SOURCE,
)
