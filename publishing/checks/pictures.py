"""No platform is given more or larger pictures than it takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from platforms.contract import MediaKind
from publishing.checks.finding import Check, Found
from publishing.composition import Composition, Part, Picture


def check_pictures(composition: Composition, now: datetime) -> Iterator[Found]:
    pictures = [used for used in composition.media if used.file.kind == MediaKind.PICTURE]
    for part in composition.parts:
        yield from _check_part(part, pictures)


def _check_part(part: Part, pictures: list[Picture]) -> Iterator[Found]:
    limits, name = part.platform.limits, part.platform.name
    if len(pictures) > limits.pictures and not limits.needs_video:
        over = len(pictures) - limits.pictures
        yield Found(
            f"Remove {over} {'picture' if over == 1 else 'pictures'} for {part.account}: "
            f"{name} takes {limits.pictures}",
            source=f"{name}: at most {limits.pictures} pictures",
            field="pictures",
        )
    for picture in pictures:
        if limits.pictures and picture.file.size > limits.picture_bytes:
            yield Found(
                f"Make “{picture.file.original_name}” smaller for {part.account}: {name} takes "
                f"pictures of {limits.picture_bytes / 1_000_000:g} MB",
                source=f"{name}: pictures of at most {limits.picture_bytes:,} bytes",
                field="pictures",
            )


CHECK = Check(
    key="pictures", title="The pictures suit every account", find=check_pictures, is_fixed=True
)
