"""Where the demonstration is not loaded."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from accounts.models import User
from tests.factories import UserFactory


@pytest.mark.parametrize("command", ["load_demonstration", "demonstrate"])
def test_production_is_left_alone(command):
    with override_settings(PRODUCTION=True), pytest.raises(CommandError, match="production"):
        call_command(command)


@pytest.mark.parametrize("command", ["load_demonstration", "demonstrate"])
def test_only_the_demonstration_is_one(command):
    with pytest.raises(CommandError, match=r"\./run demo"):
        call_command(command)


def test_another_council_is_not_touched(db):
    UserFactory(name="Somebody real")
    with (
        override_settings(DEMONSTRATION=True),
        pytest.raises(CommandError, match="holds another council"),
    ):
        call_command("load_demonstration")
    assert User.objects.count() == 1
