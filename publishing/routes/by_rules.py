"""The council's own routes: which of them fit, and what they ask for.

A route fits where, on one account, every kind of condition that it sets holds; within a kind any
does. Each that fits adds its stages; where several name who decides at a stage, the first counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property

from django.utils import timezone

from accounts.models import ServiceArea
from publishing.delivery.prepared import Prepared
from publishing.elections.windows import Window, all_folded, goes_out_at, windows_from
from publishing.models import Promotion, PromotionState
from publishing.routes.asked import Asked
from publishing.routes.by_risk import score_of
from publishing.routes.needed import Need
from publishing.routes.rules import Rule, rules_in_force
from publishing.topics import topics_in


def needs(asked: Collection[Asked]) -> Iterator[tuple[Asked, Need]]:
    for each, place, rule in fitting(asked):
        for stage, who in rule.stages:
            yield each, Need(stage, f"the route “{rule.route}” asks for it", who, place)


def fitting(
    asked: Collection[Asked], rules: list[Rule] | None = None
) -> Iterator[tuple[Asked, int, Rule]]:
    """Each route in force, or of `rules`, that fits what is asked about, with its place in order.

    One query where no route is in force.
    """
    in_order = rules_in_force() if rules is None else rules
    facts = _Facts(asked)
    for place, rule in enumerate(in_order, start=1):
        for each in asked:
            if _fits(rule, each, facts):
                yield each, place, rule


def _fits(rule: Rule, asked: Asked, facts: _Facts) -> bool:
    route = rule.route
    return (
        (not rule.accounts or asked.account.pk in rule.accounts)
        and (route.risk_from is None or score_of(asked.account) >= route.risk_from)
        and (not rule.campaigns or asked.campaign_id in rule.campaigns)
        and (not rule.has_areas or facts.is_in_one_of(rule.paths, asked))
        and (not rule.has_topics or bool(topics_in(asked.words, rule.topics)))
        and (not route.is_paid or asked.post.pk in facts.paid)
        and (not route.in_election or facts.is_in_a_period(asked))
    )


class _Facts:
    """What some routes ask besides, asked once for all and only if one asks."""

    def __init__(self, asked: Collection[Asked]) -> None:
        self._asked = asked
        self._now = timezone.now()

    def is_in_one_of(self, paths: tuple[str, ...], asked: Asked) -> bool:
        """Whether the post, or the account, belongs to one of the areas or below it."""
        own = (asked.post.service_area_id, asked.account.service_area_id)
        return any(self._paths[pk].startswith(path) for pk in own if pk for path in paths)

    def is_in_a_period(self, asked: Asked) -> bool:
        """Whether it is to go out in a period, and one of some wards only is about it."""
        at, said = goes_out_at(asked.publish_at, self._now), all_folded(asked.texts)
        return any(
            window.covers(at) and window.is_about(said, {asked.account.pk})
            for window in self._windows
        )

    @cached_property
    def paid(self) -> set[int]:
        """Posts for which paid promotion is asked or agreed."""
        return {found.post_id for found in _promotions({each.post.pk for each in self._asked})}

    @cached_property
    def _paths(self) -> dict[int, str]:
        pairs = [(each.post.service_area_id, each.account.service_area_id) for each in self._asked]
        found = _areas({pk for pair in pairs for pk in pair if pk})
        return {pk: area.path or f"/{pk}/" for pk, area in found.items()}

    @cached_property
    def _windows(self) -> list[Window]:
        return windows_from(self._now)


_WANTED = (PromotionState.ASKED, PromotionState.AGREED)
_promotions = Prepared(
    lambda posts: Promotion.objects.filter(post__in=posts, state__in=_WANTED).order_by()
)
_areas = Prepared(lambda pks: ServiceArea.objects.filter(pk__in=pks).order_by()).by_key
