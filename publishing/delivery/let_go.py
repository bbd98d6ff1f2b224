"""What the gate asks about a version that was let go in an emergency, without an approval."""

from __future__ import annotations

from collections.abc import Collection

from publishing.delivery.locking import people_by_key
from publishing.delivery.prepared import Prepared
from publishing.models import AfterCheck, Emergency

NOT_IN_ORDER = "Somebody checked this emergency post afterwards, and it was not in order."


def emergencies_of(versions: Collection[int]) -> dict[int, Emergency]:
    """By version, each with the person who let it go. No query where there are no versions."""
    found = _emergencies_of(versions)
    people = people_by_key({emergency.released_by_id for emergency in found})
    for emergency in found:
        emergency.released_by = people[emergency.released_by_id]
    return {emergency.version_id: emergency for emergency in found}


def was_not_in_order(emergency: Emergency | None) -> bool:
    return emergency is not None and emergency.outcome == AfterCheck.NOT_IN_ORDER


_emergencies_of = Prepared(
    lambda versions: Emergency.objects.filter(version__in=versions).order_by()
)
