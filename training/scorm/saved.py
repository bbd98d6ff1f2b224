"""What a package is told when it is opened: who learns, and what it asked us to remember."""

from __future__ import annotations

from typing import Any

from training.models import Enrolment, PackagePart, PackageState, PartStatus


def saved_for(
    enrolment: Enrolment, part: PackagePart, state: PackageState | None
) -> dict[str, Any]:
    """Plain data for the player. The learner is a name and the number of this enrolment."""
    status = PartStatus(state.status) if state else PartStatus.NOT_STARTED
    return {
        "part": part.pk,
        "reports": part.reports,
        "learner": {"id": f"learner-{enrolment.pk}", "name": enrolment.user.name},
        "status": status.value,
        "score": state.score if state else None,
        "location": state.location if state else "",
        "suspendData": state.suspend_data if state else "",
        "seconds": state.seconds if state else 0,
        "isResumed": bool(state) and not status.is_done,
        "masteryScore": part.mastery_score,
        "completionThreshold": part.completion_threshold,
        "launchData": part.launch_data,
    }
