"""A rationalisation as its pages read it: which accounts it is about, and how far it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Prefetch, Q, QuerySet

from accounts.models import Fate, RationalisationDecision, RationalisationRound, SocialAccount, User
from accounts.risk.reviews import IN_USE

FATE_COLOURS = {Fate.KEEP: "green", Fate.FIX: "yellow", Fate.MERGE: "purple", Fate.CLOSE: "red"}
UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Progress:
    """How many accounts a round is about, and what was decided of them."""

    area: str
    accounts: int
    keep: int
    fix: int
    merge: int
    close: int
    done: int

    @property
    def decided(self) -> int:
        return self.keep + self.fix + self.merge + self.close

    @property
    def undecided(self) -> int:
        return self.accounts - self.decided

    @property
    def by_fate(self) -> list[tuple[str, int]]:
        numbers = (self.keep, self.fix, self.merge, self.close, self.undecided)
        return list(zip([*Fate.labels, "Not decided"], numbers, strict=True))


def accounts_of(round_: RationalisationRound) -> QuerySet[Any]:
    """Every account in use, and those that it decided on; once it has ended, only the latter.

    Each row has `fate`, which is None while nobody has decided, and `done_at`.
    """
    of_it = Q(rationalisations__round=round_)
    rows = SocialAccount.objects.annotate(
        decision=FilteredRelation("rationalisations", condition=of_it),
        fate=F("decision__fate"),
        done_at=F("decision__done_at"),
    )
    decided = Q(fate__isnull=False)
    return rows.filter(decided if round_.closed_at else decided | Q(state__in=IN_USE))


def with_decisions(rows: QuerySet[Any], round_: RationalisationRound) -> QuerySet[Any]:
    """Each row with its decision, or nothing, in the list `decided`. One query more."""
    of_it = RationalisationDecision.objects.filter(round=round_).select_related("merge_into", "by")
    return rows.prefetch_related(Prefetch("rationalisations", queryset=of_it, to_attr="decided"))


def progress_by_area(round_: RationalisationRound) -> list[Progress]:
    """How far the round is in each service area, by name. One query."""
    rows = accounts_of(round_).values(area=F("service_area__name"))
    numbers = {fate.value: Count("pk", filter=Q(fate=fate)) for fate in Fate}
    done = Count("pk", filter=Q(done_at__isnull=False))
    counted = rows.annotate(accounts=Count("pk"), done=done, **numbers).order_by("area")
    return [Progress(**row) for row in counted]


def in_all(areas: Iterable[Progress]) -> Progress:
    """The sum of the areas."""
    each = list(areas)
    names = ("accounts", *Fate.values, "done")
    return Progress("", **{name: sum(getattr(one, name) for one in each) for name in names})


def undecided_in_open_rounds() -> QuerySet[SocialAccount]:
    """Accounts in use that some round which is open has not decided on."""
    decision = RationalisationDecision.objects.filter(
        round=OuterRef("pk"), account=OuterRef(OuterRef("pk"))
    )
    waits = RationalisationRound.objects.filter(~Exists(decision), closed_at__isnull=True)
    return SocialAccount.objects.filter(Exists(waits), state__in=IN_USE)


def to_be_done_by(person: User) -> QuerySet[RationalisationDecision]:
    """What was decided of the accounts that `person` answers for, and is not carried out."""
    theirs = SocialAccount.objects.answered_for_by(person)
    return RationalisationDecision.objects.filter(account__in=theirs, done_at__isnull=True)


def decisions_on(account: SocialAccount) -> QuerySet[RationalisationDecision]:
    """For the account's page: what the newest rounds decided, the newest first."""
    made = account.rationalisations.select_related("round", "merge_into", "by")
    return made.order_by("-round__opened_at", "-pk")


def token_of(decision: RationalisationDecision | None) -> str:
    """Changes with every decision: how a page that stood open for long is recognised."""
    return decision.at.isoformat() if decision else "none"
