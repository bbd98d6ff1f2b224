"""A course’s own page: what it is for, what is read, where one stands; and its button."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.views.permission import person_of
from training.actions.taking import Begun, begin
from training.models import Completion, Course
from training.scorm.way import is_package
from training.standing import courses_of
from training.standing_in_words import in_words
from training.taking.overview import LessonLine, overview_of
from training.taking.way import Way, last_way_of


@login_required
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """A course that is a package has a page of its own."""
    me = person_of(request)
    found = get_object_or_404(Course.objects.in_use(), slug=slug)
    if is_package(me, found):
        return redirect("training_package", slug)
    done = Completion.objects.on_record().filter(user=me, course=found)
    learning = next(each for each in courses_of(me) if each.thing == found)
    overview = overview_of(me, found)
    context = {
        "course": found,
        "learning": learning,
        "words": in_words(learning, timezone.localdate()),
        "overview": overview,
        "items": [_item(found, line) for line in overview.lessons] if overview else [],
        "read_again": _read_again(me, found),
        "completions": done.order_by("-expires_on", "-pk"),
    }
    return render(request, "training/taking/course.html", context)


def _read_again(reader: User, course: Course) -> str:
    """The first lesson of what was completed last, while nothing is under way; "" for none."""
    way = last_way_of(reader, course)
    if way is None or way.is_under_way or not way.lessons:
        return ""
    return reverse("lesson", args=[course.slug, way.lessons[0].position])


def _item(course: Course, line: LessonLine) -> dict[str, str]:
    """One line of the list of lessons; those that are open are links."""
    address = reverse("lesson", args=[course.slug, line.lesson.position]) if line.is_open else ""
    state, colour = ("Read", "green") if line.is_read else ("", "")
    if line.is_next:
        state, colour = "Next", "blue"
    return {"text": line.lesson.title, "href": address, "state": state, "colour": colour}


@login_required
@require_POST
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin, or go on where one is: pressing it twice is the same as once."""
    found = get_object_or_404(Course.objects.in_use(), slug=slug)
    try:
        begun = begin(by=person_of(request), course=found)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("course", slug)
    if said := _said(begun):
        messages.info(request, said)
    return redirect(Way(begun.enrolment).goes_on_at)


def _said(begun: Begun) -> str:
    if begun.instead_of is None:
        return ""
    if begun.instead_of.version_id != begun.enrolment.version_id:
        return (
            "The course has changed since you began, and what you began does not count any more. "
            f"You now take version {begun.enrolment.version.number}, from its start."
        )
    return "A refresher does not count for you any more. You now take the whole course."
