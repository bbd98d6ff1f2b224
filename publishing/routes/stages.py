"""Which stages posts need, which they have, and which they wait for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from publishing.models import UNDECIDED, Approval, Decision, Post, PostState, Stage, Version
from publishing.routes.asked import Asked, asked_about
from publishing.routes.needed import ORDER, RIGHT_FOR, Need, Needed, together
from publishing.routes.sources import SOURCES

GOING_OUT = frozenset({PostState.APPROVED, PostState.SCHEDULED})


def needed_on(asked: Sequence[Asked]) -> list[tuple[Needed, ...]]:
    """What each needs by itself, in the same order: a version on one of its accounts.

    A constant number of queries.
    """
    needs = _needs(asked)
    return [together(needs[id(each)]) for each in asked]


def needed_together(asked: Collection[Asked]) -> tuple[Needed, ...]:
    """What one version, or draft, needs on all of its accounts together."""
    return together([need for needs in _needs(asked).values() for need in needs])


def needed_for_all(versions: Collection[Version]) -> dict[int, tuple[Needed, ...]]:
    """What each version needs today, in order, by its id: everything that one of its accounts asks
    for. A constant number of queries.
    """
    asked = asked_about(versions)
    needs = _needs([each for several in asked.values() for each in several])
    return {
        pk: together([need for each in several for need in needs[id(each)]])
        for pk, several in asked.items()
    }


def needed_for(version: Version) -> tuple[Needed, ...]:
    """What the version needs today, in order."""
    return needed_for_all([version])[version.pk]


def needed_at(version: Version, stage: Stage) -> Needed:
    """This stage of the version's route; where that has none, with the stage's own right."""
    others = (each for each in needed_for(version) if each.stage is stage)
    return next(others, Needed(stage, RIGHT_FOR[stage]))


def stages_for(version: Version) -> tuple[Stage, ...]:
    return tuple(needed.stage for needed in needed_for(version))


def missing(needed: Iterable[Needed], given: Collection[str]) -> Needed | None:
    """The first stage that is not among those given."""
    return next((each for each in needed if each.stage not in given), None)


def awaited(post: Post) -> Needed | None:
    """The decision that the newest version of `post` waits for, and who may take it.

    A post that is on its way waits for one where its route was raised since it was approved: until
    then the gate holds it.
    """
    return awaited_by_all([post]).get(post.pk)


def stage_awaited(post: Post) -> Stage | None:
    """The stage of `awaited`."""
    needed = awaited(post)
    return needed.stage if needed else None


def awaited_by_all(posts: Collection[Post]) -> dict[int, Needed]:
    """`awaited` for several, by the post's id; without those that wait for nothing.

    A constant number of queries.
    """
    open_ = [post for post in posts if post.state in UNDECIDED or post.state in GOING_OUT]
    versions = [post.version for post in open_ if post.version is not None]
    needed = needed_for_all(versions)
    given = _given(versions)
    found = {
        post.pk: _first_missing(post, needed[post.version_id], given[post.version_id])
        for post in open_
        if post.version_id in needed
    }
    return {pk: each for pk, each in found.items() if each}


def _first_missing(post: Post, needed: tuple[Needed, ...], given: set[str]) -> Needed | None:
    if post.state == PostState.AWAITING_APPROVAL:
        return needed[0]
    if post.state in GOING_OUT and Stage.APPROVAL not in given:
        # It was let go in an emergency: its check comes afterwards, and is no stage.
        return None
    # What came further without an approval is not given one afterwards: the gate refuses it.
    given = given | {Stage.APPROVAL}
    first = missing(needed, given)
    if first or post.state != PostState.SECOND_CHECK:
        return first
    # What it was put here for is not asked any more. Somebody still has to let it go.
    return next((Needed(each, RIGHT_FOR[each]) for each in ORDER if each not in given), None)


def _given(versions: Collection[Version]) -> dict[int | None, set[str]]:
    """By version, the stages at which it was approved."""
    rows = Approval.objects.filter(version__in=versions, decision=Decision.APPROVED).order_by()
    found: dict[int | None, set[str]] = defaultdict(set)
    for version, stage in rows.values_list("version_id", "stage"):
        found[version].add(stage)
    return found


def _needs(asked: Collection[Asked]) -> dict[int, list[Need]]:
    """What every source says of each, by its identity."""
    found: dict[int, list[Need]] = defaultdict(list)
    for source in SOURCES:
        for each, need in source(asked):
            found[id(each)].append(need)
    return found
