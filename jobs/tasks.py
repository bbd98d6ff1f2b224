"""Celery's way in: every task takes ids or names and calls one function."""

from __future__ import annotations

import socket

from celery import shared_task

from jobs import heartbeats


@shared_task(name="jobs.heartbeat")
def heartbeat(queue: str) -> None:
    heartbeats.stamp(queue, detail=socket.gethostname())
