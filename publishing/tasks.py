"""The engine's tasks. Each takes ids and calls one action; none is retried by Celery: the rows in
the database say what is to be done again.
"""

from __future__ import annotations

from celery import shared_task

from publishing import last_posts
from publishing.actions import commenting, importing, nudging, occurrences
from publishing.captioning import adding
from publishing.captioning import engine as captions_engine
from publishing.delivery import look_again as slow_round
from publishing.delivery import reconcile, send
from publishing.delivery import sweep as round_
from publishing.links import looking
from publishing.repeating import telling
from publishing.takedown import removing
from publishing.takedown import rounds as takedown_rounds


@shared_task(name="publishing.sweep")
def sweep() -> None:
    round_.sweep()


@shared_task(name="publishing.look_again")
def look_again() -> None:
    slow_round.look_again()


@shared_task(name="publishing.send_delivery")
def send_delivery(delivery_id: int) -> None:
    send.send_delivery(delivery_id)


@shared_task(name="publishing.reconcile_delivery")
def reconcile_delivery(delivery_id: int) -> None:
    reconcile.reconcile_delivery(delivery_id)


@shared_task(name="publishing.nudge")
def nudge() -> None:
    nudging.nudge()


@shared_task(name="publishing.take_down")
def take_down() -> None:
    takedown_rounds.take_down()


@shared_task(name="publishing.remove_delivery")
def remove_delivery(removal_id: int) -> None:
    removing.remove_delivery(removal_id)


@shared_task(name="publishing.forget_old_imports")
def forget_old_imports() -> None:
    importing.forget_old_imports()


@shared_task(name="publishing.caption")
def caption() -> None:
    captions_engine.caption()


@shared_task(name="publishing.add_captions")
def add_captions(track_id: int) -> None:
    adding.add_captions(track_id)


@shared_task(name="publishing.note_last_posts")
def note_last_posts() -> None:
    last_posts.note_last_posts()


@shared_task(name="publishing.look_at_links")
def look_at_links(post_id: int) -> None:
    looking.look_at_links_of(post_id)


@shared_task(name="publishing.look_at_links_again")
def look_at_links_again() -> None:
    looking.look_again()


@shared_task(name="publishing.mail_mentions")
def mail_mentions() -> None:
    commenting.mail_mentions()


@shared_task(name="publishing.make_occurrences")
def make_occurrences() -> None:
    occurrences.make_all_due()
    telling.tell_of_held()


@shared_task(name="publishing.make_occurrences_of")
def make_occurrences_of(series_id: int) -> None:
    occurrences.make_due(series_id)
