"""Steering the sandbox: accounts, residents, the clock, a closed door, a restart."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest
import requests

from platforms.errors import TryLater
from platforms.sandbox.running import ROOT, RunningSandbox, running_sandbox
from tests.platforms.x_account import ignore, outgoing, x_account


def test_an_account_made_twice_is_one_account_with_both_tokens(sandbox: RunningSandbox) -> None:
    first = sandbox.control.add_account("x", "Libraries", tokens=["one"])
    again = sandbox.control.add_account("x", "Libraries", tokens=["two"])
    assert first["id"] == again["id"]
    for token in ("one", "two"):
        header = {"Authorization": f"Bearer {token}"}
        answer = requests.get(f"{sandbox.url}/x/2/users/me", headers=header, timeout=5)
        assert answer.json()["data"]["username"] == "Libraries"


@pytest.mark.parametrize(
    ("platform", "account"), [("x", "Nobody"), ("myspace", "Libraries"), ("", "")]
)
def test_an_unknown_account_is_said_to_be(
    sandbox: RunningSandbox, platform: str, account: str
) -> None:
    with pytest.raises(ValueError, match="no account"):
        sandbox.control.say(platform, account, "Hello")


def test_nonsense_is_refused_and_the_server_lives(sandbox: RunningSandbox) -> None:
    for body in (b"{", b"[]", b"null", b'{"kind": 3}'):
        answer = requests.post(f"{sandbox.url}/_sandbox/rule", data=body, timeout=5)
        assert answer.status_code == 400
    assert requests.get(f"{sandbox.url}/_sandbox/health", timeout=5).json() == {"ok": True}


def test_residents_say_the_same_from_the_same_seed() -> None:
    said = []
    for _ in range(2):
        with running_sandbox(seed=11) as sandbox:
            account = x_account(sandbox)
            sandbox.control.settings(now=datetime(2026, 3, 10, 12, tzinfo=UTC).timestamp())
            sandbox.control.seed_mentions("x", account.handle, 60, days=10)
            header = {"Authorization": f"Bearer token-of-{account.handle}"}
            address = f"{sandbox.url}/x/2/users/{account.remote_id}/mentions?max_results=100"
            answer = requests.get(address, headers=header, timeout=5)
            said.append([tweet["text"] for tweet in answer.json()["data"]])
    assert said[0] == said[1]
    assert len(set(said[0])) > 30


def test_the_clock_can_be_moved(sandbox: RunningSandbox) -> None:
    account = x_account(sandbox)
    at = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
    sandbox.control.settings(now=at.timestamp())
    account.adapter.publish(outgoing("Hello"), {}, ignore)
    (post,) = sandbox.control.posts("x", account.handle)
    made_at = datetime.fromtimestamp(post["created_at"], UTC)
    assert timedelta(0) <= made_at - at < timedelta(seconds=10)


def test_a_closed_door_refuses_and_opens_again() -> None:
    with running_sandbox() as sandbox:
        account = x_account(sandbox)
        account.adapter.publish(outgoing("Before"), {}, ignore)
        sandbox.control.refuse(1.0)
        time.sleep(0.3)
        with pytest.raises(TryLater) as refused:
            account.adapter.publish(outgoing("Meanwhile"), {}, ignore)
        assert refused.value.whole_platform
        time.sleep(1.0)
        account.adapter.publish(outgoing("Meanwhile"), {}, ignore)
        assert account.calls("Meanwhile") == 1


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_restart_forgets_nothing(tmp_path: Path, how: signal.Signals) -> None:
    database = tmp_path / "sandbox.sqlite3"
    with running_sandbox(database=database) as sandbox:
        account = x_account(sandbox)
        sent = account.adapter.publish(outgoing("Hello"), {}, ignore)
        sandbox.control.say("x", account.handle, "Thank you", in_reply_to=sent.remote_id)
        time.sleep(1.2)
        process = psutil.Process(sandbox.pid)
        process.send_signal(how)
        process.wait(5)
    with running_sandbox(database=database) as sandbox:
        account = x_account(sandbox)
        assert account.copies("Hello") == 1
        assert account.adapter.mentions({}).mentions[0].in_reply_to == sent.remote_id
        assert account.adapter.publish(outgoing("Hello"), {}, ignore).remote_id == sent.remote_id
        assert account.calls("Hello") == 2
        counted = {tuple(row[:3]): row[3] for row in sandbox.control.counters()["calls"]}
        assert counted["x", account.handle, "create_post"] == 2


STARTER = """
import time
from platforms.sandbox.running import running_sandbox
with running_sandbox() as sandbox:
    print(sandbox.pid, flush=True)
    time.sleep(60)
"""


def test_it_ends_when_whoever_started_it_is_killed() -> None:
    command = [sys.executable, "-c", STARTER]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        sandbox = psutil.Process(int(starter.stdout.readline()))
        starter.kill()
    _, alive = psutil.wait_procs([sandbox], timeout=5)
    assert alive == []


def test_it_keeps_up_with_the_engine(sandbox: RunningSandbox) -> None:
    """Far below what it can do (about 1,800 a second on one core), to bear a busy machine."""
    account = x_account(sandbox)
    sandbox.control.settings(rate_limits=False)
    process = psutil.Process(sandbox.pid)
    before = sum(process.cpu_times()[:2])
    for number in range(400):
        account.adapter.publish(outgoing(f"Post {number}"), {}, ignore)
    assert (sum(process.cpu_times()[:2]) - before) / 400 < 0.003
