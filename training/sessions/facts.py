"""What is said of a session when it is planned or changed, and what cannot be said."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import ServiceArea, User
from training.models import Course, OpenTo, TrainingSession


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """As the model has them; a refusal names the field of the form."""

    title: str
    starts_at: datetime
    ends_at: datetime
    closes_at: datetime
    places: int
    place: str = ""
    online_link: str = ""
    about: str = ""
    notes: str = ""
    course: Course | None = None
    trainer: User | None = None
    trainer_name: str = ""
    open_to: str = OpenTo.EVERYBODY
    corporate_role: str = ""
    service_area: ServiceArea | None = None

    def by_name(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self)}


TOLD = ("starts_at", "ends_at", "place", "online_link")
"""What everybody is told of when it changes."""
SHOWN = (*TOLD, "title", "about", "notes")
"""What stands in people’s calendars."""


def refuse_what_cannot_be(facts: SessionFacts, session: TrainingSession | None = None) -> None:
    """Raise ValidationError for times in the past or the wrong way round, and for gaps."""
    wrong: dict[str, str] = {}
    moved = session is None or session.starts_at != facts.starts_at
    if moved and facts.starts_at <= timezone.now():
        wrong["day"] = "The session must start in the future."
    if facts.ends_at <= facts.starts_at:
        wrong["ends"] = "The session must end after it starts."
    if facts.closes_at > facts.starts_at:
        wrong["closes_on"] = "Booking must close before the session starts."
    if not facts.place and not facts.online_link:
        wrong["place"] = "Enter a place, or a link if it is online."
    if facts.trainer and facts.trainer_name:
        wrong["trainer_name"] = "Choose a colleague or enter a name, not both."
    if facts.places < 1:
        wrong["places"] = "There must be at least one place."
    wrong |= _audience(facts)
    if wrong:
        raise ValidationError(wrong)


def _audience(facts: SessionFacts) -> dict[str, str]:
    is_role = facts.open_to == OpenTo.CORPORATE_ROLE
    is_area = facts.open_to == OpenTo.SERVICE_AREA
    if is_role and not facts.corporate_role:
        return {"corporate_role": "Choose the role whose holders may book."}
    if is_area and facts.service_area is None:
        return {"service_area": "Choose the service area whose people may book."}
    if (facts.corporate_role and not is_role) or (facts.service_area and not is_area):
        return {"open_to": "Say who may book: everybody, a role, or a service area."}
    return {}


def changed(session: TrainingSession, facts: SessionFacts) -> list[str]:
    """The names of what is different now."""
    return [name for name, value in facts.by_name().items() if getattr(session, name) != value]
