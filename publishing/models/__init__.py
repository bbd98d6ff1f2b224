"""What is to be said, who approved it, and what became of it on each account."""

from publishing.models.approvals import Approval, Decision, Stage
from publishing.models.circuits import Circuit
from publishing.models.deliveries import (
    DELIVERY_TRANSITIONS,
    OPEN_DELIVERY_STATES,
    Attempt,
    AttemptOutcome,
    Delivery,
    DeliveryState,
)
from publishing.models.media import MediaFile
from publishing.models.posts import POST_TRANSITIONS, UNDECIDED, Draft, Post, PostState
from publishing.models.stops import Stop
from publishing.models.versions import Version, VersionMedia, VersionText

__all__ = [
    "DELIVERY_TRANSITIONS",
    "OPEN_DELIVERY_STATES",
    "POST_TRANSITIONS",
    "UNDECIDED",
    "Approval",
    "Attempt",
    "AttemptOutcome",
    "Circuit",
    "Decision",
    "Delivery",
    "DeliveryState",
    "Draft",
    "MediaFile",
    "Post",
    "PostState",
    "Stage",
    "Stop",
    "Version",
    "VersionMedia",
    "VersionText",
]
