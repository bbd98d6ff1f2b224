"""The rounds of removing. A stop does not hold a removal: it takes away. An open circuit does."""

from __future__ import annotations

from publishing.delivery.errands import hand_out
from publishing.models import Removal
from publishing.takedown.settling import SILENT, put_off

REMOVE = "publishing.remove_delivery"


def wake() -> None:
    """Hand out what is to be removed now. Removing twice is harmless."""
    hand_out(Removal, task=REMOVE, put_off=put_off, silent=SILENT)
