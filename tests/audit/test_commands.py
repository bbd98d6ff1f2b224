from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audit import triggers
from audit.models import Entry
from tests.audit.trail import record_several

pytestmark = pytest.mark.django_db


def said(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_verify_audit_says_that_the_trail_is_unbroken() -> None:
    record_several(3)
    assert said("verify_audit") == (
        "The audit trail is unbroken. 3 entries, each as it was written.\n"
    )


def test_verify_audit_names_the_first_broken_entry_and_exits_with_1() -> None:
    record_several(4)
    triggers.remove(connection)
    Entry.objects.filter(sequence__in=[2, 4]).update(reason="Never mind")
    with pytest.raises(CommandError, match="Entry 2 has been changed") as raised:
        call_command("verify_audit")
    assert raised.value.returncode == 1


def test_verify_audit_says_when_it_could_not_look_and_exits_with_2(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="could not be checked") as raised:
        call_command("verify_audit", "--database", str(tmp_path / "nowhere.sqlite3"))
    assert raised.value.returncode == 2


def test_export_audit_leaves_an_entry_and_a_head_that_verify_audit_accepts(
    tmp_path: Path,
) -> None:
    record_several(2)
    folder = tmp_path / "evidence"
    assert str(folder) in said("export_audit", "--to", str(folder))
    assert Entry.objects.get(sequence=3).event == "audit.exported"
    head = folder / "head.json"
    key = json.loads(head.read_text())["public_key"]
    record_several(1)
    assert "unbroken. 4 entries" in said("verify_audit", "--head", str(head), "--key", key)


def test_export_audit_writes_into_no_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear auditor")
    with pytest.raises(CommandError, match="is not empty"):
        call_command("export_audit", "--to", str(tmp_path))
    assert not Entry.objects.exists()
