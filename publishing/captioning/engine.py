"""The rounds of adding captions: what went live with captions is taken up, and handed out."""

from __future__ import annotations

from django.conf import settings

from platforms.registry import PLATFORMS
from publishing.captioning.settling import SILENT, put_off
from publishing.delivery.errands import hand_out
from publishing.fitting import takes
from publishing.models import CaptionTrack, Delivery, DeliveryState, VersionMedia

ADD = "publishing.add_captions"


def caption() -> None:
    """One round: take up what went live with captions, and hand out what is due."""
    take_up()
    wake()


def take_up() -> None:
    """A track for each published delivery of a video with captions that has none yet.

    What follows from a delivery reads it and no more: it can never unsettle it.
    """
    captioned = VersionMedia.objects.filter(captions__isnull=False)
    platforms = [key for key, platform in PLATFORMS.items() if platform.takes_captions]
    live = Delivery.objects.filter(
        state=DeliveryState.PUBLISHED,
        version__in=captioned.order_by().values("version"),
        account__platform__in=platforms,
        caption_track__isnull=True,
        removal__isnull=True,
    )
    found = live.select_related("account").prefetch_related("version__media__file").order_by("pk")
    tracks = [
        CaptionTrack(delivery=delivery, captions_id=captions_id)
        for delivery in found[: settings.SWEEP_AT_MOST]
        if (captions_id := _captions_of(delivery))
    ]
    # Of two rounds at once, the second finds what the first has made.
    CaptionTrack.objects.bulk_create(tracks, ignore_conflicts=True)


def wake() -> None:
    """Hand out the captions that are to be added now. What is there already is looked for first."""
    hand_out(CaptionTrack, task=ADD, put_off=put_off, silent=SILENT)


def _captions_of(delivery: Delivery) -> int | None:
    """Those of the video that its account was given."""
    for used in delivery.version.media.all():
        if used.captions_id and takes(delivery.account.platform_facts, used.file.kind):
            return used.captions_id
    return None
