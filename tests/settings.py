"""The product's settings, with what the tests need otherwise: a folder of their own, fast hashes.

Each pytest process has its own VAR_DIR, so that parallel workers and a running demonstration do not
meet. Programs that a test starts inherit that folder but use the real settings.
"""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="council-social-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["VAR_DIR"] = _folder

from council_social.settings import *  # noqa: E402, F403 - after VAR_DIR is known
from council_social.settings import DATABASES, PLATFORM_APPS, STORAGES, USES_SQLITE, VAR_DIR  # noqa: E402

os.environ["DJANGO_SETTINGS_MODULE"] = "council_social.settings"

if USES_SQLITE:
    # A file, not memory: threads and other processes must be able to open it too.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "tests.sqlite3")}
    # Nobody misses what a test wrote when the machine loses its power.
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
else:
    _options = DATABASES["default"].setdefault("OPTIONS", {})
    _options["options"] = f"{_options.get('options', '')} -c synchronous_commit=off"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
# The council is registered with one platform.
PLATFORM_APPS["x"] |= {"client_id": "council", "client_secret": "the-secret-of-the-app"}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# The browser's tests run the product at "localhost"; those of packages name a second host.
PACKAGES_URL = "http://packages.test"
STATIC_ROOT = VAR_DIR / "assets"
STATIC_ROOT.mkdir(exist_ok=True)
