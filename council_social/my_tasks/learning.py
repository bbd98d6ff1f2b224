"""What somebody has to learn or accept."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from accounts.models import User
from accounts.permissions import Permission
from accounts.reach import has_a_team, holds_everywhere
from council_social.my_tasks.task import Task
from training.conditions import LearningState, judged, people_in
from training.people import team_of
from training.standing import learning_due


def learning(user: User) -> Iterator[Task]:
    yield Task(
        "Training and policies due",
        "Courses to take, policies to accept",
        len(learning_due(user)),
        reverse("training"),
    )


def of_everybody(user: User) -> Iterator[Task]:
    """For HR, which looks after everybody’s training."""
    if holds_everywhere(user, Permission.SEE_TRAINING_RECORDS):
        late = people_in(LearningState.LATE, judged(policies=False))
        yield Task(
            "People late with a course",
            "Remind them, or speak with their managers",
            User.objects.employed().filter(late),
            f"{reverse('training_matrix')}?state={LearningState.LATE}",
        )


def of_the_team(user: User) -> Iterator[Task]:
    """Only for whoever manages people: nobody else is asked more than that."""
    if has_a_team(user):
        late = people_in(LearningState.LATE, judged(policies=False))
        yield Task(
            "People of your team late with a course",
            "They may be held back from posting",
            team_of(user).filter(late),
            reverse("training_team"),
        )
