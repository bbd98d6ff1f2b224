"""All settings, in one file, typed; what is wrong is said in a sentence and nothing starts.

Every value that differs between installations is an environment variable, listed in
`docs/deployment/settings.md`. Development needs none of them.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path

import environ
from cryptography.fernet import Fernet
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

VAR_DIR = env.path("VAR_DIR", str(BASE_DIR / "var"))
VAR_DIR = Path(str(VAR_DIR))
VAR_DIR.mkdir(parents=True, exist_ok=True)

PRODUCTION = env.bool("PRODUCTION", False)
DEBUG = env.bool("DEBUG", False)


def _secret(name: str, make: str) -> str:
    """The secret `name` from the environment; outside production made once and kept in VAR_DIR."""
    value = env.str(name, "")
    if value:
        return value
    if PRODUCTION:
        raise ImproperlyConfigured(f"Set {name}: production never makes up its own secrets.")
    path = VAR_DIR / name.lower()
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(make)
    return path.read_text().strip()


SECRET_KEY = _secret("SECRET_KEY", secrets.token_urlsafe(50))
CREDENTIAL_KEYS = _secret("CREDENTIAL_KEYS", Fernet.generate_key().decode()).split(",")
AUDIT_SIGNING_KEY = _secret("AUDIT_SIGNING_KEY", secrets.token_hex(32))
"""32 bytes in hexadecimal: the Ed25519 private key that signs the head of an audit export."""

BASE_URL = env.str("BASE_URL", "http://127.0.0.1:8000")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# ---- The council ---------------------------------------------------------------------------

COUNCIL_NAME = env.str("COUNCIL_NAME", "Wealdmoor District Council")
BRAND_COLOUR = env.str("BRAND_COLOUR", "#00524c")
BRAND_BACKGROUND = env.str("BRAND_BACKGROUND", "#f1f6f5")
HELP_CONTACT = env.str("HELP_CONTACT", "the digital team")
TWO_FACTOR_REQUIRED = env.bool("TWO_FACTOR_REQUIRED", True)
"""Whoever may approve or administer needs a second factor. Off only in the demonstration."""
DEMONSTRATION = env.bool("DEMONSTRATION", False)

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

TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
"""How many proxies of our own stand in front, each adding to X-Forwarded-For."""
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT

MIDDLEWARE = [
    "audit.middleware.AddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
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

DATABASES = {"default": env.db("DATABASE_URL", f"sqlite:///{VAR_DIR / 'council_social.sqlite3'}")}
USES_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if USES_SQLITE:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=30000;"
        ),
    }
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "")
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

# ---- Sign-in -------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.sign_in.backend.EmployedOnlyBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.sign_in.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.sign_in.forms.SignInForm",
    "reauthenticate": "accounts.sign_in.forms.ConfirmPasswordForm",
    "change_password": "accounts.sign_in.forms.NewPasswordForm",
    "reset_password": "accounts.sign_in.forms.AskForResetForm",
    "reset_password_from_key": "accounts.sign_in.forms.ResetForm",
}
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
MFA_FORMS = {
    "authenticate": "accounts.sign_in.forms.CodeForm",
    "reauthenticate": "accounts.sign_in.forms.ConfirmCodeForm",
    "activate_totp": "accounts.sign_in.forms.SetUpForm",
}
EMAIL_BACKEND = env.str("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "social@localhost")
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
STATIC_ROOT = VAR_DIR / "assets"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# ---- Browser security ----------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        # The hash is that of the one inline line in GOV.UK Frontend's page template.
        "script-src": [SELF, "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='"],
        "style-src": [SELF],
        "img-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb")
}

# ---- Platforms -----------------------------------------------------------------------------

X_API_URL = env.str("X_API_URL", "https://api.x.com")
FACEBOOK_GRAPH_URL = env.str("FACEBOOK_GRAPH_URL", "https://graph.facebook.com")
YOUTUBE_API_URL = env.str("YOUTUBE_API_URL", "https://youtube.googleapis.com")
PLATFORM_URLS = {"x": X_API_URL, "facebook": FACEBOOK_GRAPH_URL, "youtube": YOUTUBE_API_URL}
PLATFORM_TIMEOUT_S = env.float("PLATFORM_TIMEOUT_S", 20.0)

# ---- Delivery ------------------------------------------------------------------------------

SWEEP_S = env.float("SWEEP_S", 1.0)
MAX_LATENESS_MIN = env.float("MAX_LATENESS_MIN", 60.0)
LEASE_S = env.float("LEASE_S", 60.0)
"""How long a worker that says nothing has a delivery; longer than the longest call out."""
LOOK_AGAIN_S = env.float("LOOK_AGAIN_S", 5.0)
"""How often the slower round goes: what is held, what is late."""
HELD_RECHECK_S = env.float("HELD_RECHECK_S", 60.0)
DELIVERIES_AT_ONCE = env.int("DELIVERIES_AT_ONCE", 5)
"""On their way to one platform at once. Fewer than the workers' threads, so that one platform that
hangs never takes them all.
"""
SWEEP_AT_MOST = env.int("SWEEP_AT_MOST", 100)
"""Rows of one kind that one round settles itself; the rest is for the next."""
RETRY_FIRST_S = env.float("RETRY_FIRST_S", 5.0)
RETRY_MAX_S = env.float("RETRY_MAX_S", 900.0)
ABSENCE_GAP_S = env.float("ABSENCE_GAP_S", 30.0)
"""A second look, this much later, decides that a post is not on a platform."""
READ_BACKS_AT_MOST = env.int("READ_BACKS_AT_MOST", 5)
ASK_PERSON_AFTER_S = env.float("ASK_PERSON_AFTER_S", 60.0)
"""A person is asked when the next look would have to wait longer."""
RELEASE_GAP_S = env.float("RELEASE_GAP_S", 60.0)
"""Between two late posts of an account after a stop is released: no burst."""
CIRCUIT_FAILURES = env.int("CIRCUIT_FAILURES", 5)
CIRCUIT_OPEN_S = env.float("CIRCUIT_OPEN_S", 60.0)
INTAKE_EVERY_S = env.float("INTAKE_EVERY_S", 120.0)

# ---- Work in the background ----------------------------------------------------------------

CELERY_TIMEZONE = "UTC"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_CREATE_MISSING_QUEUES = True
CELERY_TASK_DEFAULT_QUEUE = "aside"
CELERY_TASK_ROUTES = {
    "publishing.sweep": {"queue": "sweep"},
    "publishing.look_again": {"queue": "sweep"},
    "publishing.send_delivery": {"queue": "deliver"},
    "publishing.reconcile_delivery": {"queue": "deliver"},
    "monitoring.take_in": {"queue": "intake"},
    "monitoring.take_in_figures": {"queue": "intake"},
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
else:
    _queue = VAR_DIR / "queue"
    for _name in ("messages", "processed", "control"):
        (_queue / _name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue / "messages"),
        "data_folder_out": str(_queue / "messages"),
        "processed_folder": str(_queue / "processed"),
        "control_folder": str(_queue / "control"),
        "store_processed": False,
    }
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    # A round that nobody took in time is not worth making up for.
    "sweep": {"task": "publishing.sweep", "schedule": SWEEP_S, "options": {"expires": 10.0}},
    "look_again": {
        "task": "publishing.look_again",
        "schedule": LOOK_AGAIN_S,
        "options": {"expires": 30.0},
    },
    "intake": {"task": "monitoring.take_in_all", "schedule": INTAKE_EVERY_S},
    "figures": {"task": "monitoring.take_in_all_figures", "schedule": 6 * 3600.0},
    "heartbeat": {"task": "jobs.beat", "schedule": 10.0},
}

# ---- Logs: JSON lines, never local variables -------------------------------------------------

LOG_LEVEL = env.str("LOG_LEVEL", "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "structlog.stdlib.ProcessorFormatter",
            "processor": "ext://council_social.logs.RENDERER",
            "foreign_pre_chain": "ext://council_social.logs.PROCESSORS",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # Their debug lines hold whole requests, tokens included.
        name: {"level": "WARNING"}
        for name in ("urllib3", "tweepy", "oauthlib", "requests_oauthlib", "googleapiclient")
    },
}

# ---- Production refuses what only development may have ---------------------------------------


def _refuse_unsafe() -> None:
    problems = []
    if DEBUG:
        problems.append("DEBUG is on")
    if USES_SQLITE:
        problems.append("DATABASE_URL is not a PostgreSQL database")
    if not REDIS_URL:
        problems.append("REDIS_URL is not set")
    if not BASE_URL.startswith("https://"):
        problems.append("BASE_URL is not an https address")
    if not TWO_FACTOR_REQUIRED:
        problems.append("TWO_FACTOR_REQUIRED is off")
    if DEMONSTRATION:
        problems.append("DEMONSTRATION is on")
    problems += [
        f"the address of {name} is not https"
        for name, url in PLATFORM_URLS.items()
        if not url.startswith("https://")
    ]
    if problems:
        raise ImproperlyConfigured("PRODUCTION is on, but " + "; ".join(problems) + ".")


if PRODUCTION:
    _refuse_unsafe()
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
