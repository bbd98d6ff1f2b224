"""Stages that nobody can give: said where a route is kept."""

from __future__ import annotations

from accounts.models import SocialAccount
from publishing.approvers import could_give
from publishing.models import Route, Stage
from publishing.routes.needed import Need, Needed, together
from publishing.routes.rules import rule_of


def gaps_in(route: Route) -> list[str]:
    """A sentence for each stage that nobody can give on one of the route's accounts.

    A route for every account is looked at on the first hundred by name.
    """
    rule = rule_of(route)
    live = SocialAccount.objects.exclude(state="closed").order_by("name")
    accounts = list(live.filter(pk__in=rule.accounts) if rule.accounts else live[:100])
    needs = [Need(stage, "", who) for stage, who in rule.stages if who]
    asked = [needed for needed in together(needs) if needed.who]
    return [said for needed in asked if (said := _gap(needed, accounts))]


def _gap(needed: Needed, accounts: list[SocialAccount]) -> str:
    without = [each for each in accounts if not could_give(needed, [each]).exists()]
    if not without:
        return ""
    where = "any account" if len(without) == len(accounts) else str(without[0])
    what = "approval" if needed.stage is Stage.APPROVAL else "second check"
    return f"Nobody whom this route names can give the {what} on {where}."
