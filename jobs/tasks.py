"""Celery's way in: every task takes ids or names and calls one function."""

from __future__ import annotations

import socket

from celery import shared_task

from jobs import heartbeats, running


@shared_task(name="jobs.heartbeat")
def heartbeat(queue: str) -> None:
    heartbeats.stamp(queue, detail=socket.gethostname())


@shared_task(name="jobs.run")
def run(job_id: int) -> None:
    running.run(job_id)


@shared_task(name="jobs.look_after")
def look_after() -> None:
    running.look_after()
