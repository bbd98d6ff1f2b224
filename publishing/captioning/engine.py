"""The rounds of adding captions: what is due is a row, claimed with a lease, handed to a worker.

As with deliveries, the database is the schedule. A lease that ran out is tried again: before
anything is added, the platform is asked what is there.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from platforms.registry import PLATFORMS
from publishing.captioning.settling import SILENT, put_off
from publishing.delivery.circuit import open_circuits
from publishing.delivery.queueing import enqueue
from publishing.fitting import takes
from publishing.models import CaptionTrack, Delivery, DeliveryState, TrackState, VersionMedia

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
    """Hand out what is due now. Two at once do no harm: each row goes to one of them."""
    now = timezone.now()
    with transaction.atomic():
        _take_back(now)
        due = _claim(now)
    enqueue(ADD, due)


def _captions_of(delivery: Delivery) -> int | None:
    """Those of the video that its account was given."""
    for used in delivery.version.media.all():
        if used.captions_id and takes(delivery.account.platform_facts, used.file.kind):
            return used.captions_id
    return None


def _take_back(now: datetime) -> None:
    """Whoever had these is dead, or so slow that they count as dead."""
    silent = (
        CaptionTrack.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
        .filter(state=TrackState.SENDING, try_at__lte=now)
        .select_related("delivery__account")
        .order_by("pk")
    )
    for track in silent[: settings.SWEEP_AT_MOST]:
        put_off(track, SILENT, timedelta(0), now)


def _claim(now: datetime) -> list[int]:
    broken = open_circuits(now).filter(platform=OuterRef("delivery__account__platform"))
    due = (
        CaptionTrack.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
        .filter(state=TrackState.WAITING, try_at__lte=now)
        .exclude(Exists(broken))
        .order_by("try_at", "pk")
    )
    ids = list(due.values_list("pk", flat=True)[: settings.SWEEP_AT_MOST])
    until = now + timedelta(seconds=settings.LEASE_S)
    CaptionTrack.objects.filter(pk__in=ids).update(
        state=TrackState.SENDING, lease_until=until, try_at=until, tries=F("tries") + 1
    )
    return ids
