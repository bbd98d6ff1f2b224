"""What the workers do: in which queue each task waits, and what comes round by the clock."""

from __future__ import annotations

from typing import Any

from celery.schedules import crontab

ASIDE = "aside"
"""Where a task waits that `ROUTES` does not name."""
QUEUES = ("sweep", "deliver", "intake", ASIDE)
ROUTES = {
    "publishing.sweep": {"queue": "sweep"},
    "publishing.look_again": {"queue": "sweep"},
    "publishing.take_down": {"queue": "sweep"},
    "publishing.caption": {"queue": "sweep"},
    "publishing.add_captions": {"queue": "deliver"},
    "publishing.remove_delivery": {"queue": "deliver"},
    "publishing.send_delivery": {"queue": "deliver"},
    "publishing.reconcile_delivery": {"queue": "deliver"},
    "monitoring.take_in": {"queue": "intake"},
    "monitoring.take_in_figures": {"queue": "intake"},
}


def rounds(*, sweep_s: float, look_again_s: float, intake_every_s: float) -> dict[str, Any]:
    """What Celery's beat hands out, and when; numbers are seconds."""
    return {
        "sweep": _every(sweep_s, "publishing.sweep", expires=10.0),
        "look_again": _every(look_again_s, "publishing.look_again", expires=30.0),
        "take_down": _every(look_again_s, "publishing.take_down", expires=30.0),
        "captions": _every(look_again_s, "publishing.caption", expires=30.0),
        "intake": _every(intake_every_s, "monitoring.take_in_all", expires=intake_every_s),
        "jobs": _every(30.0, "jobs.look_after", expires=30.0),
        "policy_letters": _every(60.0, "training.mail_policy_letters", expires=60.0),
        "learning_letters": _every(60.0, "training.mail_reminders", expires=60.0),
        "comment_letters": _every(60.0, "publishing.mail_mentions", expires=60.0),
        # Tokens of an hour or two, a quarter of an hour before they end.
        "renewals": _every(300.0, "accounts.renew_connections", expires=240.0),
        "nudges": _every(600.0, "publishing.nudge", expires=500.0),
        # Posts that repeat: the next ones are made, days before they go out.
        "occurrences": _every(900.0, "publishing.make_occurrences", expires=800.0),
        "last_posts": _every(900.0, "publishing.note_last_posts"),
        # Links of posts that wait: whether they still answer.
        "links": _every(1800.0, "publishing.look_at_links_again", expires=1800.0),
        "figures": _every(6 * 3600.0, "monitoring.take_in_all_figures"),
        # Training sessions: letters that wait, the day before, and places that leavers had.
        "sessions": _every(900.0, "training.go_round_sessions", expires=800.0),
        "old_imports": _daily("3:00", "accounts.forget_old_imports"),
        "old_post_imports": _daily("3:10", "publishing.forget_old_imports"),
        "old_completion_imports": _daily("3:20", "training.forget_old_imports"),
        "old_package_imports": _daily("3:25", "training.forget_old_packages"),
        "old_tries": _daily("3:30", "accounts.forget_old_tries"),
        "risk_reviews": _daily("6:00", "accounts.warn_of_reviews"),
        "connection_warnings": _daily("6:10", "accounts.warn_of_connections"),
        "access_reviews": _daily("6:20", "accounts.review_access"),
        "policies": _daily("6:40", "training.look_after_policies"),
        "learning": _daily("6:30", "training.remind"),
        **{f"heartbeat-{queue}": _heartbeat(queue) for queue in QUEUES},
    }


def _every(seconds: float, task: str, *, expires: float | None = None) -> dict[str, Any]:
    """A round that nobody took within `expires` seconds is not worth making up for."""
    return {"task": task, "schedule": seconds, "options": {"expires": expires} if expires else {}}


def _daily(clock: str, task: str) -> dict[str, Any]:
    hour, _, minute = clock.partition(":")
    return {"task": task, "schedule": crontab(hour=hour, minute=minute)}


def _heartbeat(queue: str) -> dict[str, Any]:
    return {
        "task": "jobs.heartbeat",
        "schedule": 10.0,
        "args": (queue,),
        # An old message would say that the timer is alive when it is not.
        "options": {"queue": queue, "expires": 20.0},
    }
