"""The demonstration as `./run demo` has loaded it, once for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings

from council_social.demonstration.cast import Cast
from council_social.demonstration.load import load
from platforms.sandbox.running import RunningSandbox, running_sandbox
from tests.accounts.connection.at_the_sandbox import apps_at


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSandbox]:
    """A sandbox, and the settings of the demonstration."""
    with (
        running_sandbox() as sandbox,
        override_settings(
            DEMONSTRATION=True,
            TWO_FACTOR_REQUIRED=False,
            PLATFORM_URLS=sandbox.base_urls,
            PLATFORM_APPS=apps_at(sandbox),
            SANDBOX_URL=sandbox.url,
            MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        ),
    ):
        yield sandbox


@pytest.fixture(scope="module")
def council(stand_in, django_db_setup, django_db_blocker) -> Iterator[Cast]:
    """The loaded council; everything is rolled back after the last test of the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(stand_in.control)
        transaction.set_rollback(True)
