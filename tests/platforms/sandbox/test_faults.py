"""Faults come as they were ordered, are counted, and come again from the same seed."""

from __future__ import annotations

import threading
from collections import Counter

import pytest

from platforms.errors import PlatformError
from platforms.sandbox.faults import Asked, FaultKind, Faults
from platforms.sandbox.running import RunningSandbox, running_sandbox
from tests.platforms.x_account import XAccount, ignore, outgoing, x_account

RATES = {"drop": 0.2, "error_after": 0.2, "error_before": 0.2, "html": 0.1, "empty": 0.1}


def asked(account: str = "A", endpoint: str = "create_post", text: str = "") -> Asked:
    return Asked("x", account, endpoint, "publish", text)


def kinds(faults: Faults, asks: list[Asked]) -> list[str]:
    return [fault.kind if (fault := faults.decide(ask)) else "" for ask in asks]


def test_a_rule_applies_once_unless_told_otherwise() -> None:
    faults = Faults(1)
    faults.set_rule({"kind": "drop"})
    assert kinds(faults, [asked()] * 3) == ["drop", "", ""]


def test_a_rule_for_the_third_call_waits_for_it() -> None:
    faults = Faults(1)
    faults.set_rule({"kind": "drop", "nth": 3})
    assert kinds(faults, [asked()] * 4) == ["", "", "drop", ""]


def test_a_rule_looks_at_account_endpoint_and_text() -> None:
    faults = Faults(1)
    faults.set_rule({"kind": "drop", "account": "B", "endpoint": "publish", "text": "bin"})
    asks = [asked("A", text="bin"), asked("B", text="road"), asked("B", text="a bin")]
    assert kinds(faults, asks) == ["", "", "drop"]


def test_a_rule_without_end_goes_on() -> None:
    faults = Faults(1)
    faults.set_rule({"kind": "drop", "times": 0})
    assert kinds(faults, [asked()] * 50) == ["drop"] * 50


@pytest.mark.parametrize("values", [{"kind": "nonsense"}, {"kind": "drop", "acount": "A"}])
def test_a_rule_that_makes_no_sense_is_refused(values: dict[str, str]) -> None:
    with pytest.raises((ValueError, TypeError)):
        Faults(1).set_rule(values)


@pytest.mark.parametrize("rates", [{"drop": 0.6, "html": 0.6}, {"drop": -1}, {"nonsense": 0.1}])
def test_rates_that_make_no_sense_are_refused(rates: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"."):
        Faults(1).set_rates("any", rates)


def test_rates_are_kept_on_the_whole() -> None:
    faults = Faults(3)
    faults.set_rates("publish", RATES)
    counted = Counter(kinds(faults, [asked()] * 4000))
    assert all(abs(counted[kind] / 4000 - rate) < 0.04 for kind, rate in RATES.items())


def test_every_kind_can_come_by_rate() -> None:
    faults = Faults(3)
    faults.set_rates("any", dict.fromkeys(FaultKind, 1 / len(FaultKind)))
    assert set(kinds(faults, [asked()] * 1000)) == set(FaultKind)


def test_the_same_seed_gives_the_same_faults_in_whatever_order_accounts_come() -> None:
    asks = [asked(name) for name in "ABC" for _ in range(60)]
    shuffled = [asked(name) for _ in range(60) for name in "CAB"]
    one, other, third = Faults(9), Faults(9), Faults(10)
    for faults, order in ((one, asks), (other, shuffled), (third, asks)):
        faults.set_rates("any", RATES)
        kinds(faults, order)
    assert sorted(one.log) == sorted(other.log)
    assert sorted(one.log) != sorted(third.log)


def storm(seed: int) -> tuple[list[list[object]], dict[str, int]]:
    """Three accounts post at once under faults; the faults given, and copies by text."""
    with running_sandbox(seed=seed) as sandbox:
        accounts = [x_account(sandbox, f"Area{number}", timeout_s=3) for number in range(3)]
        sandbox.control.fault_rates(RATES, group="publish")
        threads = [threading.Thread(target=_post_twenty, args=(account,)) for account in accounts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        copies = {
            f"{account.handle} {number}": account.copies(f"Post {number}")
            for account in accounts
            for number in range(20)
        }
        return sorted(sandbox.control.faults_given()), copies


def _post_twenty(account: XAccount) -> None:
    for number in range(20):
        try:
            account.adapter.publish(outgoing(f"Post {number}"), {}, ignore)
        except PlatformError:
            continue


def test_over_http_from_many_threads_the_same_seed_leaves_the_same_world() -> None:
    first = storm(4)
    assert first == storm(4)
    assert first != storm(5)
    assert set(first[1].values()) == {0, 1}


def test_faults_and_calls_are_counted(sandbox: RunningSandbox) -> None:
    account = x_account(sandbox)
    account.fault("drop", "create_post")
    _post_twenty(account)
    counters = sandbox.control.counters()
    assert counters["faults"] == [["x", "WealdmoorDC", "create_post", 1, "drop"]]
    assert ["x", "WealdmoorDC", "create_post", 20] in counters["calls"]
    assert ["x", "WealdmoorDC", "create_post", "no answer", 1] in counters["answers"]
    assert ["x", "WealdmoorDC", "create_post", "201", 19] in counters["answers"]


def test_calls_for_a_text_are_counted_whatever_became_of_them(sandbox: RunningSandbox) -> None:
    account = x_account(sandbox)
    account.fault("error_before", "create_post")
    _post_twenty(account)
    _post_twenty(account)
    assert account.calls("Post 0") == 2
    assert account.copies("Post 0") == 1


def test_cleared_faults_are_gone(sandbox: RunningSandbox) -> None:
    account = x_account(sandbox)
    account.fault("drop", "create_post", times=0)
    sandbox.control.fault_rates({"drop": 1.0})
    sandbox.control.clear_faults()
    account.adapter.publish(outgoing("Hello"), {}, ignore)
