"""What an emergency overrules: with a reason, every rule of ours; never what is fixed.

A text that is too long would be refused or cut, and an account that is being closed is not there to
publish. Everything else is shown to whoever lets the post go, and kept in the trail: the rules of
an election period too, for a flood does not wait for the poll.
"""

from __future__ import annotations

from publishing.checks.finding import Finding, Severity
from publishing.checks.registry import findings
from publishing.composition import Composition


def parted(composition: Composition) -> tuple[list[Finding], list[Finding]]:
    """What stops it even in an emergency; and what was found besides, the most severe first."""
    found = findings(composition)
    stops = [finding for finding in found if _is_firm(finding)]
    return stops, [finding for finding in found if finding not in stops]


def _is_firm(finding: Finding) -> bool:
    return finding.severity is Severity.BLOCKING and finding.check.is_fixed
