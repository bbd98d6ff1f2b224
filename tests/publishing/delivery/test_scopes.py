"""What each scope of a stop holds: asked of the claim, of the gate, and of the stop itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as runs
from hypothesis import strategies as st

from accounts.actions.service_areas import add_service_area
from accounts.models import ServiceArea, SocialAccount, User
from publishing.delivery.claim import claim_due
from publishing.delivery.gate import Way, examine_all
from publishing.delivery.locking import lock_deliveries
from publishing.delivery.stopping import Scope
from publishing.models import Delivery, Post, Stop, StopScope
from tests.factories import digital_officer
from tests.publishing.delivery.factories import connected_account, waiting
from tests.publishing.delivery.stops import stopped

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Town:
    """Two platforms, two accounts on each, in areas one of which is below another."""

    areas: dict[str, ServiceArea]
    accounts: dict[str, SocialAccount]
    deliveries: dict[str, Delivery]
    officer: User

    def held_at_the_claim(self) -> set[str]:
        with transaction.atomic():
            claimed = claim_due(timezone.now())
            transaction.set_rollback(True)
        return {name for name, each in self.deliveries.items() if each.pk not in claimed}

    def held_at_the_gate(self) -> set[str]:
        with transaction.atomic():
            locked = lock_deliveries([each.pk for each in self.deliveries.values()])
            verdicts = examine_all(locked, timezone.now())
        ways = {name: verdicts[each.pk].way for name, each in self.deliveries.items()}
        assert set(ways.values()) <= {Way.SEND, Way.HOLD}
        return {name for name, way in ways.items() if way is Way.HOLD}

    def held_by_themselves(self) -> set[str]:
        stops = list(Stop.objects.in_force())
        rows = Delivery.objects.select_related("account__service_area", "post__service_area")
        return {
            name
            for name, each in self.deliveries.items()
            if any(stop.holds(rows.get(pk=each.pk)) for stop in stops)
        }


@pytest.fixture
def town(db: None) -> Town:
    leisure = add_service_area(by=None, name="Leisure")
    areas = {
        "leisure": leisure,
        "libraries": add_service_area(by=None, name="Libraries", parent=leisure),
        "highways": add_service_area(by=None, name="Highways"),
    }
    accounts = {
        "x of leisure": connected_account("x", service_area=areas["leisure"]),
        "x of libraries": connected_account("x", service_area=areas["libraries"]),
        "facebook of libraries": connected_account("facebook", service_area=areas["libraries"]),
        "facebook of highways": connected_account("facebook", service_area=areas["highways"]),
    }
    deliveries = {name: waiting(account) for name, account in accounts.items()}
    # On an account of one area, about the work of another.
    post = deliveries["facebook of highways"].post
    Post.objects.filter(pk=post.pk).update(service_area=areas["libraries"])
    return Town(areas, accounts, deliveries, digital_officer())


ALL = {"x of leisure", "x of libraries", "facebook of libraries", "facebook of highways"}
X = {"x of leisure", "x of libraries"}
HELD = [
    ("everything", {}, ALL),
    ("platform", {"platform": "x"}, X),
    ("account", {"account": "x of libraries"}, {"x of libraries"}),
    ("service_area", {"service_area": "leisure"}, ALL),
    ("service_area", {"service_area": "libraries"}, ALL - {"x of leisure"}),
    ("service_area", {"service_area": "highways"}, {"facebook of highways"}),
    ("everything", {"allowed_accounts": ["x of leisure"]}, ALL - {"x of leisure"}),
    ("platform", {"platform": "x", "allowed_posts": ["x of libraries"]}, {"x of leisure"}),
    ("platform", {"platform": "x", "allowed_accounts": ["facebook of highways"]}, X),
]


def scope_of(town: Town, kind: str, named: dict[str, Any]) -> Scope:
    found = dict(named)
    if "account" in named:
        found["account"] = town.accounts[named["account"]]
    if "service_area" in named:
        found["service_area"] = town.areas[named["service_area"]]
    allowed = named.get("allowed_accounts", [])
    posts = named.get("allowed_posts", [])
    found["allowed_accounts"] = [town.accounts[name] for name in allowed]
    found["allowed_posts"] = [town.deliveries[name].post for name in posts]
    return Scope(kind=StopScope(kind), **found)


@pytest.mark.parametrize(("kind", "named", "held"), HELD)
def test_a_scope_holds_what_it_says(
    town: Town, kind: str, named: dict[str, Any], held: set[str]
) -> None:
    stopped(scope_of(town, kind, named))
    assert town.held_at_the_claim() == held
    assert town.held_at_the_gate() == held
    assert town.held_by_themselves() == held


def test_an_area_that_was_never_put_in_its_place_holds_no_others(town: Town) -> None:
    adrift = ServiceArea.objects.create(name="Adrift")
    stopped(Scope(kind=StopScope.SERVICE_AREA, service_area=adrift))
    assert town.held_at_the_claim() == town.held_at_the_gate() == set()


names = st.sampled_from(sorted(ALL))
scopes: st.SearchStrategy[tuple[str, dict[str, str]]] = st.one_of(
    st.just(("everything", {})),
    st.sampled_from(["x", "facebook"]).map(lambda name: ("platform", {"platform": name})),
    names.map(lambda name: ("account", {"account": name})),
    st.sampled_from(["leisure", "libraries", "highways"]).map(
        lambda name: ("service_area", {"service_area": name})
    ),
)
AREA_OF = {
    "x of leisure": {"leisure"},
    "x of libraries": {"leisure", "libraries"},
    "facebook of libraries": {"leisure", "libraries"},
    "facebook of highways": {"leisure", "libraries", "highways"},
}
"""With those above: of the account, and of the post."""


def expected(kind: str, named: dict[str, str], accounts: list[str], posts: list[str]) -> set[str]:
    """What such a stop holds, reckoned from the words alone."""
    if kind == "platform":
        held = {name for name in ALL if name.startswith(named["platform"])}
    elif kind == "account":
        held = {named["account"]}
    elif kind == "service_area":
        held = {name for name in ALL if named["service_area"] in AREA_OF[name]}
    else:
        held = set(ALL)
    return held - set(accounts) - set(posts)


@runs(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    several=st.lists(
        st.tuples(scopes, st.lists(names, max_size=2), st.lists(names, max_size=2)),
        max_size=4,
        unique_by=lambda each: str(each[0]),
    )
)
def test_nothing_under_a_stop_in_force_passes_the_gate(
    town: Town,
    several: list[tuple[tuple[str, dict[str, str]], list[str], list[str]]],
) -> None:
    held: set[str] = set()
    with transaction.atomic():
        for (kind, named), accounts, posts in several:
            scope = scope_of(
                town, kind, {**named, "allowed_accounts": accounts, "allowed_posts": posts}
            )
            stopped(scope, by=town.officer)
            held |= expected(kind, named, accounts, posts)
        assert town.held_at_the_gate() == held
        assert town.held_at_the_claim() == held
        transaction.set_rollback(True)
