"""A task that the timetable names wrongly would never run, and nobody would notice."""

from __future__ import annotations

from council_social.celery import app
from council_social.timetable import QUEUES, ROUTES, rounds


def test_every_task_that_it_names_is_one() -> None:
    entries = rounds(sweep_s=1, look_again_s=5, intake_every_s=120).values()
    app.loader.import_default_modules()

    assert {*ROUTES, *(entry["task"] for entry in entries)} <= set(app.tasks)


def test_every_task_waits_in_a_queue_that_is_served() -> None:
    assert {route["queue"] for route in ROUTES.values()} <= set(QUEUES)


def test_each_queue_has_a_heartbeat_of_its_own() -> None:
    entries = rounds(sweep_s=1, look_again_s=5, intake_every_s=120).values()
    beats = [each["options"]["queue"] for each in entries if each["task"] == "jobs.heartbeat"]

    assert beats == list(QUEUES)
