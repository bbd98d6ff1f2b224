"""Previews: what the preview component needs to show a post as each account would."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.urls import reverse

from pages.local_time import in_words
from platforms.contract import MediaKind
from publishing.captioning.reading import transcript
from publishing.composition import Composition, Part, Picture
from publishing.fitting import takes

_NAMED = re.compile(r"(?<![\w@./])@\w")


@dataclass(frozen=True, slots=True)
class Preview:
    """One account's preview; the fields are those of `components/preview.html`."""

    key: str
    """Tells it from the others on a page."""
    platform: str
    platform_name: str
    account: str
    handle: str
    text: str
    more: str
    """The rest of the text, which a reader has to ask for."""
    over: str
    title: str
    link: str
    media: list[dict[str, str]]
    when: str
    note: str
    advice: str
    """What the writer is told about this platform; empty where there is nothing to say."""


def previews_of(composition: Composition) -> list[Preview]:
    when = in_words(composition.publish_at) if composition.publish_at else ""
    return [
        _preview(composition, part, _media(composition, part), when) for part in composition.parts
    ]


def _media(composition: Composition, part: Part) -> list[dict[str, str]]:
    return [
        {
            "url": reverse("media_file", args=[used.file.pk]),
            "alt": used.alt_text,
            "kind": str(used.file.kind),
            **_spoken(part, used),
        }
        for used in composition.media
        if takes(part.platform, used.file.kind)
    ]


def _spoken(part: Part, used: Picture) -> dict[str, str]:
    """The captions of a video where the platform takes some: the empty text where there are none.

    A video without sound needs none.
    """
    if not part.platform.takes_captions or used.file.kind != MediaKind.VIDEO:
        return {}
    if used.captions is None:
        return {} if used.file.has_sound is False else {"captions": "", "language": ""}
    return {
        "captions": transcript(used.captions.text),
        "language": used.captions.get_language_display(),
    }


def counts_of(composition: Composition) -> list[dict[str, object]]:
    """How long the text is on each account, in words."""
    return [{"text": f"{part.account}: {count_of(part)}", "over": bool(part.too_long_by)}
            for part in composition.parts]  # fmt: skip


def count_of(part: Part) -> str:
    """For example "12 characters left" or "1 character too many"."""
    number = part.too_long_by or part.left
    noun = "character" if number == 1 else "characters"
    return f"{number:,} {noun} {'too many' if part.too_long_by else 'left'}"


def _preview(
    composition: Composition, part: Part, media: list[dict[str, str]], when: str
) -> Preview:
    text, over = _cut(part)
    text, more = _folded(part, text)
    return Preview(
        key=str(part.account.pk),
        platform=part.platform.key,
        platform_name=part.platform.name,
        account=part.account.name,
        handle=part.account.handle,
        text=text,
        more=more,
        over=over,
        title=composition.title if part.platform.limits.title is not None else "",
        link=part.link,
        media=media,
        when=when,
        note=count_of(part),
        advice=_advice(part),
    )


def _advice(part: Part) -> str:
    """What becomes of the names in the text, where the platform makes no links of them."""
    is_named = part.platform.names is None and _NAMED.search(part.text)
    return part.platform.about_names if is_named else ""


def _folded(part: Part, text: str) -> tuple[str, str]:
    """The text, parted between two words where the platform asks "See more"."""
    fold = part.platform.fold
    if fold is None:
        return text, ""
    lines = text.split("\n")
    at = len("\n".join(lines[: fold.lines])) if len(lines) > fold.lines else len(text)
    if at > fold.characters:
        space = text.rfind(" ", 0, fold.characters + 1)
        at = space if space > 0 else fold.characters
    return text[:at], text[at:]


def _cut(part: Part) -> tuple[str, str]:
    """The text as sent, parted where the platform would stop reading."""
    text, limits = part.as_sent, part.platform.limits
    if not part.too_long_by:
        return text, ""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if limits.count(text[:middle]) <= limits.text:
            low = middle
        else:
            high = middle - 1
    return text[:low], text[low:]
