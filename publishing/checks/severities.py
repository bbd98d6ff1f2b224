"""How severe each check is here: as it comes, unless the council has set it otherwise."""

from __future__ import annotations

from publishing.checks.finding import Check, Severity
from publishing.models import CheckSetting


class Severities:
    """Read once for a whole run of the checks: one query."""

    def __init__(self) -> None:
        self._set = dict(CheckSetting.objects.values_list("check_key", "severity"))

    def of(self, check: Check) -> Severity:
        """What the council set, but for a check that cannot be set."""
        if check.is_fixed or check.key not in self._set:
            return check.severity
        return Severity(self._set[check.key])
