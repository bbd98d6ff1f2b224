"""What is to be said, who approved it, and what became of it on each account."""

from publishing.models.approvals import Approval, Decision, Stage
from publishing.models.campaigns import Campaign
from publishing.models.caption_tracks import TRACK_TRANSITIONS, CaptionTrack, TrackState
from publishing.models.circuits import Circuit
from publishing.models.comments import Comment, CommentMention
from publishing.models.deliveries import (
    DELIVERY_TRANSITIONS,
    OPEN_DELIVERY_STATES,
    Attempt,
    AttemptOutcome,
    Delivery,
    DeliveryState,
)
from publishing.models.elections import (
    ElectionName,
    ElectionPeriod,
    ElectionReview,
    NameKind,
    Nation,
    NonWorkingDay,
    PollKind,
    ReviewOutcome,
    Ward,
)
from publishing.models.emergencies import AfterCheck, Emergency
from publishing.models.imports import ImportedPost, PostImport
from publishing.models.library import (
    Captions,
    Consent,
    Language,
    LegalBasis,
    Licence,
    MediaItem,
    People,
)
from publishing.models.media import MediaFile
from publishing.models.planning import CalendarFeed, ContentPlan
from publishing.models.posts import POST_TRANSITIONS, UNDECIDED, Draft, Post, PostState
from publishing.models.promotions import PROMOTION_TRANSITIONS, Promotion, PromotionState
from publishing.models.routes import Absence, Nudge, NudgeKind, Route, RouteStage
from publishing.models.rules import (
    CheckSetting,
    LinkLook,
    LinkOutcome,
    Topic,
    WordRule,
    WordRuleKind,
)
from publishing.models.series import SERIES_TRANSITIONS, Frequency, Series, SeriesState
from publishing.models.starting_points import PostTemplate, Snippet
from publishing.models.stops import Stop, StopScope
from publishing.models.takedowns import (
    REMOVAL_TRANSITIONS,
    Removal,
    RemovalState,
    Takedown,
    TakedownReason,
)
from publishing.models.versions import Version, VersionFinding, VersionMedia, VersionText

__all__ = [
    "DELIVERY_TRANSITIONS",
    "OPEN_DELIVERY_STATES",
    "POST_TRANSITIONS",
    "PROMOTION_TRANSITIONS",
    "REMOVAL_TRANSITIONS",
    "SERIES_TRANSITIONS",
    "TRACK_TRANSITIONS",
    "UNDECIDED",
    "Absence",
    "AfterCheck",
    "Approval",
    "Attempt",
    "AttemptOutcome",
    "CalendarFeed",
    "Campaign",
    "CaptionTrack",
    "Captions",
    "CheckSetting",
    "Circuit",
    "Comment",
    "CommentMention",
    "Consent",
    "ContentPlan",
    "Decision",
    "Delivery",
    "DeliveryState",
    "Draft",
    "ElectionName",
    "ElectionPeriod",
    "ElectionReview",
    "Emergency",
    "Frequency",
    "ImportedPost",
    "Language",
    "LegalBasis",
    "Licence",
    "LinkLook",
    "LinkOutcome",
    "MediaFile",
    "MediaItem",
    "NameKind",
    "Nation",
    "NonWorkingDay",
    "Nudge",
    "NudgeKind",
    "People",
    "PollKind",
    "Post",
    "PostImport",
    "PostState",
    "PostTemplate",
    "Promotion",
    "PromotionState",
    "Removal",
    "RemovalState",
    "ReviewOutcome",
    "Route",
    "RouteStage",
    "Series",
    "SeriesState",
    "Snippet",
    "Stage",
    "Stop",
    "StopScope",
    "Takedown",
    "TakedownReason",
    "Topic",
    "TrackState",
    "Version",
    "VersionFinding",
    "VersionMedia",
    "VersionText",
    "Ward",
    "WordRule",
    "WordRuleKind",
]
