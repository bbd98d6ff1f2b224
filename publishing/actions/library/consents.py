"""Recording why somebody may be shown, and renewing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.catalogue import Event
from audit.record import record
from publishing.actions.library.describing import lock_item
from publishing.errors import Conflict, NotAllowed, Refused
from publishing.library.rights import may_change_consent
from publishing.models import Consent, MediaItem, People

WHO_MAY = "Only who recorded it, or who keeps the media library, can change it."


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why one person, or one group, may be shown.

    `reference` says where the form or the decision is kept; `expires_on` is the last day on which
    it counts.
    """

    who: str
    legal_basis: str
    reference: str
    given_on: date
    expires_on: date | None = None
    is_child: bool = False
    parent_reference: str = ""

    def refuse_unless_whole(self) -> None:
        """Raises Refused for what cannot be a ground."""
        if self.is_child and not self.parent_reference:
            raise Refused(
                "A child needs a parent’s consent: enter its reference", "parent_reference"
            )
        if self.given_on > timezone.localdate():
            raise Refused("This day is in the future: enter the day it was given", "given_on")
        if self.expires_on and self.expires_on < self.given_on:
            raise Refused("It cannot end before it was given", "expires_on")


@transaction.atomic
def record_consent(*, item_id: int, grounds: Grounds, by: User) -> Consent:
    """Add grounds for showing somebody in the item; people are shown in it from now on.

    The same again is harmless. Raises Refused, and NotAllowed for an item that `by` does not see.
    """
    grounds.refuse_unless_whole()
    item = lock_item(item_id)
    if not MediaItem.objects.visible_to(by).filter(pk=item_id).exists():
        raise NotAllowed("You do not have this picture.")
    consent, is_new = item.consents.get_or_create(
        **_facts(grounds), withdrawn_at=None, defaults={"recorded_by": by}
    )
    if not is_new:
        return consent
    before = {"people": item.people}
    if item.people != People.SHOWN:
        item.people, item.changed_at = People.SHOWN, timezone.now()
        item.save(update_fields=["people", "changed_at"])
    after = {**_plain(grounds), "people": item.people}
    record(Event.CONSENT_RECORDED, by=by, on=consent, before=before, after=after)
    return consent


@transaction.atomic
def change_consent(*, consent_id: int, grounds: Grounds, by: User) -> Consent:
    """Renew grounds, or put right what was recorded. What is withdrawn stays withdrawn.

    Raises Refused, Conflict once it is withdrawn, and NotAllowed.
    """
    grounds.refuse_unless_whole()
    consent = lock_consent(consent_id)
    if not may_change_consent(by, consent):
        raise NotAllowed(WHO_MAY)
    if consent.withdrawn_at:
        raise Conflict("It was withdrawn, and that stays. Use another picture.")
    before = _plain(grounds_of(consent))
    if grounds == grounds_of(consent):
        return consent
    for name, value in _facts(grounds).items():
        setattr(consent, name, value)
    consent.save()
    record(Event.CONSENT_CHANGED, by=by, on=consent, before=before, after=_plain(grounds))
    return consent


def lock_consent(pk: int) -> Consent:
    """The consent with its item, both locked. Raises Consent.DoesNotExist.

    The item is locked first, as everybody does; posts come before both.
    """
    item = lock_item(Consent.objects.values_list("item", flat=True).get(pk=pk))
    consent = Consent.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    consent.item = item
    return consent


def grounds_of(consent: Consent) -> Grounds:
    return Grounds(**{name: getattr(consent, name) for name in Grounds.__slots__})


def _facts(grounds: Grounds) -> dict[str, object]:
    return asdict(grounds)


def _plain(grounds: Grounds) -> Mapping[str, str]:
    return {name: "" if value is None else str(value) for name, value in _facts(grounds).items()}
