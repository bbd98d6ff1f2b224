"""Versions: making one from a composition, and saying how two differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from accounts.models import User
from pages.differences import Change, Piece, replaced, words_changed
from pages.local_time import in_words
from publishing.captioning.reading import transcript
from publishing.composition import Composition, Part, Picture, composition_of
from publishing.digest import FORMAT, digest_of
from publishing.models import Captions, Post, Version, VersionMedia, VersionText

AS_SOON_AS_APPROVED = "As soon as it is approved"


def make_version(post: Post, composition: Composition, *, edited_by: User) -> Version:
    """A new version of the locked `post`, with its digest; the post points to it.

    Call it inside the transaction of an action, after the checks: the rows are never changed again.
    The post itself is not saved.
    """
    newest = post.versions.order_by("-number").values_list("number", flat=True).first()
    version = Version(
        post=post,
        number=(newest or 0) + 1,
        edited_by=edited_by,
        title=composition.heading[:100] or f"Post {post.pk}",
        text=composition.text,
        link=composition.link,
        tags_link=composition.tags is not None,
        campaign_id=composition.campaign_id,
        campaign_name=composition.campaign,
        aim_id=composition.aim_id,
        aim_name=composition.aim,
        note=composition.note,
        format=FORMAT,
        publish_at=composition.publish_at,
    )
    version.save()
    VersionText.objects.bulk_create(
        VersionText(version=version, account=part.account, text=part.text, is_own=part.is_own)
        for part in composition.parts
    )
    VersionMedia.objects.bulk_create(
        VersionMedia(
            version=version,
            file=used.file,
            position=position,
            alt_text=used.alt_text,
            captions=used.captions,
        )
        for position, used in enumerate(composition.media, 1)
    )
    version.digest = digest_of(version)
    version.save(update_fields=["digest"])
    post.version = version
    post.title = version.title
    post.publish_at = version.publish_at
    return version


@dataclass(frozen=True, slots=True)
class Difference:
    """What is different about one thing; `pieces` read in a row show the old and the new."""

    what: str
    pieces: tuple[Piece, ...]


def differences(old: Version, new: Version) -> list[Difference]:
    """Everything that a reader of `old` has to know about `new`; empty where nothing differs."""
    return list(_differences(composition_of(old), composition_of(new)))


def _differences(old: Composition, new: Composition) -> Iterator[Difference]:
    for what, before, after in (
        ("Title", old.heading, new.heading),
        *_texts(old, new),
        ("Link", old.link, new.link),
        ("Campaign tags on the link", _tags(old), _tags(new)),
        ("Campaign", old.campaign, new.campaign),
        ("Strategic aim", old.aim, new.aim),
        ("Note for whoever decides", old.note, new.note),
    ):
        if before != after:
            yield Difference(what, words_changed(before, after))
    if _when(old) != _when(new):
        yield Difference("Goes out", replaced(_when(old), _when(new)))
    if pieces := _list_changed(_names(old.parts), _names(new.parts)):
        yield Difference("Accounts", pieces)
    yield from _media(old.media, new.media)


def _tags(composition: Composition) -> str:
    return "Added" if composition.tags else "Not added"


def _texts(old: Composition, new: Composition) -> Iterator[tuple[str, str, str]]:
    """The text of each account in both, and once the text that several share."""
    before, after = _text_by_account(old.parts), _text_by_account(new.parts)
    both = [name for name in after if name in before]
    shared = {(before[name], after[name]) for name in both}
    if len(shared) == 1 and both:
        yield ("Text", *shared.pop())
        return
    for name in both:
        yield f"Text for {name}", before[name], after[name]


def _text_by_account(parts: tuple[Part, ...]) -> dict[str, str]:
    return {str(part.account): part.text for part in parts}


def _names(parts: tuple[Part, ...]) -> list[str]:
    return [str(part.account) for part in parts]


def _when(composition: Composition) -> str:
    return in_words(composition.publish_at) if composition.publish_at else AS_SOON_AS_APPROVED


def _list_changed(old: list[str], new: list[str]) -> tuple[Piece, ...]:
    removed = [Piece(Change.REMOVED, name) for name in old if name not in new]
    return (*removed, *(Piece(Change.ADDED, name) for name in new if name not in old))


def _media(old: tuple[Picture, ...], new: tuple[Picture, ...]) -> Iterator[Difference]:
    before = {used.file.digest: used for used in old}
    after = {used.file.digest: used for used in new}
    gone = [Piece(Change.REMOVED, _named(used)) for d, used in before.items() if d not in after]
    come = [Piece(Change.ADDED, _named(used)) for d, used in after.items() if d not in before]
    if gone or come:
        yield Difference("Pictures and videos", (*gone, *come))
    elif list(before) != list(after):
        order = [" → ".join(used.file.original_name for used in them) for them in (old, new)]
        yield Difference("Order of the pictures", replaced(*order))
    for digest in (digest for digest in after if digest in before):
        if before[digest].alt_text != after[digest].alt_text:
            yield Difference(
                f"Alt text of {after[digest].file.original_name}",
                words_changed(before[digest].alt_text, after[digest].alt_text),
            )
        spoken = _spoken(before[digest].captions), _spoken(after[digest].captions)
        if spoken[0] != spoken[1]:
            name = after[digest].file.original_name
            yield Difference(f"Captions of {name}", words_changed(*spoken))


def _spoken(captions: Captions | None) -> str:
    """The language, then each caption with its times; empty where there are none."""
    if captions is None:
        return ""
    return f"{captions.get_language_display()}\n{transcript(captions.text)}"


def _named(used: Picture) -> str:
    captions = f". Captions: {_spoken(used.captions)}" if used.captions else ""
    return f"{used.file.original_name} ({used.alt_text}){captions}"
