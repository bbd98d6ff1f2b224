"""Two people who ask at one moment, and two workers with one removal."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import timezone

from audit.models import Entry
from publishing.actions.taking_down import confirm_removed
from publishing.errors import Conflict
from publishing.models import Removal, RemovalState, Takedown
from publishing.takedown import engine
from tests.at_once import at_once
from tests.factories import communications_officer
from tests.publishing.delivery.factories import connected_account
from tests.publishing.takedown.conftest import taken_down
from tests.publishing.takedown.scripted import live_post, removal_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_press_at_once_open_one_takedown(errand_queue: list[int]) -> None:
    post = live_post(connected_account())
    people = [communications_officer(), communications_officer()]
    first, second = at_once(*(partial(taken_down, post, person) for person in people))
    assert first == second
    assert (Takedown.objects.count(), Removal.objects.count()) == (1, 1)
    assert Entry.objects.filter(event="post.takedown_asked").count() == 1


def test_two_rounds_at_once_hand_a_removal_out_once(errand_queue: list[int]) -> None:
    taken_down(live_post(connected_account()), communications_officer())
    now = timezone.now()
    Removal.objects.update(state=RemovalState.WAITING, lease_until=None, tries=0, try_at=now)
    errand_queue.clear()
    at_once(engine.wake, engine.wake)
    assert len(errand_queue) == 1
    assert Removal.objects.get().tries == 1


def test_one_of_two_who_removed_it_by_hand_is_told(errand_queue: list[int]) -> None:
    removal = removal_in(RemovalState.BY_HAND, connected_account())
    calls = [
        partial(confirm_removed, removal_id=removal.pk, note="Gone.", by=communications_officer())
        for _ in range(2)
    ]
    answers = at_once(*calls, refusals=Conflict)
    assert sum(isinstance(answer, Conflict) for answer in answers) == 1
    assert Entry.objects.filter(event="delivery.removal_by_hand_done").count() == 1
