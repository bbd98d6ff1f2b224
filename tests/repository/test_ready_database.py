"""A change of what the migrations make means a new copy of the test database."""

from __future__ import annotations

from tests.ready_database import TOP, within_reach


def test_what_a_migration_imports_is_within_reach_and_what_that_imports_too() -> None:
    reached = {path.relative_to(TOP).as_posix() for path in within_reach() if TOP in path.parents}
    assert {"audit/triggers.py", "publishing/checks/first_topics.py"} <= reached
    triggers = TOP.glob("training/triggers/*.py")
    assert {path.relative_to(TOP).as_posix() for path in triggers} <= reached


def test_pages_are_not_within_reach() -> None:
    assert not any("views" in path.parts for path in within_reach())
