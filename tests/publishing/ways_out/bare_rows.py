"""What may leave, worked out from bare rows as the promise says it.

Nothing of `publishing.routes`, of the rights of people or of the gate is asked. It knows what its
tests use: no pictures, no campaigns, and words in which a name or a topic is written out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import (
    AccountGrant,
    CorporateGrant,
    RiskAssessment,
    ServiceArea,
    SocialAccount,
    User,
)
from publishing.models import (
    Absence,
    Approval,
    Delivery,
    ElectionPeriod,
    Emergency,
    Post,
    Route,
    RouteStage,
    Stop,
    Version,
    VersionMedia,
    VersionText,
)
from training.models import Acknowledgement, Completion, Course, PolicyVersion

Row = dict[str, Any]
LONDON = ZoneInfo("Europe/London")
ROLES_WITH = {
    "write": {"digital_team", "communications_officer", "duty_officer", "drafter", "approver"},
    "approval": {"communications_officer", "approver"},
    "second_check": {"communications_officer"},
    "election_check": {"monitoring_officer"},
    "emergency": {"duty_officer"},
}
"""Which roles, of the council or on the account, give the right to what."""


def why_not(delivery_id: int, now: datetime) -> str:
    """Why the delivery may not leave at that moment; empty where it may."""
    delivery = _row(Delivery.objects.all(), delivery_id)
    post = _row(Post.objects.all(), delivery["post_id"])
    version = _row(Version.objects.all(), delivery["version_id"])
    account = _row(SocialAccount.objects.all(), delivery["account_id"])
    if post["version_id"] != version["id"] or post["state"] not in ("approved", "scheduled"):
        return "it is not what is to go out"
    if now - delivery["due_at"] > timedelta(minutes=settings.MAX_LATENESS_MIN):
        return "it is too late"
    if any(_covers(stop, delivery, post, account) for stop in _stops_since(delivery["due_at"])):
        return "a stop holds it, or held it when its time came"
    for who in (post["author_id"], version["edited_by_id"]):
        if not holds(who, "write", account["id"], now):
            return "whoever wrote it may not write any more"
    if _is_let_go(version, account, now):
        return ""
    return _unapproved(version, post, account, now)


def is_approved_or_let_go(version_id: int) -> bool:
    """Whether the database should take a delivery of the version: by its own digest, as kept."""
    version = _row(Version.objects.all(), version_id)
    own = {_row(Post.objects.all(), version["post_id"])["author_id"], version["edited_by_id"]}
    approved = Approval.objects.filter(
        version=version_id, stage="approval", decision="approved", digest=version["digest"]
    )
    let_go = Emergency.objects.filter(version=version_id, digest=version["digest"])
    return approved.exclude(decided_by__in=own).exists() or let_go.exists()


def was_wrong(approval_id: int, now: datetime) -> str:
    """Why the approval that was given just now should have been refused; empty where it is well."""
    given = _row(Approval.objects.all(), approval_id)
    version = _row(Version.objects.all(), given["version_id"])
    post = _row(Post.objects.all(), version["post_id"])
    who, stage = given["decided_by_id"], given["stage"]
    accounts = list(VersionText.objects.filter(version=version["id"]).values("account_id"))
    rows = [_row(SocialAccount.objects.all(), each["account_id"]) for each in accounts]
    if who in (post["author_id"], version["edited_by_id"]):
        return "it is by somebody who wrote the post"
    if given["digest"] != digest(version):
        return "it is not for what the rows say"
    asked = [need for row in rows for need in needs(version, post, row, now) if need[0] == stage]
    if not all(holds(who, _right(stage, asked), row["id"], now) for row in rows):
        return "whoever gave it does not hold the right"
    named = sorted((place, route) for _, place, route in asked if route)
    return "" if not named or _is_named(who, named[0][1], rows, now) else "a route names others"


def needs(
    version: Row, post: Row, account: Row, now: datetime
) -> Iterator[tuple[str, int, int | None]]:
    """Each stage that something asks for on the account; with its place in the order of routes and
    the id of the route's stage, where that names somebody.
    """
    texts = VersionText.objects.filter(version=version["id"]).values_list("text", flat=True)
    said = "\n".join([version["title"], version["link"], version["text"], *texts]).lower()
    at = max(version["publish_at"] or now, now)
    score = _score(account["id"])
    yield "approval", 0, None
    if score >= settings.RISK_SECOND_CHECK_FROM:
        yield "second_check", 0, None
    for period in ElectionPeriod.objects.filter(cancelled_at=None):
        names = period.names.values_list("name", flat=True)
        if _runs(period, at) and any(name.lower() in said for name in names):
            yield "election_check", 0, None
    routes = Route.objects.filter(is_active=True).order_by("position", "id")
    for place, route in enumerate(routes, start=1):
        if _fits(route, said, post, account, score, at):
            for stage in route.stages.all():
                names_some = bool(stage.role) or stage.people.exists()
                yield stage.stage, place, stage.pk if names_some else None


def holds(who: int, right: str, account: int, now: datetime) -> bool:
    """Employed, with the role on that account or in the council, and with learning in date."""
    person, day = _row(User.objects.all(), who), _day(now)
    if not person["is_active"] or (person["employed_until"] and person["employed_until"] < day):
        return False
    if Course.objects.exclude(pk__in=_in_date(Completion, who, day, "course")).exists():
        return False
    if PolicyVersion.objects.exclude(pk__in=_in_date(Acknowledgement, who, day, "version")):
        return False
    return bool(roles_of(who, account, now) & ROLES_WITH[right])


def roles_of(who: int, account: int, now: datetime) -> set[str]:
    rows = [
        *CorporateGrant.objects.filter(user=who).values(),
        *AccountGrant.objects.filter(user=who, account=account).values(),
    ]
    return {row["role"] for row in rows if row["ended_at"] is None or row["ended_at"] > now}


def digest(version: Row) -> str:
    """By the document of `publishing.digest`, format 2."""
    assert not VersionMedia.objects.filter(version=version["id"]).exists()
    names = ("platform", "handle", "remote_id", "server_url")
    rows = VersionText.objects.filter(version=version["id"]).order_by("account_id")
    columns = ("account_id", "is_own", "text", *(f"account__{name}" for name in names))
    texts = [
        {
            "account": row["account_id"],
            "is_own": row["is_own"],
            "text": row["text"],
            **{name: row[f"account__{name}"] for name in names},
        }
        for row in rows.values(*columns)
    ]
    at = version["publish_at"]
    document = {
        **{name: version[name] for name in ("format", "link", "note", "number", "tags_link")},
        **{name: version[name] for name in ("text", "title")},
        "aim": None,
        "campaign": None,
        "media": [],
        "post": version["post_id"],
        "publish_at": at and at.astimezone(UTC).isoformat(timespec="microseconds"),
        "texts": texts,
    }
    written = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def _unapproved(version: Row, post: Row, account: Row, now: datetime) -> str:
    if not VersionText.objects.filter(version=version["id"], account=account["id"]).exists():
        return "nothing is approved for this account"
    exact = digest(version)
    given: dict[str, Any] = {
        row["stage"]: row["decided_by_id"]
        for row in Approval.objects.filter(version=version["id"], decision="approved").values()
        if row["digest"] == exact
    }
    if set(given.values()) & {post["author_id"], version["edited_by_id"]}:
        return "an approval is by somebody who wrote the post"
    if len(set(given.values())) < len(given):
        return "one person gave two stages"
    asked = list(needs(version, post, account, now))
    for stage in {need[0] for need in asked}:
        right = _right(stage, [need for need in asked if need[0] == stage])
        if stage not in given:
            return f"its {stage} is missing for these bytes"
        if not holds(given[stage], right, account["id"], now):
            return f"whoever gave its {stage} does not hold the right any more"
    return ""


def _is_let_go(version: Row, account: Row, now: datetime) -> bool:
    exact = digest(version)
    return any(
        row["digest"] == exact
        and row["outcome"] != "not_in_order"
        and holds(row["released_by_id"], "emergency", account["id"], now)
        for row in Emergency.objects.filter(version=version["id"]).values()
    )


def _right(stage: str, asked: list[tuple[str, int, int | None]]) -> str:
    """A route's own second check, for which it names people, is given with the right to approve."""
    by_risk = any(place == 0 for _, place, _ in asked)
    names_some = any(route for _, _, route in asked)
    return "approval" if stage == "second_check" and names_some and not by_risk else stage


