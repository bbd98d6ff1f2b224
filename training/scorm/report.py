"""What a package says of how far somebody came, in one form for both versions of SCORM."""

from __future__ import annotations

from dataclasses import dataclass

from training.models import PartStatus


@dataclass(frozen=True, slots=True)
class Report:
    opening: int
    completion: str = ""
    """"completed", "incomplete" or nothing: whether all was seen."""
    success: str = ""
    """"passed", "failed" or nothing."""
    score: int | None = None
    """Per cent."""
    location: str = ""
    suspend_data: str = ""
    seconds: int = 0

    def status(self, least: int) -> PartStatus:
        """Failed, whatever else is said, with a score below `least` where the part is over."""
        is_over = self.completion == "completed" or self.success in ("passed", "failed")
        if not is_over:
            return PartStatus.INCOMPLETE
        too_low = self.score is not None and self.score < least
        if self.success == "failed" or too_low:
            return PartStatus.FAILED
        return PartStatus.PASSED if self.success == "passed" else PartStatus.COMPLETED
