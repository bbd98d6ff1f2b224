"""Settings with nothing but the audit app: it rests on no other app, and a test can make a
database file of its own in a moment.
"""

import os

import environ

SECRET_KEY = "only for tests of the audit app"
INSTALLED_APPS = ["audit"]
DATABASES = {"default": environ.Env.db_url_config(os.environ["DATABASE_URL"])}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TRUSTED_PROXY_COUNT = 0
AUDIT_SIGNING_KEY = "11" * 32
COUNCIL_NAME = "Wealdmoor District Council"
