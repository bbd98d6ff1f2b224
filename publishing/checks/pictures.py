"""No platform is given more or larger pictures than it takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from platforms.contract import MediaKind
from publishing.checks.finding import Finding, blocking
from publishing.composition import Composition, Part, Picture


def check_pictures(composition: Composition, now: datetime) -> Iterator[Finding]:
    pictures = [used for used in composition.media if used.file.kind == MediaKind.PICTURE]
    for part in composition.parts:
        yield from _check_part(part, pictures)


def _check_part(part: Part, pictures: list[Picture]) -> Iterator[Finding]:
    limits, name = part.platform.limits, part.platform.name
    if len(pictures) > limits.pictures and not limits.needs_video:
        over = len(pictures) - limits.pictures
        yield blocking(
            f"Remove {over} {'picture' if over == 1 else 'pictures'} for {part.account}: "
            f"{name} takes {limits.pictures}",
            source=f"{name}: at most {limits.pictures} pictures",
            field="pictures",
        )
    for picture in pictures:
        if limits.pictures and picture.file.size > limits.picture_bytes:
            yield blocking(
                f"Make “{picture.file.original_name}” smaller for {part.account}: {name} takes "
                f"pictures of {limits.picture_bytes / 1_000_000:g} MB",
                source=f"{name}: pictures of at most {limits.picture_bytes:,} bytes",
                field="pictures",
            )
