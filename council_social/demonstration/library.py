"""The media library: a dozen pictures that everybody may use; in two of them people are shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from council_social.demonstration.words import Picture
from council_social.demonstration.writing import file_of
from publishing.actions.library.consents import Grounds, record_consent
from publishing.actions.library.describing import FACTS, describe, state_of
from publishing.actions.library.uploading import add_to_library
from publishing.actions.library.withdrawing import withdraw_consent
from publishing.models import LegalBasis, Licence, MediaItem, People

ADDED_DAYS_AGO = 60


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is shown; `ends_in_days` counts from the end of the story."""

    who: str
    reference: str
    ends_in_days: int | None = None
    parent: str = ""
    is_withdrawn: bool = False


RECORDED_DAYS_AGO = 45


@dataclass(frozen=True, slots=True)
class Kept:
    """One picture of the library."""

    picture: Picture
    by: str
    keywords: str
    facts: dict[str, Any] = field(default_factory=dict)
    people: tuple[Person, ...] = ()


def _kept(
    scene: str, title: str, below: str, by: str, keywords: str, *people: Person, **facts: Any
) -> Kept:
    alt_text = f"A drawing with the words: {title}. {below}."
    return Kept(Picture(scene, title, below, alt_text), by, keywords, facts, people)


LIBRARY = (
    _kept(
        "books", "Rhyme time with Maya", "Weald Library", "priya.shah", "children reading",
        Person("Maya, with the red book", "CF/2041", 200, parent="CF/2041-P"),
        Person("Maya’s grandfather", "CF/2042", 21),
    ),
    _kept(
        "park", "Volunteers on Quarry Hill", "Tree planting", "nadia.farouk", "trees volunteers",
        Person("The volunteer with the spade", "CF/1987", is_withdrawn=True),
    ),
    _kept("books", "A shelf of new novels", "For any library post", "priya.shah", "books shelf"),
    _kept("books", "Warm, quiet and free", "Our six libraries", "ben.carter", "books warm winter"),
    _kept("park", "Riverside Park in spring", "The lake path", "nadia.farouk", "park spring lake"),
    _kept("bins", "Three bins on a pavement", "Grey, blue, brown", "sam.osei", "bins recycling"),
    _kept("bins", "What goes in the brown bin", "Leaves and grass", "sam.osei", "bins garden"),
    _kept("road", "Cones on a closed road", "For roadworks", "ewa.nowak", "roads cones closed"),
    _kept("rain", "Rain over the lower Weald", "Flood alerts", "yusuf.demir", "flood rain river"),
    _kept(
        "homes", "A row of houses", "Housing and council tax", "jo.whitaker", "houses homes",
        licence=Licence.BOUGHT, source="Order 88213", credit="Picture: Weald Pictures",
    ),
    _kept("hall", "The town hall", "Meetings and budgets", "david.brandt", "town hall council"),
    _kept(
        "hall", "The town hall in 1890", "From the archive", "david.brandt", "history old",
        licence=Licence.PUBLIC_DOMAIN, source="Wealdmoor Archive",
    ),
)  # fmt: skip


def tell_of_library(story: Story, cast: Cast) -> None:
    for number, kept in enumerate(LIBRARY):
        story.at(story.day(ADDED_DAYS_AGO - number, "10:00"), partial(_add, kept, cast))
    for kept in LIBRARY:
        for person in kept.people:
            story.at(story.day(RECORDED_DAYS_AGO, "14:00"), partial(_record, kept, person, cast))


def _add(kept: Kept, cast: Cast) -> None:
    by = cast.people[kept.by]
    item, _ = add_to_library(file=file_of(kept.picture), by=by)
    facts = {
        **{name: getattr(item, name) for name in FACTS},
        "title": kept.picture.headline,
        "alt_text": kept.picture.alt_text,
        "keywords": kept.keywords,
        "licence": Licence.COUNCIL,
        "people": People.SHOWN if kept.people else People.NONE,
        "service_area": by.service_area,
        **kept.facts,
    }
    describe(item_id=item.pk, facts=facts, seen=state_of(item), by=by)


def _record(kept: Kept, person: Person, cast: Cast) -> None:
    by = cast.people[kept.by]
    today = timezone.localdate()
    ends = person.ends_in_days
    consent = record_consent(
        item_id=MediaItem.objects.get(title=kept.picture.headline).pk,
        grounds=Grounds(
            who=person.who,
            legal_basis=LegalBasis.CONSENT,
            reference=person.reference,
            given_on=today,
            expires_on=today + timedelta(days=RECORDED_DAYS_AGO + ends) if ends else None,
            is_child=bool(person.parent),
            parent_reference=person.parent,
        ),
        by=by,
    )
    if person.is_withdrawn:
        withdraw_consent(consent_id=consent.pk, reason="He asked us to, by e-mail.", by=by)
