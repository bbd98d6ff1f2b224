"""What is asked of the media library. The picture is the author’s, in a draft; it is not shared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from publishing.actions.attaching import attach
from publishing.actions.library.describing import state_of
from publishing.models import Consent, MediaItem
from tests.gates.small_council import Council
from tests.publishing.captioning.making import SRT, film
from tests.publishing.library.recording import consented, item_of
from tests.publishing.making import picture, upload

Body = dict[str, Any]


def _item(council: Council) -> MediaItem:
    return item_of(council.media)


def _video(council: Council) -> MediaItem:
    draft, author = council.posts["draft"], council.people["author"]
    return item_of(attach(post_id=draft.pk, file=upload(film(), "film.mp4"), by=author))


def _consent(council: Council) -> Consent:
    return consented(council.media, council.people["author"])


def _grounds(council: Council, about: str) -> Body:
    return {
        "who": "The librarian",
        "legal_basis": "consent",
        "reference": "CF/1",
        "given_on": timezone.localdate().strftime("%d/%m/%Y"),
    }


def _facts(council: Council, about: str) -> Body:
    return {"title": "Night", "people": "none", "seen": state_of(_item(council))}


PLACES: dict[str, Callable[[Council, str], list[Any]]] = {
    **dict.fromkeys(
        (
            "library_item",
            "library_change",
            "library_share",
            "library_take_out",
            "library_file",
            "library_thumbnail",
            "consent_new",
        ),
        lambda council, about: [_item(council).pk],
    ),
    **dict.fromkeys(
        ("library_captions", "library_uncaption"), lambda council, about: [_video(council).pk]
    ),
    **dict.fromkeys(
        ("consent_change", "consent_withdraw"), lambda council, about: [_consent(council).pk]
    ),
    "post_library": lambda council, about: [council.posts[about].pk],
}
BODIES: dict[str, Callable[[Council, str], Body]] = {
    "library_new": lambda council, about: {"pictures": upload(picture())},
    "library_change": _facts,
    "library_captions": lambda council, about: {
        "file": upload(SRT.encode(), "film.srt"),
        "language": "en-GB",
    },
    "consent_new": _grounds,
    "consent_change": _grounds,
    "consent_withdraw": lambda council, about: {"reason": "She asked us to."},
    "post_library": lambda council, about: {
        "items": [_item(council).pk],
        "revision": council.posts[about].draft.revision,
    },
}
