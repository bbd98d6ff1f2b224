"""The council’s social accounts, and what there is to tell of each. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What there is to say about an account besides its state."""

    WELL = "well"
    OVERDUE = "overdue"
    """Live, but its risk assessment is due for review."""
    EXPIRED = "expired"
    """Live, but the platform does not accept its sign-in any more."""
    SUSPENDED = "suspended"
    DORMANT = "dormant"
    REQUESTED = "requested"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Account:
    """`drafters` and `approvers` are people's keys; `talk` is its share of what residents say.

    `signed_in_ago` is how many days ago somebody signed in at the platform to connect it; 0 for one
    that is connected with keys.
    """

    key: str
    platform: str
    handle: str
    name: str
    area: str
    owner: str
    deputy: str
    purpose: str
    drafters: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()
    followers: int = 1000
    monthly_growth: float = 0.01
    talk: int = 1
    kind: Kind = Kind.WELL
    signed_in_ago: int = 0


ACCOUNTS: tuple[Account, ...] = (
    Account(
        "council-x", "x", "WealdmoorDC", "Wealdmoor Council", "Communications", "ana.lewis",
        "david.brandt", "News and warnings for the whole district", ("yusuf.demir", "ewa.nowak"),
        followers=18_400, monthly_growth=0.008, talk=24,
    ),
    Account(
        "council-facebook", "facebook", "WealdmoorCouncil", "Wealdmoor District Council",
        "Communications", "ana.lewis", "sian.morgan", "News, services and conversation",
        ("yusuf.demir", "kelly.adams", "dev.patel"), followers=24_900, monthly_growth=0.021,
        talk=30, signed_in_ago=20,
    ),
    Account(
        "libraries-x", "x", "WealdmoorLibs", "Wealdmoor Libraries", "Libraries", "grace.holloway",
        "ben.carter", "Opening hours, events and reading", ("priya.shah", "ben.carter",
        "lucy.marsh"), ("grace.holloway",), followers=6_250, monthly_growth=0.012, talk=6,
    ),
    Account(
        "libraries-facebook", "facebook", "WealdmoorLibraries", "Wealdmoor Libraries", "Libraries",
        "grace.holloway", "ben.carter", "Events for families and reading groups",
        ("priya.shah", "ben.carter"), ("grace.holloway",), followers=8_720, monthly_growth=0.026,
        talk=9,
    ),
    Account(
        "libraries-youtube", "youtube", "WealdmoorLibraries", "Wealdmoor Libraries", "Libraries",
        "grace.holloway", "ben.carter", "Story times and local history talks",
        ("priya.shah", "ben.carter"), ("grace.holloway",), followers=640, monthly_growth=0.03,
        talk=2,
    ),
    Account(
        "roads-x", "x", "WealdmoorRoads", "Wealdmoor Roads", "Highways", "martin.hale", "ewa.nowak",
        "Closures, works and gritting", ("ewa.nowak",), ("martin.hale",), followers=4_380,
        monthly_growth=0.01, talk=12,
    ),
    Account(
        "recycling-facebook", "facebook", "RecycleWealdmoor", "Recycle for Wealdmoor",
        "Waste and recycling", "kelly.adams", "sam.osei", "Collections and what goes in which bin",
        ("sam.osei", "peter.vance"), ("kelly.adams",), followers=5_110, monthly_growth=0.018,
        talk=13, signed_in_ago=84,
    ),
    Account(
        "youth-facebook", "facebook", "YoungWealdmoor", "Young Wealdmoor", "Leisure and parks",
        "isaac.webb", "nadia.farouk", "The youth council, in its own words", ("nadia.farouk",),
        followers=420, monthly_growth=0.03, talk=1,
    ),
    Account(
        "parks-facebook", "facebook", "WealdmoorParks", "Wealdmoor Parks", "Leisure and parks",
        "isaac.webb", "nadia.farouk", "Walks, wildlife and events", ("nadia.farouk",),
        followers=3_460, monthly_growth=0.015, talk=6, kind=Kind.OVERDUE,
    ),
    Account(
        "housing-x", "x", "WealdmoorHomes", "Wealdmoor Homes", "Housing", "colin.frost",
        "jo.whitaker", "News for council tenants", ("jo.whitaker",), followers=1_320,
        monthly_growth=0.004, talk=3, kind=Kind.EXPIRED,
    ),
    Account(
        "leisure-x", "x", "WealdmoorActive", "Wealdmoor Leisure Centre", "Leisure and parks",
        "isaac.webb", "nadia.farouk", "Classes and opening hours of the leisure centre",
        followers=980, monthly_growth=-0.003, talk=1, kind=Kind.SUSPENDED,
    ),
    Account(
        "planning-youtube", "youtube", "WealdmoorPlanning", "Wealdmoor Planning", "Planning",
        "helen.moss", "rob.tandy", "Planning committee films", ("rob.tandy",), followers=95,
        monthly_growth=-0.002, talk=0, kind=Kind.DORMANT,
    ),
    Account(
        "safety-x", "x", "SaferWealdmoor", "Safer Wealdmoor Partnership", "Community safety",
        "colin.frost", "dev.patel", "The police run it with us; we watch it", followers=2_880,
        monthly_growth=0.006, talk=2, kind=Kind.PARTNER,
    ),
    Account(
        "museum-facebook", "facebook", "WealdmoorMuseum", "Wealdmoor Museum", "Leisure and parks",
        "nadia.farouk", "isaac.webb", "What is on in the museum and its new gallery",
        followers=0, talk=0, kind=Kind.REQUESTED,
    ),
)  # fmt: skip

BY_KEY = {account.key: account for account in ACCOUNTS}
