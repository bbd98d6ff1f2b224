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
        # A round that nobody took in time is not worth making up for.
        "sweep": {"task": "publishing.sweep", "schedule": sweep_s, "options": {"expires": 10.0}},
        "look_again": {
            "task": "publishing.look_again",
            "schedule": look_again_s,
            "options": {"expires": 30.0},
        },
        "take_down": {
            "task": "publishing.take_down",
            "schedule": look_again_s,
            "options": {"expires": 30.0},
        },
        "captions": {
            "task": "publishing.caption",
            "schedule": look_again_s,
            "options": {"expires": 30.0},
        },
        "intake": {
            "task": "monitoring.take_in_all",
            "schedule": intake_every_s,
            "options": {"expires": intake_every_s},
        },
        "figures": {"task": "monitoring.take_in_all_figures", "schedule": 6 * 3600.0},
        "old_imports": {
            "task": "accounts.forget_old_imports",
            "schedule": crontab(hour="3", minute="0"),
        },
        "old_post_imports": {
            "task": "publishing.forget_old_imports",
            "schedule": crontab(hour="3", minute="10"),
        },
        "jobs": {"task": "jobs.look_after", "schedule": 30.0, "options": {"expires": 30.0}},
        # Links of posts that wait: whether they still answer.
        "links": {
            "task": "publishing.look_at_links_again",
            "schedule": 1800.0,
            "options": {"expires": 1800.0},
        },
        "nudges": {
            "task": "publishing.nudge",
            "schedule": 600.0,
            "options": {"expires": 500.0},
        },
        # Posts that repeat: the next ones are made, days before they go out.
        "occurrences": {
            "task": "publishing.make_occurrences",
            "schedule": 900.0,
            "options": {"expires": 800.0},
        },
        "comment_letters": {
            "task": "publishing.mail_mentions",
            "schedule": 60.0,
            "options": {"expires": 60.0},
        },
        "last_posts": {"task": "publishing.note_last_posts", "schedule": 900.0},
        "risk_reviews": {
            "task": "accounts.warn_of_reviews",
            "schedule": crontab(hour="6", minute="0"),
        },
        "connection_warnings": {
            "task": "accounts.warn_of_connections",
            "schedule": crontab(hour="6", minute="10"),
        },
        # Tokens of an hour or two, a quarter of an hour before they end.
        "renewals": {
            "task": "accounts.renew_connections",
            "schedule": 300.0,
            "options": {"expires": 240.0},
        },
        "access_reviews": {
            "task": "accounts.review_access",
            "schedule": crontab(hour="6", minute="20"),
        },
        **{f"heartbeat-{queue}": _heartbeat(queue) for queue in QUEUES},
    }


def _heartbeat(queue: str) -> dict[str, Any]:
    return {
        "task": "jobs.heartbeat",
        "schedule": 10.0,
        "args": (queue,),
        # An old message would say that the timer is alive when it is not.
        "options": {"queue": queue, "expires": 20.0},
    }
