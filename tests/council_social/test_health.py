"""The health page says whether the database and the broker answer, and no more."""

from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


def test_all_is_well_when_both_answer(client: Client) -> None:
    response = client.get("/health/")
    assert response.status_code == 200
    assert response.json() == {"well": True, "database": "ok", "broker": "ok"}
    assert "no-store" in response["Cache-Control"]


def test_a_broker_that_is_away_is_named_without_its_address(
    client: Client, settings: Settings
) -> None:
    settings.REDIS_URL = "redis://:hunter2@127.0.0.1:1/0"
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json() == {"well": False, "database": "ok", "broker": "unreachable"}


def test_a_queue_folder_that_is_gone_is_a_broker_that_is_away(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.REDIS_URL = ""
    settings.QUEUE_DIR = tmp_path / "gone"
    assert client.get("/health/").json()["broker"] == "unreachable"


def test_a_database_that_is_away_is_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("password authentication failed for user social")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json() == {"well": False, "database": "unreachable", "broker": "ok"}
