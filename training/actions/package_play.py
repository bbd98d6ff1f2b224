"""Taking a package: it is begun, keeps what its parts report, and ends with the completion.

What a package reports is the learner's own word: it runs in their browser. It is held to its types
and sizes, and it is theirs alone; see docs/decisions/packages-are-believed.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from training.actions.completions import keep_completion
from training.models import (
    CompletedBy,
    Completion,
    CourseVersion,
    Enrolment,
    PackagePart,
    PackageState,
    PartStatus,
)
from training.scorm.report import Report


class Overtaken(Exception):
    """The part was opened again meanwhile; what the earlier opening says is not kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How the part stands now, and the completion if there is one."""

    status: PartStatus
    completion: Completion | None
    came_further: bool = False
    """Whether it said anything new but how long it has been open."""


@transaction.atomic
def begin_package(*, by: User, version: CourseVersion) -> Enrolment:
    """Begin, or go on with, this version; one of an earlier version that is under way ends."""
    locked = User.objects.select_for_update().get(pk=by.pk)
    if not locked.is_employed():
        raise PermissionDenied
    if not version.is_draft and version.course.archived_at:
        raise ValidationError("This course has been put away.")
    under_way = Enrolment.objects.under_way().filter(user=locked, course=version.course_id)
    if mine := under_way.filter(version=version).first():
        return mine
    under_way.update(ended_at=timezone.now())
    return Enrolment.objects.create(user=locked, version=version, course=version.course)


@transaction.atomic
def keep_report(*, by: User, part: PackagePart, report: Report) -> Kept:
    """Keep what `part` says of the way that `by` is on; with the last part done, the completion.

    Raises Overtaken, and Enrolment.DoesNotExist for somebody who has not begun. Once the course is
    completed nothing changes any more.
    """
    mine = Enrolment.objects.filter(user=by, version=part.package.version_id)
    enrolment = mine.select_for_update().order_by("-started_at", "-id")[:1].get()
    if not by.is_employed():
        raise PermissionDenied
    state, _new = PackageState.objects.get_or_create(enrolment=enrolment, part=part)
    if enrolment.ended_at:
        completion = Completion.objects.filter(enrolment=enrolment).first()
        return Kept(PartStatus(state.status), completion)
    before = _reached(state)
    _take_over(state, report, enrolment.version.pass_mark)
    came_further = _reached(state) != before
    return Kept(PartStatus(state.status), _completed(by, enrolment, part), came_further)


def _reached(state: PackageState) -> tuple[object, ...]:
    return (state.status, state.score, state.location, state.suspend_data)


def _take_over(state: PackageState, report: Report, pass_mark: int) -> None:
    if report.opening < state.opening:
        raise Overtaken
    if report.opening > state.opening:
        state.seconds_before, state.opening = state.seconds, report.opening
    state.seconds_now = report.seconds
    state.location, state.suspend_data = report.location, report.suspend_data
    if not state.is_done:
        least = state.part.mastery_score
        state.status = report.status(pass_mark if least is None else least)
        state.score = report.score
    state.save()


def _completed(by: User, enrolment: Enrolment, part: PackagePart) -> Completion | None:
    """The completion, if this was the last part that was open."""
    done = enrolment.states.done()
    if part.package.parts.exclude(pk__in=done.values("part")).exists():
        return None
    scores = [score for score in done.values_list("score", flat=True) if score is not None]
    now = timezone.now()
    Enrolment.objects.filter(pk=enrolment.pk).update(ended_at=now)
    return keep_completion(
        by=by,
        person=by,
        course=enrolment.course,
        version=enrolment.version,
        completed_on=timezone.localdate(now),
        how=CompletedBy.PACKAGE,
        enrolment=enrolment,
        score=sum(scores) // len(scores) if scores else None,
    )
