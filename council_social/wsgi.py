"""The WSGI entry point that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from council_social.memory import keep_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "council_social.settings")

application = get_wsgi_application()
keep_what_is_loaded()
