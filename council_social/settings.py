"""All settings, in one file, typed; what is wrong is said in a sentence and nothing starts.

Every value that differs between installations is an environment variable, listed in
`docs/deployment/settings.md`. Development needs none of them.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from council_social import (
    browser_security,
    databases,
    environment,
    logs,
    refusals,
    sign_in,
    timetable,
)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = environment.folder("VAR_DIR", BASE_DIR / "var")
VAR_DIR.mkdir(parents=True, exist_ok=True)

PRODUCTION = environment.switch("PRODUCTION", default=False)
DEBUG = environment.switch("DEBUG", default=False)


def _secret(name: str, make: Callable[[], str]) -> str:
    return environment.secret(name, make=make, keep_in=VAR_DIR, production=PRODUCTION)


SECRET_KEY = _secret("SECRET_KEY", lambda: secrets.token_urlsafe(50))
CREDENTIAL_KEYS = _secret("CREDENTIAL_KEYS", lambda: Fernet.generate_key().decode()).split(",")
"""Fernet keys, the newest first; the rest only open what was encrypted before a rotation."""
AUDIT_SIGNING_KEY = _secret("AUDIT_SIGNING_KEY", lambda: secrets.token_hex(32))
"""32 bytes in hexadecimal: the Ed25519 private key that signs the head of an audit export."""

BASE_URL = environment.address("BASE_URL", "http://127.0.0.1:8000")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
BASE_HOST = urlsplit(BASE_URL).hostname or ""
CSRF_TRUSTED_ORIGINS = [BASE_URL]
PACKAGES_URL = environment.second_address("PACKAGES_URL", BASE_URL, production=PRODUCTION)
"""Where learning packages of others run: another host, which no session reaches. Empty: nowhere."""
ALLOWED_HOSTS += filter(None, [urlsplit(PACKAGES_URL).hostname])

# ---- The council ---------------------------------------------------------------------------

COUNCIL_NAME = environment.text("COUNCIL_NAME", "Wealdmoor District Council")
COUNCIL_NATION = environment.choice(
    "COUNCIL_NATION", "england", ["england", "wales", "scotland", "northern_ireland"]
)
"""Whose bank holidays are shown, and passed over where that is wished."""
BRAND_COLOUR = environment.text("BRAND_COLOUR", "#00524c")
BRAND_BACKGROUND = environment.text("BRAND_BACKGROUND", "#f1f6f5")
HELP_CONTACT = environment.text("HELP_CONTACT", "the digital team")
ON_CALL_PHONE = environment.text("ON_CALL_PHONE")
"""The number to ring in an emergency; empty: the page only names who may publish at once."""
TWO_FACTOR_REQUIRED = environment.switch("TWO_FACTOR_REQUIRED", default=True)
"""Whoever may approve or administer needs a second factor. Off only in the demonstration."""
DEMONSTRATION = environment.switch("DEMONSTRATION", default=False)
# The page "Our social media accounts", which anybody may open.
PUBLIC_ACCOUNTS = environment.switch("PUBLIC_ACCOUNTS", default=False)

# ---- Applications --------------------------------------------------------------------------

INSTALLED_APPS = [
    "council_social",
    "monitoring",
    "publishing",
    "training",
    "accounts",
    "jobs",
    "audit",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_structlog",
]

TRUSTED_PROXY_COUNT = environment.whole("TRUSTED_PROXY_COUNT", 0, at_least=0)
"""How many proxies of our own stand in front, each adding to X-Forwarded-For."""
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT

MIDDLEWARE = [
    "audit.middleware.AddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "training.scorm.second_host.SecondHostMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "council_social.body_limits.BodyLimitMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "council_social.at_terminal.TerminalMiddleware",
    "accounts.middleware.RightsMiddleware",
    "accounts.middleware.TwoFactorMiddleware",
]

ROOT_URLCONF = "council_social.urls"
WSGI_APPLICATION = "council_social.wsgi.application"
FORM_RENDERER = "council_social.forms.GovukRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "council_social.context.page",
            ],
        },
    },
]

# ---- Data ----------------------------------------------------------------------------------

DATABASE_POOLED = environment.switch("DATABASE_POOLED", default=False)
DATABASES = {
    "default": databases.tuned(
        environment.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'council_social.sqlite3'}"),
        pooled=DATABASE_POOLED,
    )
}
USES_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = environment.broker("REDIS_URL")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": VAR_DIR / "cache",
        }
    )
}

MEDIA_ROOT = VAR_DIR / "media"
FILE_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
PICTURE_MAX_BYTES = 15_000_000
PICTURE_MAX_PIXELS = 50_000_000
VIDEO_MAX_BYTES = 500_000_000
UPLOAD_MAX_BYTES = environment.whole("UPLOAD_MAX_BYTES", 600_000_000, at_least=1_000_000)
"""One form with all its files: the largest video, and pictures beside it."""
PACKAGE_MAX_BYTES = environment.whole("PACKAGE_MAX_BYTES", 500_000_000, at_least=1_000_000)
SIGNED_OUT_MAX_BYTES = environment.whole("SIGNED_OUT_MAX_BYTES", 64_000, at_least=1_000)
"""One form of somebody who is not signed in: an e-mail address and a password."""

# ---- Sign-in -------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
# E-mail addresses are unique, but for those of people who have none: a sign-in never matches an
# empty one (accounts/sign_in/backend.py).
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = [
    "accounts.sign_in.backend.EmployedOnlyBackend",
    "accounts.sign_in.backend.TerminalBackend",
]
TERMINAL_CODE_DAYS = environment.whole("TERMINAL_CODE_DAYS", 90, at_least=1, at_most=730)
"""How long a personal code for the shared terminal is good."""
AUTH_PASSWORD_VALIDATORS = sign_in.PASSWORD_VALIDATORS
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.sign_in.adapter.AccountAdapter"
ACCOUNT_FORMS = sign_in.ACCOUNT_FORMS
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
# A whole office may share one address; five failures in five minutes lock one e-mail address.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "60/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = COUNCIL_NAME
MFA_ADAPTER = "accounts.sign_in.second_factor.MFAAdapter"
MFA_FORMS = sign_in.MFA_FORMS
_mail = environment.e_mail("EMAIL_URL", "consolemail://")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail["EMAIL_HOST"] or "localhost"
EMAIL_PORT = _mail["EMAIL_PORT"] or 25
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "social@localhost")
SESSION_ENGINE = "accounts.sign_in.session_store"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "council_social.errors.csrf_failure"

# ---- Language and time ---------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_I18N = True
FORMAT_MODULE_PATH = "council_social.formats"
TIME_ZONE = "Europe/London"
USE_TZ = True

# ---- Static files --------------------------------------------------------------------------

STATIC_URL = "/assets/"
STATICFILES_DIRS = [BASE_DIR / "static" / "build"]
STATIC_ROOT = environment.folder("STATIC_ROOT", VAR_DIR / "assets")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# ---- Browser security ----------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = browser_security.CONTENT_SECURITY_POLICY
PERMISSIONS_POLICY = browser_security.PERMISSIONS_POLICY

# ---- Platforms -----------------------------------------------------------------------------

X_API_URL = environment.address("X_API_URL", "https://api.x.com")
FACEBOOK_GRAPH_URL = environment.address("FACEBOOK_GRAPH_URL", "https://graph.facebook.com")
YOUTUBE_API_URL = environment.address("YOUTUBE_API_URL", "https://youtube.googleapis.com")
PLATFORM_URLS = {"x": X_API_URL, "facebook": FACEBOOK_GRAPH_URL, "youtube": YOUTUBE_API_URL}
PLATFORM_APPS: dict[str, dict[str, str]] = {
    "x": {
        "client_id": environment.text("X_CLIENT_ID"),
        "client_secret": environment.text("X_CLIENT_SECRET"),
        "page_url": environment.address("X_SIGN_IN_URL", "https://x.com"),
        "token_url": X_API_URL,
    },
    "facebook": {
        "client_id": environment.text("FACEBOOK_APP_ID"),
        "client_secret": environment.text("FACEBOOK_APP_SECRET"),
        "page_url": environment.address("FACEBOOK_SIGN_IN_URL", "https://www.facebook.com"),
        "token_url": FACEBOOK_GRAPH_URL,
    },
    "youtube": {
        "client_id": environment.text("GOOGLE_CLIENT_ID"),
        "client_secret": environment.text("GOOGLE_CLIENT_SECRET"),
        "page_url": environment.address("GOOGLE_SIGN_IN_URL", "https://accounts.google.com"),
        "token_url": environment.address("GOOGLE_TOKEN_URL", "https://oauth2.googleapis.com"),
    },
}
"""The council's registration with each platform, and where people sign in there. Without id and
secret an account there cannot be connected by signing in.
"""
SANDBOX_URL = environment.address("SANDBOX_URL", "http://127.0.0.1:9100")
"""Where the stand-in for all of them is, in the demonstration."""
PLATFORM_TIMEOUT_S = environment.number("PLATFORM_TIMEOUT_S", 20.0, at_least=0.1)

# ---- Delivery ------------------------------------------------------------------------------

SWEEP_S = environment.number("SWEEP_S", 1.0, at_least=0.1)
MAX_LATENESS_MIN = environment.number("MAX_LATENESS_MIN", 60.0, at_least=0)
LEASE_S = environment.number("LEASE_S", 60.0, at_least=0)
"""How long a worker that says nothing has a delivery; longer than the longest call out."""
LOOK_AGAIN_S = environment.number("LOOK_AGAIN_S", 5.0, at_least=0.1)
"""How often the slower round goes: what is held, what is late."""
HELD_RECHECK_S = environment.number("HELD_RECHECK_S", 60.0, at_least=0)
DELIVERIES_AT_ONCE = environment.whole("DELIVERIES_AT_ONCE", 10, at_least=1)
"""On their way to one platform at once. Fewer than the workers' threads, so that one platform that
hangs never takes them all.
"""
SWEEP_AT_MOST = environment.whole("SWEEP_AT_MOST", 100, at_least=1)
"""Rows of one kind that one round settles itself; the rest is for the next."""
RETRY_FIRST_S = environment.number("RETRY_FIRST_S", 5.0, at_least=0)
RETRY_MAX_S = environment.number("RETRY_MAX_S", 900.0, at_least=0)
ABSENCE_GAP_S = environment.number("ABSENCE_GAP_S", 30.0, at_least=0)
"""A second look, this much later, decides that a post is not on a platform."""
READ_BACKS_AT_MOST = environment.whole("READ_BACKS_AT_MOST", 5, at_least=1)
ASK_PERSON_AFTER_S = environment.number("ASK_PERSON_AFTER_S", 60.0, at_least=0)
"""A person is asked when the next look would have to wait longer."""
CIRCUIT_FAILURES = environment.whole("CIRCUIT_FAILURES", 5, at_least=1)
CIRCUIT_OPEN_S = environment.number("CIRCUIT_OPEN_S", 60.0, at_least=0)
INTAKE_EVERY_S = environment.number("INTAKE_EVERY_S", 120.0, at_least=1)

# ---- Risk ----------------------------------------------------------------------------------

RISK_GRACE_DAYS = environment.whole("RISK_GRACE_DAYS", 14, at_least=0, at_most=365)
"""How long posts still go out once the review of a risk assessment is overdue."""
RISK_CORPORATE_FROM = environment.whole("RISK_CORPORATE_FROM", 7, at_least=1, at_most=26)
"""From this score on, only the corporate team signs a risk assessment off; 26: never only they."""
RISK_SECOND_CHECK_FROM = environment.whole("RISK_SECOND_CHECK_FROM", 15, at_least=1, at_most=26)
# Hours without a decision; a route may set its own. 0: never.
APPROVAL_REMIND_H = environment.whole("APPROVAL_REMIND_H", 4, at_least=0, at_most=2000)
APPROVAL_EXPIRE_H = environment.whole("APPROVAL_EXPIRE_H", 336, at_least=0, at_most=2000)
"""From this score on, posts to the account need a second check; 26: never."""

# ---- Housekeeping --------------------------------------------------------------------------

DORMANT_DAYS = environment.whole("DORMANT_DAYS", 90, at_least=7, at_most=3650)
"""After so many days without a post an account stands on the list of housekeeping."""
# ---- Access --------------------------------------------------------------------------------

ACCESS_REVIEW_MONTHS = environment.whole("ACCESS_REVIEW_MONTHS", 6, at_least=1, at_most=60)
"""How long after one access review of an account the next begins."""
ACCESS_REVIEW_DAYS = environment.whole("ACCESS_REVIEW_DAYS", 28, at_least=1, at_most=180)
"""How long one has to answer it; what nobody answered lapses the day after."""

# ---- Work in the background ----------------------------------------------------------------

QUEUE_DIR = VAR_DIR / "queue"
QUEUES = timetable.QUEUES
JOB_LEASE_S = environment.number("JOB_LEASE_S", 120.0, at_least=0)
"""How long the worker of a person's long work may say nothing before it counts as dead."""
CELERY_TIMEZONE = "UTC"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_CREATE_MISSING_QUEUES = True
CELERY_TASK_DEFAULT_QUEUE = timetable.ASIDE
CELERY_TASK_ROUTES = timetable.ROUTES
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Nobody asks the workers anything: their heartbeats are rows. It would only cost the broker.
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "socket_connect_timeout": 5,
        "socket_timeout": 30,
    }
