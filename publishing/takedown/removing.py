"""Removing one delivery: keep what the platform holds, tell it to remove it, settle.

The claim came before (:mod:`publishing.takedown.engine`). No lock and no transaction is held while
the platform is asked.
"""

from __future__ import annotations

import logging
from typing import Any

from django.utils import timezone

from accounts.connection.adapters import connect
from audit.canonical import storable
from platforms.addresses import web_address
from platforms.contract import Adapter, Shown
from platforms.errors import OutcomeUnknown, PlatformError, Rejected
from platforms.registry import PLATFORMS
from publishing.delivery.errands import tell_circuit
from publishing.models import Delivery, Removal, RemovalState
from publishing.takedown.settling import Answer, settle

log = logging.getLogger(__name__)

SENT, PLATFORM, GONE = "sent", "platform", "gone"
"""Where a snapshot is from: what was sent stands in until the platform has said what it holds."""


def remove_delivery(removal_id: int) -> None:
    """Remove what a round has claimed; nothing happens if it is settled by now."""
    removal = (
        Removal.objects.select_related("delivery__account__credential")
        .filter(pk=removal_id, state=RemovalState.REMOVING)
        .first()
    )
    if removal is None:
        return
    answer = _call(removal)
    settle(removal.pk, removal.tries, answer)
    tell_circuit(removal.delivery.account.platform, answer)


def why_by_hand(delivery: Delivery) -> str:
    """Why no program can remove it; empty where one can."""
    name, facts = delivery.account.platform_name, PLATFORMS.get(delivery.account.platform)
    if facts is None or not facts.can_remove:
        return f"{name} does not let programs remove posts."
    if not delivery.remote_id:
        return f"We know where the post is, but not its number at {name}."
    return ""


def _call(removal: Removal) -> Answer:
    delivery = removal.delivery
    if not removal.snapshot:
        _keep(removal, _as_sent(delivery))
    try:
        if why := why_by_hand(delivery):
            return Rejected(why)
        adapter = connect(delivery.account)
        if removal.snapshot["source"] == SENT:
            _look(removal, adapter)
        return adapter.remove(delivery.remote_id)
    except PlatformError as error:
        return error
    except Exception:
        log.exception("Removing delivery %s failed in an unforeseen way.", delivery.pk)
        return OutcomeUnknown("Something unforeseen went wrong while it was being removed.")


def _look(removal: Removal, adapter: Adapter) -> None:
    """Keep what the platform shows. Taking it away is urgent: it does not wait for a look."""
    try:
        shown = adapter.look(removal.delivery.remote_id)
    except PlatformError as error:
        log.info("Removal %s could not be looked at before: %s", removal.pk, error.message)
        return
    if shown is None:
        _keep(removal, {**removal.snapshot, "source": GONE})
    else:
        _keep(removal, _as_shown(shown))


def _keep(removal: Removal, snapshot: dict[str, Any]) -> None:
    removal.snapshot, removal.snapshot_at = snapshot, timezone.now()
    removal.save(update_fields=["snapshot", "snapshot_at"])


def _as_shown(shown: Shown) -> dict[str, Any]:
    return {
        "source": PLATFORM,
        "text": storable(shown.text),
        "url": storable(web_address(shown.url)),
        "alt_texts": [storable(text) for text in shown.alt_texts],
        "figures": dict(shown.figures),
    }


def _as_sent(delivery: Delivery) -> dict[str, Any]:
    return {
        "source": SENT,
        "text": delivery.sent_text,
        "url": delivery.remote_url,
        "alt_texts": list(delivery.sent_alt_texts),
        "figures": {},
    }
