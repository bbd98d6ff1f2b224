"""Every check there is, in the order in which a person meets their findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils import timezone

from publishing.checks.account_obstacles import check_account_obstacles
from publishing.checks.accounts_chosen import check_accounts_chosen
from publishing.checks.alt_text import check_alt_text
from publishing.checks.finding import Finding, Severity
from publishing.checks.hashtags import check_hashtags
from publishing.checks.length import check_length
from publishing.checks.link import check_link
from publishing.checks.pictures import check_pictures
from publishing.checks.something_to_say import check_something_to_say
from publishing.checks.time import check_time
from publishing.checks.title import check_title
from publishing.checks.videos import check_videos
from publishing.composition import Composition

Check = Callable[[Composition, datetime], Iterable[Finding]]

CHECKS: tuple[tuple[str, Check], ...] = (
    ("An account is chosen", check_accounts_chosen),
    ("There is something to say", check_something_to_say),
    ("The title fits", check_title),
    ("The text fits every account", check_length),
    ("The link works as an address", check_link),
    ("Every picture and video has alt text", check_alt_text),
    ("The pictures suit every account", check_pictures),
    ("The videos suit every account", check_videos),
    ("The time is in the future", check_time),
    ("The accounts can publish", check_account_obstacles),
    ("Hashtags can be read aloud", check_hashtags),
)


def findings(composition: Composition, now: datetime | None = None) -> list[Finding]:
    """What all checks say, blocking ones first."""
    return [finding for _, found in results(composition, now) for finding in found]


def results(
    composition: Composition, now: datetime | None = None
) -> list[tuple[str, list[Finding]]]:
    """Each check's name with what it found, those that found something first."""
    moment = now or timezone.now()
    done = [(name, list(check(composition, moment))) for name, check in CHECKS]
    return sorted(done, key=_weight)


def blocking_findings(composition: Composition, now: datetime | None = None) -> list[Finding]:
    """Only what stands in the way."""
    found = findings(composition, now)
    return [finding for finding in found if finding.severity is Severity.BLOCKING]


def _weight(result: tuple[str, list[Finding]]) -> int:
    severities = {finding.severity for finding in result[1]}
    return 0 if Severity.BLOCKING in severities else 1 if severities else 2
