"""The Celery application. Which task runs in which queue, and when, is in `timetable`."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "council_social.settings")

# What settings.CELERY_BROKER_URL calls "files://".
TRANSPORT_ALIASES["files"] = "jobs.file_queue:Transport"

app = Celery("council_social")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
