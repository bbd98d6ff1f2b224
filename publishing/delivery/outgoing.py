"""What leaves for one account: built from the approved version's rows and files, byte for byte."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage

from accounts.models import SocialAccount
from platforms.contract import Media, MediaKind, Outgoing
from platforms.registry import PLATFORMS
from publishing.delivery.locking import accounts_by_key
from publishing.delivery.prepared import Prepared, keep_related
from publishing.fitting import takes
from publishing.models import (
    Campaign,
    Captions,
    Delivery,
    MediaFile,
    Version,
    VersionMedia,
    VersionText,
)
from publishing.wording import as_sent, link_on, tags_of

CHUNK = 1_000_000


class BytesChanged(Exception):
    """A stored file is not, byte for byte, what was approved."""


def load_content(*versions: Version, accounts: Mapping[int, SocialAccount] | None = None) -> None:
    """Read the versions' texts and pictures, once, and the accounts that are not `accounts`.

    Campaigns and captions too, where there are any.
    """
    _load_texts(versions, accounts or {})
    _load_media(versions)
    _load_campaigns(versions)


def _load_texts(versions: Collection[Version], known: Mapping[int, SocialAccount]) -> None:
    texts = _texts_of({version.pk for version in versions})
    others = {text.account_id for text in texts} - set(known)
    accounts = {**known, **accounts_by_key(others)}
    found = defaultdict(list)
    for text in sorted(texts, key=lambda text: (accounts[text.account_id].name, text.account_id)):
        text.account = accounts[text.account_id]
        found[text.version_id].append(text)
    for version in versions:
        keep_related(version, "texts", found[version.pk], VersionText)


def _load_media(versions: Collection[Version]) -> None:
    media = _media_of({version.pk for version in versions})
    files = _files({used.file_id for used in media})
    captions = _captions({used.captions_id for used in media if used.captions_id})
    found = defaultdict(list)
    for used in media:
        used.file = files[used.file_id]
        used.captions = captions[used.captions_id] if used.captions_id else None
        found[used.version_id].append(used)
    for version in versions:
        keep_related(version, "media", found[version.pk], VersionMedia)


def _load_campaigns(versions: Collection[Version]) -> None:
    campaigns = _campaigns({version.campaign_id for version in versions if version.campaign_id})
    for version in versions:
        version.campaign = campaigns[version.campaign_id] if version.campaign_id else None


_texts_of = Prepared(lambda versions: VersionText.objects.filter(version__in=versions).order_by())
_media_of = Prepared(
    lambda versions: VersionMedia.objects.filter(version__in=versions).order_by("position")
)
_files = Prepared(lambda pks: MediaFile.objects.filter(pk__in=pks).order_by()).by_key
_captions = Prepared(lambda pks: Captions.objects.filter(pk__in=pks).order_by()).by_key
_campaigns = Prepared(lambda pks: Campaign.objects.filter(pk__in=pks).order_by()).by_key


def own_text(delivery: Delivery) -> str | None:
    """What the delivery's account is to say; None where the version does not name the account."""
    for text in delivery.version.texts.all():
        if text.account_id == delivery.account_id:
            return text.text
    return None


def outgoing_of(delivery: Delivery, key: UUID, first_tried_at: datetime) -> Outgoing:
    """What the adapter is given. `load_content` came before. Raises BytesChanged."""
    version = delivery.version
    platform = PLATFORMS[delivery.account.platform]
    text = own_text(delivery)
    tags = tags_of(version)
    if text is None:
        raise BytesChanged("The approved version is not for this account.")
    return Outgoing(
        key=str(key),
        title=version.title,
        text=as_sent(platform, text, version.link, tags),
        link=link_on(platform, version.link, tags),
        media=tuple(
            _media(used) for used in version.media.all() if takes(platform, used.file.kind)
        ),
        first_tried_at=first_tried_at,
    )


def check_bytes(version: Version) -> None:
    """Compare every stored file with its digest, in pieces. Raises BytesChanged."""
    for used in version.media.all():
        digest = hashlib.sha256()
        try:
            with _opened(used.file) as stored:
                while piece := stored.read(CHUNK):
                    digest.update(piece)
        except FileNotFoundError:
            raise BytesChanged(f"The file {used.file} is missing.") from None
        if digest.hexdigest() != used.file.digest:
            raise BytesChanged(f"The file {used.file} is not the one that was approved.")


def _media(used: VersionMedia) -> Media:
    kept = used.file
    return Media(
        kind=MediaKind(kept.kind),
        content_type=kept.content_type,
        file_name=str(kept.file.name).rpartition("/")[2],
        alt_text=used.alt_text,
        digest=kept.digest,
        read=partial(_read, kept),
    )


def _opened(kept: MediaFile) -> File:
    """A file of one's own: threads of a worker share rows, and a row holds one open file only."""
    return default_storage.open(str(kept.file.name), "rb")


def _read(kept: MediaFile) -> bytes:
    """The bytes of a file, compared once more: nothing else can be handed to a platform."""
    with _opened(kept) as stored:
        data: bytes = stored.read()
    if hashlib.sha256(data).hexdigest() != kept.digest:
        raise BytesChanged(f"The file {kept} is not the one that was approved.")
    return data
