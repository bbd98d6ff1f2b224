"""The courses as their authors see them: which version is taken, and by how many."""

from __future__ import annotations

from django.db.models import Count, Exists, IntegerField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from training.models import Completion, Course, CourseVersion, Enrolment


def courses_to_write() -> QuerySet[Course]:
    """Each with `current` (the number of the version that is taken, None: none), `has_draft`,
    `done` and `under_way` (people), and `changed_at`: when a version was begun or published.
    """
    published = CourseVersion.objects.published().filter(course=OuterRef("pk"))
    drafts = CourseVersion.objects.filter(course=OuterRef("pk"), published_at=None)
    in_date = Completion.objects.in_date(timezone.localdate()).filter(course=OuterRef("pk"))
    begun = Enrolment.objects.under_way().filter(course=OuterRef("pk"))
    return Course.objects.annotate(
        current=Subquery(published.order_by("-number").values("number")[:1]),
        has_draft=Exists(drafts),
        done=_people(in_date),
        under_way=_people(begun),
        changed_at=Coalesce(Max("versions__published_at"), Max("versions__made_at"), "added_at"),
    ).order_by("archived_at", "title")


def _people(rows: QuerySet[Completion] | QuerySet[Enrolment]) -> Coalesce:
    counted = rows.order_by().values("course").annotate(n=Count("user", distinct=True))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)
