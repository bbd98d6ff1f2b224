"""Faults on demand: by rule or by rate, counted, and the same again from the same seed.

Whether the n-th call of an account to an endpoint goes wrong depends on nothing but the seed, the
platform, the account's handle, the endpoint and n: not on the time, the order of threads or what
other accounts do.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class FaultKind(StrEnum):
    REFUSE = "refuse"
    RATE_LIMIT = "rate_limit"
    ERROR_BEFORE = "error_before"
    ERROR_AFTER = "error_after"
    HANG = "hang"
    DROP = "drop"
    SLOW = "slow"
    EXPIRED = "expired"
    REVOKED = "revoked"
    DUPLICATE = "duplicate"
    HTML = "html"
    EMPTY = "empty"
    HUGE = "huge"
    MALFORMED = "malformed"


ACCEPTS: Mapping[FaultKind, bool | None] = {
    FaultKind.REFUSE: False,
    FaultKind.RATE_LIMIT: False,
    FaultKind.ERROR_BEFORE: False,
    FaultKind.ERROR_AFTER: True,
    FaultKind.HANG: True,
    FaultKind.DROP: True,
    FaultKind.SLOW: True,
    FaultKind.EXPIRED: False,
    FaultKind.REVOKED: False,
    FaultKind.DUPLICATE: None,
    FaultKind.HTML: None,
    FaultKind.EMPTY: None,
    FaultKind.HUGE: None,
    FaultKind.MALFORMED: None,
}
"""Whether the platform carries the call out in spite of the fault; None: the seed decides."""

SECONDS: Mapping[FaultKind, float] = {
    FaultKind.RATE_LIMIT: 60.0,
    FaultKind.HANG: 120.0,
    FaultKind.SLOW: 1.0,
}


@dataclass(slots=True)
class Rule:
    """Let calls that match go wrong; what is empty matches everything.

    `endpoint` is an endpoint's name or group; `nth` picks the n-th match only (from 1); `times` is
    how often at most (0: always); `seconds` how long to wait; `accept` overrides whether the call
    is carried out.
    """

    kind: FaultKind
    platform: str = ""
    account: str = ""
    endpoint: str = ""
    text: str = ""
    nth: int = 0
    times: int = 1
    seconds: float | None = None
    accept: bool | None = None
    matched: int = 0
    done: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    kind: FaultKind
    accept: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Asked:
    """What a decision is about."""

    platform: str
    account: str
    endpoint: str
    group: str
    text: str


@dataclass(slots=True)
class Faults:
    """Rules first, in the order in which they were set; then the rates."""

    seed: int
    rules: list[Rule] = field(default_factory=list)
    rates: dict[str, dict[FaultKind, float]] = field(default_factory=dict)
    """Chances from 0 to 1 for a group of endpoints ("publish", "upload", "read" or "any")."""
    seconds: dict[FaultKind, float] = field(default_factory=dict)
    """How long faults by rate hang, are slow, or ask to wait."""
    calls: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    log: list[tuple[str, str, str, int, str]] = field(default_factory=list)
    """Each fault given: platform, account, endpoint, which call, kind."""

    def decide(self, asked: Asked) -> Fault | None:
        """Count the call and say what goes wrong with it."""
        key = (asked.platform, asked.account, asked.endpoint)
        self.calls[key] += 1
        if not self.rules and not self.rates:
            return None
        n = self.calls[key]
        fault = self._by_rule(asked, n) or self._by_rate(asked, n)
        if fault:
            self.log.append((*key, n, fault.kind.value))
        return fault

    def set_rule(self, values: Mapping[str, Any]) -> Rule:
        """Add a rule; raises `ValueError` or `TypeError` for one that makes no sense."""
        rule = Rule(**{**values, "kind": FaultKind(values.get("kind", ""))})
        self.rules.append(rule)
        return rule

    def set_rates(self, group: str, rates: Mapping[str, float]) -> None:
        """Replace the rates of a group; raises `ValueError`."""
        checked = {FaultKind(kind): float(rate) for kind, rate in rates.items()}
        if sum(checked.values()) > 1 or any(rate < 0 for rate in checked.values()):
            raise ValueError("Rates are chances between 0 and 1 that add up to 1 at most.")
        self.rates[group] = checked

    def clear(self) -> None:
        """No more faults; counts stay."""
        self.rules.clear()
        self.rates.clear()
        self.seconds.clear()

    def rule_values(self) -> list[dict[str, Any]]:
        return [asdict(rule) for rule in self.rules]

    def _by_rule(self, asked: Asked, n: int) -> Fault | None:
        for rule in self.rules:
            if not _matches(rule, asked):
                continue
            rule.matched += 1
            if (rule.nth and rule.matched != rule.nth) or (rule.times and rule.done >= rule.times):
                continue
            rule.done += 1
            accept = rule.accept if rule.accept is not None else self._accepts(rule.kind, asked, n)
            seconds = rule.seconds if rule.seconds is not None else SECONDS.get(rule.kind, 0.0)
            return Fault(rule.kind, accept, seconds)
        return None

    def _by_rate(self, asked: Asked, n: int) -> Fault | None:
        rates = {**self.rates.get("any", {}), **self.rates.get(asked.group, {})}
        chance = self._chance(asked, n, "kind") if rates else 1.0
        for kind in FaultKind:
            if kind is FaultKind.DUPLICATE and asked.group != "publish":
                continue
            chance -= rates.get(kind, 0.0)
            if chance < 0:
                seconds = self.seconds.get(kind, SECONDS.get(kind, 0.0))
                return Fault(kind, self._accepts(kind, asked, n), seconds)
        return None

    def _accepts(self, kind: FaultKind, asked: Asked, n: int) -> bool:
        fixed = ACCEPTS[kind]
        return self._chance(asked, n, "accept") < 0.5 if fixed is None else fixed

    def _chance(self, asked: Asked, n: int, about: str) -> float:
        """A number from 0 to 1 that depends on nothing but the seed and which call it is."""
        what = (self.seed, asked.platform, asked.account, asked.endpoint, n, about)
        drawn = hashlib.blake2b("\0".join(map(str, what)).encode(), digest_size=8).digest()
        return int.from_bytes(drawn, "big") / 2**64


def _matches(rule: Rule, asked: Asked) -> bool:
    return (
        rule.platform in ("", asked.platform)
        and rule.account in ("", asked.account)
        and rule.endpoint in ("", asked.endpoint, asked.group)
        and rule.text in asked.text
    )
