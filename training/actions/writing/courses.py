"""Courses themselves: adding one, changing what holds for all its versions, putting it away."""

from __future__ import annotations

from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from training.course_slugs import free_slug
from training.models import Assignment, Course, CourseVersion
from training.writing.locks import lock_course, refuse_stale
from training.writing.words import CourseFacts, facts_of


@transaction.atomic
def add_course(*, by: User, facts: CourseFacts) -> Course:
    """A new course with an empty draft of its first version."""
    demand(by, Permission.EDIT_COURSES)
    _refuse_same_title(facts.title)
    course = Course.objects.create(slug=free_slug(facts.title), **asdict(facts))
    CourseVersion.objects.create(course=course, number=1, made_by=by)
    record(Event.COURSE_ADDED, by=by, on=course)
    return course


@transaction.atomic
def change_course(*, by: User, course: Course, facts: CourseFacts, seen: str) -> Course:
    """Change what holds for every version, from now on. Raises StaleWords, ValidationError."""
    demand(by, Permission.EDIT_COURSES)
    locked = lock_course(course)
    if locked.archived_at:
        raise ValidationError("This course is put away. Bring it back before you change it.")
    before = facts_of(locked)
    refuse_stale(before, seen, facts)
    if facts == before:
        return locked
    _refuse_same_title(facts.title, but=locked)
    changed = {
        name: value for name, value in asdict(facts).items() if getattr(before, name) != value
    }
    for name, value in changed.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(changed))
    was = {name: getattr(before, name) for name in changed}
    record(Event.COURSE_CHANGED, by=by, on=locked, before=was, after=changed)
    return locked


@transaction.atomic
def put_away(*, by: User, course: Course) -> Course:
    """Nobody takes it or is asked for it any more; what was completed stays on record."""
    demand(by, Permission.EDIT_COURSES)
    locked = lock_course(course)
    if locked.archived_at:
        return locked
    if reasons := needed_because(locked):
        raise ValidationError(reasons)
    locked.archived_at = timezone.now()
    locked.save(update_fields=["archived_at"])
    record(Event.COURSE_PUT_AWAY, by=by, on=locked)
    return locked


@transaction.atomic
def bring_back(*, by: User, course: Course) -> Course:
    demand(by, Permission.EDIT_COURSES)
    locked = lock_course(course)
    if locked.archived_at is None:
        return locked
    locked.archived_at = None
    locked.save(update_fields=["archived_at"])
    record(Event.COURSE_BROUGHT_BACK, by=by, on=locked)
    return locked


def needed_because(course: Course) -> list[str]:
    """Why the course cannot be put away, in sentences that say what to do first."""
    reasons = []
    if course.needed_to_write:
        reasons.append("Posting needs this course. Take that back in its settings first.")
    if course.needed_to_approve:
        reasons.append("Approving needs this course. Take that back in its settings first.")
    asking = Assignment.objects.in_force().filter(course=course)
    for each in asking.select_related("course", "service_area", "person"):
        reasons.append(f"It is assigned to: {each.whom}. End that assignment first.")
    return reasons


def _refuse_same_title(title: str, but: Course | None = None) -> None:
    same = Course.objects.filter(title__iexact=title)
    if but:
        same = same.exclude(pk=but.pk)
    if same.exists():
        raise ValidationError({"title": "There is a course with this title. Choose another."})