def _is_named(who: int, stage_id: int, accounts: list[Row], now: datetime) -> bool:
    stage = RouteStage.objects.get(pk=stage_id)
    if stage.role:
        return all(stage.role in roles_of(who, row["id"], now) for row in accounts)
    named = set(stage.people.values_list("pk", flat=True))
    away = Absence.objects.filter(person__in=named, ended_at=None).values()
    covers = {r["cover_id"] for r in away if r["starts_on"] <= _day(now) <= r["ends_on"]}
    return who in named | covers


def _fits(route: Route, said: str, post: Row, account: Row, score: int, at: datetime) -> bool:
    accounts = set(route.accounts.values_list("pk", flat=True))
    areas = set(route.service_areas.values_list("pk", flat=True))
    words = [word for topic in route.topics.all() for word in topic.words.lower().splitlines()]
    own = {*_with_above(post["service_area_id"]), *_with_above(account["service_area_id"])}
    periods = ElectionPeriod.objects.filter(cancelled_at=None)
    return (
        (not accounts or account["id"] in accounts)
        and (not areas or bool(areas & own))
        and (not words or any(word in said for word in words))
        and (route.risk_from is None or score >= route.risk_from)
        and (
            not route.in_election
            or any(each.notice_on <= _day(at) <= each.poll_on for each in periods)
        )
    )


def _stops_since(moment: datetime) -> list[Stop]:
    """In force, or released when that moment had come."""
    return [each for each in Stop.objects.all() if not (each.released_at or moment) < moment]


def _covers(stop: Stop, delivery: Row, post: Row, account: Row) -> bool:
    if stop.allowed_accounts.filter(pk=account["id"]).exists():
        return False
    if stop.allowed_posts.filter(pk=post["id"]).exists():
        return False
    own = {*_with_above(post["service_area_id"]), *_with_above(account["service_area_id"])}
    return {
        "everything": True,
        "platform": stop.platform == account["platform"],
        "account": stop.account_id == account["id"],
        "service_area": stop.service_area_id in own,
    }[stop.scope]


def _with_above(area: int | None) -> Iterator[int]:
    while area:
        yield area
        area = ServiceArea.objects.filter(pk=area).values_list("parent", flat=True).get()


def _score(account: int) -> int:
    signed = RiskAssessment.objects.filter(account=account, signed_off_at__isnull=False)
    newest = signed.order_by("assessed_at", "pk").last()
    return newest.likelihood * newest.impact if newest else 0


def _runs(period: ElectionPeriod, at: datetime) -> bool:
    begins = datetime.combine(period.notice_on, time.min, LONDON)
    return begins <= at < datetime.combine(period.poll_on, time(22), LONDON)


def _in_date(kept: Any, who: int, day: date, of: str) -> QuerySet[Any]:
    rows = kept.objects.filter(user=who, expires_on__gte=day)
    found: QuerySet[Any] = rows.values_list(of, flat=True)
    return found


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def _row(rows: QuerySet[Any], pk: int) -> Row:
    return dict(rows.values().get(pk=pk))
