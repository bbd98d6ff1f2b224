"""`/health/`: whether this process reaches its database and its broker. Says nothing else."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)
PATIENCE_S = 2.0


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 when everything answers, else 503; the reason is in the log, not in the answer."""
    answers = {"database": _answers(_ask_database), "broker": _answers(_ask_broker)}
    well = all(answers.values())
    parts = {name: "ok" if answer else "unreachable" for name, answer in answers.items()}
    return JsonResponse({"well": well, **parts}, status=200 if well else 503)


def _answers(ask: Callable[[], None]) -> bool:
    try:
        ask()
    except (DatabaseError, redis.RedisError, OSError) as error:
        logger.warning("health check failed: %s", type(error).__name__)
        return False
    return True


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_broker() -> None:
    if settings.REDIS_URL:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=PATIENCE_S, socket_connect_timeout=PATIENCE_S
        ) as client:
            client.ping()
    elif not os.access(settings.QUEUE_DIR, os.W_OK):
        raise PermissionError(settings.QUEUE_DIR)
