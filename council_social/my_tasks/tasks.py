"""My tasks: everything that waits for one person, each with a link to where it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db.models import QuerySet

from accounts.models import User
from council_social.my_tasks import (
    accounts,
    conversations,
    elections,
    learning,
    library,
    planning,
    policies,
    posts,
    promotions,
    requests,
    sessions,
    stops,
)
from council_social.my_tasks.task import Task, Told
from pages.counts import glances


def tasks_for(user: User) -> list[Task]:
    """What waits for `user`, the urgent first; nothing that they may not do."""
    tasks = _told([task for source in _SOURCES for task in source(user)])
    return sorted(tasks, key=lambda task: not task.urgent)


def _told(tasks: list[Task | Told]) -> Iterator[Task]:
    """Those of which there is something, with its number. One query."""
    rows = [(n, each.count, each.fields) for n, each in enumerate(tasks)]
    seen = glances({n: (count, fields) for n, count, fields in rows if isinstance(count, QuerySet)})
    for n, task in enumerate(tasks):
        if n in seen:
            if seen[n].count:
                yield task.told(seen[n].count, *seen[n].first)
        elif isinstance(task, Task) and task.count:
            yield task


_SOURCES: tuple[Callable[[User], Iterator[Task | Told]], ...] = (
    stops.to_release,
    posts.to_approve,
    posts.emergencies_to_check,
    posts.asked_to_look_at,
    posts.to_check_again,
    posts.is_it_live,
    posts.to_remove_by_hand,
    posts.captions_to_add,
    posts.missed_slots,
    posts.returned,
    posts.failed,
    posts.drafts,
    elections.to_check,
    elections.to_review,
    promotions.budgets,
    promotions.words,
    promotions.to_record,
    library.consents,
    accounts.reviews,
    accounts.to_sign_off,
    accounts.assessments_returned,
    accounts.in_retrospect,
    accounts.to_decide,
    accounts.to_carry_out,
    accounts.connections,
    accounts.access_to_confirm,
    accounts.left_behind,
    accounts.closings,
    requests.requests,
    requests.going_live,
    planning.gaps_next_week,
    planning.repeating_posts,
    learning.learning,
    conversations.follow_ups,
    policies.to_answer,
    policies.comments,
    policies.reviews,
    policies.strategy,
    sessions.next_session,
    sessions.attendance,
    learning.of_everybody,
    learning.of_the_team,
)
