"""The reckoning: for each delivery, what the platform holds against what we say."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from platforms.registry import PLATFORMS
from platforms.sandbox.remote import Control
from publishing.models import Attempt, Delivery, DeliveryState
from tools.storm.people import copies

ENDED = (DeliveryState.PUBLISHED, DeliveryState.REJECTED, DeliveryState.CANCELLED)
COLUMNS = ("published", "rejected", "cancelled", "asks a person", "stuck")


@dataclass
class Reckoning:
    """`by_platform` counts outcomes and copies; the three lists must be empty."""

    by_platform: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    twice: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        return bool(self.twice or self.lost or self.stuck)

    def table(self) -> str:
        head = ["platform", "deliveries", *COLUMNS, "copies", "attempts"]
        rows = [
            [PLATFORMS[key].name, *(str(counts[name]) for name in head[1:])]
            for key, counts in sorted(self.by_platform.items())
        ]
        total = sum(self.by_platform.values(), Counter())
        rows.append(["all", *(str(total[name]) for name in head[1:])])
        widths = [max(len(row[n]) for row in [head, *rows]) for n in range(len(head))]
        lines = [
            "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
            for row in [head, *rows]
        ]
        lines.append("")
        for name in ("twice", "lost", "stuck"):
            found: list[str] = getattr(self, name)
            lines += [f"{len(found)} {name}", *(f"    {each}" for each in found[:20])]
        return "\n".join(lines)


def reckon(control: Control) -> Reckoning:
    """Compare every delivery with the sandbox, which has no faults by now."""
    reckoning = Reckoning()
    for delivery in Delivery.objects.select_related("account", "version").order_by("pk"):
        _count(reckoning, delivery, copies(control, delivery))
    return reckoning


def _count(reckoning: Reckoning, delivery: Delivery, found: int) -> None:
    state, name = DeliveryState(delivery.state), f"{delivery.pk}: {delivery} ({delivery.state})"
    counts = reckoning.by_platform[delivery.account.platform]
    counts["deliveries"] += 1
    counts["copies"] += found
    counts["attempts"] += Attempt.objects.filter(delivery=delivery).count()
    if state in ENDED:
        counts[state.value] += 1
    elif delivery.asks_person:
        counts["asks a person"] += 1
    else:
        counts["stuck"] += 1
        reckoning.stuck.append(f"{name}: {delivery.reason}")
    if found > 1:
        reckoning.twice.append(f"{name}: {found} copies")
    elif found == 1 and state in (DeliveryState.REJECTED, DeliveryState.CANCELLED):
        reckoning.twice.append(f"{name}: said not to be out, but is")
    elif found == 0 and state == DeliveryState.PUBLISHED:
        reckoning.lost.append(f"{name}: said to be out, but is not")
