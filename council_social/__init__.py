"""Council Social: settings, addresses, the worker, and the pages that look across all apps."""

from council_social.celery import app as celery_app

__all__ = ["celery_app"]
