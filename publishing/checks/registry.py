"""Every check there is, in the order in which a person meets their findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.utils import timezone

from publishing.checks import (
    account_obstacles,
    accounts_chosen,
    accounts_closing,
    alt_text,
    blocked_words,
    campaign_material,
    capitals,
    captions,
    clashes,
    consent_ends,
    credit,
    duplicates,
    email_addresses,
    emoji,
    hashtags,
    hints_left,
    home_addresses,
    left_out,
    length,
    link,
    link_answers,
    nhs_numbers,
    ni_numbers,
    odd_letters,
    outdated_words,
    people,
    phone_numbers,
    pictures,
    plain_english,
    pre_election,
    sensitive_topics,
    something_to_say,
    time,
    time_comes_twice,
    title,
    videos,
)
from publishing.checks.finding import Check, Finding, Severity
from publishing.checks.severities import Severities
from publishing.composition import Composition

CHECKS: tuple[Check, ...] = (
    accounts_chosen.CHECK,
    accounts_closing.CHECK,
    something_to_say.CHECK,
    hints_left.CHECK,
    title.CHECK,
    length.CHECK,
    link.CHECK,
    alt_text.CHECK,
    captions.CHECK,
    people.CHECK,
    pictures.CHECK,
    videos.CHECK,
    left_out.CHECK,
    time.CHECK,
    time_comes_twice.CHECK,
    account_obstacles.CHECK,
    clashes.CHECK,
    duplicates.CHECK,
    ni_numbers.CHECK,
    nhs_numbers.CHECK,
    email_addresses.CHECK,
    phone_numbers.CHECK,
    home_addresses.CHECK,
    blocked_words.CHECK,
    outdated_words.CHECK,
    sensitive_topics.CHECK,
    plain_english.CHECK,
    capitals.CHECK,
    odd_letters.CHECK,
    emoji.CHECK,
    hashtags.CHECK,
    link_answers.CHECK,
    credit.CHECK,
    consent_ends.CHECK,
    pre_election.CHECK,
    campaign_material.CHECK,
)
_BY_KEY = {check.key: check for check in CHECKS}
MOST = 20
"""As many findings of one check are told; whoever puts those right is told of the next."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one check found; nothing where it is passed."""

    check: Check
    findings: list[Finding]


def results(composition: Composition, now: datetime | None = None) -> list[Result]:
    """Each check that is not switched off, with what it found: the most severe first.

    One query for what the council has set, and those that the checks make themselves.
    """
    moment, severities = now or timezone.now(), Severities()
    here = [(check, severities.of(check)) for check in CHECKS]
    done = [
        Result(check, _run(check, severity, composition, moment))
        for check, severity in here
        if severity is not Severity.OFF
    ]
    return sorted(done, key=_weight)


def check_of(key: str) -> Check | None:
    """The check of that key, if there is one."""
    return _BY_KEY.get(key)


def findings(composition: Composition, now: datetime | None = None) -> list[Finding]:
    """What all checks say, the most severe first."""
    return [finding for result in results(composition, now) for finding in result.findings]


def blocking_findings(composition: Composition, now: datetime | None = None) -> list[Finding]:
    """Only what stands in the way; the other checks are not run."""
    moment, severities = now or timezone.now(), Severities()
    return [
        finding
        for check in CHECKS
        if severities.of(check) is Severity.BLOCKING
        for finding in _run(check, Severity.BLOCKING, composition, moment)
    ]


def _run(
    check: Check, severity: Severity, composition: Composition, now: datetime
) -> list[Finding]:
    return [
        Finding(
            check,
            Severity.NOTE if found.is_note else severity,
            found.message,
            found.about,
            found.field,
            found.source,
        )
        for found in islice(check.find(composition, now), MOST)
    ]


_ORDER = (Severity.BLOCKING, Severity.ADVISORY, Severity.NOTE)


def _weight(result: Result) -> int:
    return _ORDER.index(result.findings[0].severity) if result.findings else len(_ORDER)