else:
    for _name in ("messages", "processed", "control"):
        (QUEUE_DIR / _name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "files://"  # jobs/file_queue.py
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_DIR / "messages"),
        "data_folder_out": str(QUEUE_DIR / "messages"),
        "processed_folder": str(QUEUE_DIR / "processed"),
        "control_folder": str(QUEUE_DIR / "control"),
        "store_processed": False,
        "polling_interval": 0.1,
    }
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = timetable.rounds(
    sweep_s=SWEEP_S, look_again_s=LOOK_AGAIN_S, intake_every_s=INTAKE_EVERY_S
)

# ---- Logs: JSON lines, never local variables -------------------------------------------------

LOG_LEVEL = environment.text("LOG_LEVEL", "INFO")
LOGGING = logs.configuration(LOG_LEVEL)

# ---- What contradicts itself, and what production refuses -------------------------------------

if _problems := refusals.contradictions(globals()):
    raise ImproperlyConfigured("; ".join(_problems) + ".")

if PRODUCTION:
    if _problems := refusals.unsafe(globals()):
        raise ImproperlyConfigured("PRODUCTION is on, but " + "; ".join(_problems) + ".")
    SECURE_SSL_REDIRECT = True
    # The container's own health check speaks http.
    SECURE_REDIRECT_EXEMPT = [r"^health/$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # A cookie of this kind cannot be planted from a neighbouring host, such as PACKAGES_URL's.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
