"""Recording that what a rationalisation decided is carried out."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import Fate, RationalisationDecision, SocialAccount, User
from audit.catalogue import Event
from audit.record import record


def note_closed(account: SocialAccount, *, by: User | None) -> None:
    """To merge or to close an account is done once it is closed; its row is locked."""
    waiting = account.rationalisations.select_for_update(of=("self",)).filter(
        fate__in=(Fate.MERGE, Fate.CLOSE), done_at__isnull=True
    )
    for decision in waiting.select_related("account", "round").order_by("pk"):
        put_done(decision, by=by)


def put_done(decision: RationalisationDecision, *, by: User | None) -> None:
    """Change and record it; who may, and whether it is, is for the caller to ask."""
    decision.done_at = timezone.now()
    decision.save(update_fields=["done_at"])
    facts = {"round": decision.round.name, "fate": decision.get_fate_display().lower()}
    record(Event.RATIONALISATION_DONE, by=by, on=decision.account, after=facts)
