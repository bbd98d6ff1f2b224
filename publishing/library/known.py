"""What is known of stored bytes: one item for each digest, wherever they were uploaded."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from accounts.models import User
from publishing.drafts import Attached, Content
from publishing.models import MediaFile, MediaItem


def known_of(digests: Iterable[str]) -> dict[str, MediaItem]:
    """The items of these bytes with their consents, by digest: two queries; none for no digests."""
    wanted = set(digests)
    if not wanted:
        return {}
    items = MediaItem.objects.filter(digest__in=wanted).order_by()
    items = items.select_related("captions").prefetch_related("consents")
    return {item.digest: item for item in items}


def meet(media: MediaFile, *, by: User) -> tuple[MediaItem, bool]:
    """The item of the file's bytes, and whether it is new: what nobody uploaded before."""
    return MediaItem.objects.get_or_create(
        digest=media.digest,
        defaults={"file": media, "title": media.original_name, "added_by": by},
    )


def with_known_alt_texts(content: Content, added: Collection[int]) -> Content:
    """`content`, where files that were just added and have no alt text get what is known."""
    wanted = {a.media_id for a in content.media if a.media_id in added and not a.alt_text}
    files = MediaFile.objects.in_bulk(wanted) if wanted else {}
    known = known_of(file.digest for file in files.values())
    for pk, file in files.items():
        if file.digest in known:
            content = content.with_alt_text(pk, known[file.digest].alt_text)
    return content


def unknown_alt_texts(used: Iterable[Attached]) -> dict[str, str]:
    """Of files with an alt text whose item has none yet: the text, by digest."""
    texts = {attached.media_id: attached.alt_text for attached in used if attached.alt_text}
    files = MediaFile.objects.in_bulk(texts) if texts else {}
    known = known_of(file.digest for file in files.values())
    return {
        file.digest: texts[pk]
        for pk, file in files.items()
        if file.digest in known and not known[file.digest].alt_text
    }
