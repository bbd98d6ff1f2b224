"""Settings that are wrong are refused in a sentence, before anything starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

ROOT = Path(__file__).resolve().parent.parent.parent
SAFE = {
    "PRODUCTION": "on",
    "SECRET_KEY": "k" * 60,
    "CREDENTIAL_KEYS": Fernet.generate_key().decode(),
    "AUDIT_SIGNING_KEY": "ab" * 32,
    "DATABASE_URL": "postgres://social@db/social",
    "REDIS_URL": "redis://redis:6379/0",
    "BASE_URL": "https://social.example.gov.uk",
    "ALLOWED_HOSTS": "social.example.gov.uk",
    "COUNCIL_NAME": "Example Borough Council",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.gov.uk:587",
}


def start_with(folder: Path, **variables: str) -> str:
    """What a process says that reads its settings from `variables` alone; nothing if it starts."""
    env = {"PATH": os.environ["PATH"], "VAR_DIR": str(folder), **variables}
    command = [sys.executable, "-c", "import council_social.settings"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    return done.stderr.strip().splitlines()[-1] if done.returncode else ""


def test_development_needs_no_variable_at_all(tmp_path: Path) -> None:
    assert start_with(tmp_path) == ""


def test_made_up_secrets_are_kept_private_and_stay_the_same(tmp_path: Path) -> None:
    start_with(tmp_path)
    kept = {name: (tmp_path / name).read_text() for name in ("secret_key", "credential_keys")}
    start_with(tmp_path)
    assert {name: (tmp_path / name).read_text() for name in kept} == kept
    assert all((tmp_path / name).stat().st_mode & 0o077 == 0 for name in kept)


def test_production_starts_when_everything_is_safe(tmp_path: Path) -> None:
    assert start_with(tmp_path, **SAFE) == ""


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "", "Set SECRET_KEY"),
        ("SECRET_KEY", "short", "SECRET_KEY is shorter"),
        ("CREDENTIAL_KEYS", "", "Set CREDENTIAL_KEYS"),
        ("AUDIT_SIGNING_KEY", "", "Set AUDIT_SIGNING_KEY"),
        ("DEBUG", "on", "DEBUG is on"),
        ("DATABASE_URL", "", "not a PostgreSQL database"),
        ("REDIS_URL", "", "REDIS_URL is not set"),
        ("BASE_URL", "http://social.example.gov.uk", "not an https address"),
        ("ALLOWED_HOSTS", "other.example.gov.uk", "the host of BASE_URL"),
        ("ALLOWED_HOSTS", "*,social.example.gov.uk", "every host"),
        ("COUNCIL_NAME", "", "COUNCIL_NAME is not set"),
        ("EMAIL_URL", "", "not a mail server"),
        ("TWO_FACTOR_REQUIRED", "off", "TWO_FACTOR_REQUIRED is off"),
        ("DEMONSTRATION", "on", "DEMONSTRATION is on"),
        ("X_API_URL", "http://127.0.0.1:9100/x", "address of x is not https"),
        ("PACKAGES_URL", "http://packages.example.gov.uk", "PACKAGES_URL is not an https"),
        ("PACKAGES_URL", "https://social.example.gov.uk:444", "another host than BASE_URL"),
    ],
)
def test_production_refuses(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    assert sentence in start_with(tmp_path, **{**SAFE, name: value})


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SWEEP_S", "soon", 'SWEEP_S must be a number, 0.1 or more; it is "soon".'),
        ("SWEEP_S", "0", "SWEEP_S must be a number, 0.1 or more"),
        ("MAX_LATENESS_MIN", "nan", "MAX_LATENESS_MIN must be a number"),
        ("DELIVERIES_AT_ONCE", "2.5", "must be a whole number, 1 or more"),
        ("PRODUCTION", "yse", 'PRODUCTION must be on or off; it is "yse".'),
        ("LEASE_S", "5", "LEASE_S must be longer than PLATFORM_TIMEOUT_S"),
        ("DATABASE_URL", "mysql://user:hunter2@db/x", "DATABASE_URL must be an address such as"),
        ("REDIS_URL", "127.0.0.1", "REDIS_URL must be an address such as redis://"),
        ("BASE_URL", "social.example.gov.uk", "BASE_URL must be an address such as https://"),
        ("EMAIL_URL", "mail", "EMAIL_URL must be an address such as smtp+tls://"),
        ("CREDENTIAL_KEYS", "one,two", "CREDENTIAL_KEYS must be Fernet keys"),
        ("AUDIT_SIGNING_KEY", "xyz", "AUDIT_SIGNING_KEY must be 64 hexadecimal digits"),
        ("COUNCIL_NATION", "mercia", "COUNCIL_NATION must be one of england, wales"),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL must be one of"),
        ("PACKAGES_URL", "packages", "PACKAGES_URL must be an address such as"),
        ("PACKAGES_URL", "http://localhost:8000/scorm", "only a host, without a path"),
        ("PACKAGES_URL", "http://127.0.0.1:9000", "another host than BASE_URL"),
    ],
)
def test_what_makes_no_sense_is_said_in_a_sentence(
    tmp_path: Path, name: str, value: str, sentence: str
) -> None:
    said = start_with(tmp_path, **{name: value})
    assert said.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert sentence in said
    assert "hunter2" not in said


def value_of(folder: Path, name: str, **variables: str) -> str:
    env = {"PATH": os.environ["PATH"], "VAR_DIR": str(folder), **variables}
    code = f"from council_social import settings; print(getattr(settings, {name!r}, ''))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("variables", "url"),
    [
        ({}, "http://localhost:8000"),
        ({"BASE_URL": "http://localhost:9000"}, "http://127.0.0.1:9000"),
        ({"BASE_URL": "http://social.test:8000"}, ""),
        ({"PACKAGES_URL": "http://packages.test"}, "http://packages.test"),
        (SAFE, ""),
        ({**SAFE, "PACKAGES_URL": "https://p.example.gov.uk"}, "https://p.example.gov.uk"),
    ],
)
def test_where_packages_run(tmp_path: Path, variables: dict[str, str], url: str) -> None:
    assert value_of(tmp_path, "PACKAGES_URL", **variables) == url


def test_cookies_of_production_cannot_be_planted_from_a_neighbouring_host(tmp_path: Path) -> None:
    assert value_of(tmp_path, "SESSION_COOKIE_NAME", **SAFE).startswith("__Host-")
    assert value_of(tmp_path, "CSRF_COOKIE_NAME", **SAFE).startswith("__Host-")


def test_postgresql_is_asked_to_compile_no_plans_unless_a_pooler_would_refuse_that(
    tmp_path: Path,
) -> None:
    assert "-c jit=off" in value_of(tmp_path, "DATABASES", **SAFE)
    pooled = value_of(tmp_path, "DATABASES", **SAFE, DATABASE_POOLED="on")
    assert "jit" not in pooled
    assert "'DISABLE_SERVER_SIDE_CURSORS': True" in pooled


def test_what_the_address_of_the_database_says_is_kept(tmp_path: Path) -> None:
    address = SAFE["DATABASE_URL"] + "?sslmode=require"
    databases = value_of(tmp_path, "DATABASES", **{**SAFE, "DATABASE_URL": address})
    assert "'sslmode': 'require'" in databases
    assert "-c jit=off" in databases
