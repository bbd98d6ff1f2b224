"""A video with sound has captions, wherever the platform takes them.

WCAG 2.2 asks for them of recorded video with sound (1.2.2). What nobody says or sings needs none:
then the author answers so. Captions that a platform makes by itself are often wrong, and do not
count.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from platforms.contract import MediaKind
from publishing.checks.finding import Check, Found, Severity, Source
from publishing.composition import Composition
from publishing.fitting import takes

SOURCE = Source(
    "The Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility "
    "Regulations 2018; WCAG 2.2, 1.2.2",
    "https://www.w3.org/TR/WCAG22/#captions-prerecorded",
)


def check_captions(composition: Composition, now: datetime) -> Iterator[Found]:
    names = sorted(
        {
            part.platform.name
            for part in composition.parts
            if part.platform.takes_captions and takes(part.platform, MediaKind.VIDEO)
        }
    )
    if not names:
        return
    for number, used in enumerate(composition.media, 1):
        is_silent = used.file.kind != MediaKind.VIDEO or used.file.has_sound is False
        if is_silent or used.captions is not None:
            continue
        yield Found(
            f"Add captions to video {number} for {' and '.join(names)}, or say why it needs none: "
            "people who cannot hear it need them",
            about=used.file.digest,
            field=f"captions_{used.file.pk}",
        )


CHECK = Check(
    key="captions",
    title="Videos with sound have captions",
    find=check_captions,
    severity=Severity.ADVISORY,
    source=SOURCE,
)
