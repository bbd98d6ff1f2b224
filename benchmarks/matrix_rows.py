"""A council that learns: `python -m benchmarks.matrix_rows PEOPLE COURSES`.

Everybody has the same history, however many people there are: only how many differs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import timedelta
from importlib import import_module
from typing import Any

import django
from django.db import connection
from django.utils import timezone

AREAS = 20
HR = "hana@bench.example"
NOW = timezone.now()
TODAY = timezone.localdate()
LONG_AGO = NOW - timedelta(days=900)


def main(arguments: Sequence[str]) -> None:
    people, courses = (int(number) for number in arguments)
    django.setup()
    # The models and factories need Django to be set up.
    factories = import_module("tests.factories")
    import_module("tests.factories").person("hr", email=HR, name="Hana HR")
    fill(factories, people, courses)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def fill(factories: Any, number: int, courses: int) -> None:
    accounts, training = (import_module(f"{app}.models") for app in ("accounts", "training"))
    areas = [factories.ServiceAreaFactory(name=f"Service {n:02}") for n in range(AREAS)]
    people = _kept(
        accounts.User(
            name=f"Person {n:05}",
            email=f"person{n}@bench.example",
            job_title="Officer",
            service_area=areas[n % AREAS],
            joined_at=LONG_AGO,
        )
        for n in range(number)
    )
    accounts.User.objects.filter(pk__in=[each.pk for each in people[1:]]).update(manager=people[0])
    _kept(
        accounts.CorporateGrant(user=user, role="communications_officer", granted_at=LONG_AGO)
        for user in people[::50]
    )
    made = [
        training.Course.objects.create(
            slug=f"bench-{n}",
            title=f"Course {n:02} of the council",
            added_at=LONG_AGO,
            needed_to_write=n < 2,
        )
        for n in range(courses - training.Course.objects.count())
    ]
    _kept(_rules(training, made, areas))
    _kept(_completions(training, people, list(training.Course.objects.order_by("pk"))))
    _kept(
        training.Enrolment(user=user, course=version.course, version=version)
        for version in _kept(
            training.CourseVersion(course=each, number=1, published_at=LONG_AGO) for each in made
        )
        for user in people[:: 20 + version.course_id % 5]
    )


def _rules(training: Any, courses: Sequence[Any], areas: Sequence[Any]) -> Iterator[Any]:
    """Half of the courses are for everybody, the others for a service area and a role each."""
    for n, course in enumerate(courses):
        if n % 2 == 0:
            groups: list[dict[str, Any]] = [{"group": "everybody"}]
        else:
            groups = [
                {"group": "service_area", "service_area": areas[n % AREAS]},
                {"group": "corporate_role", "corporate_role": "communications_officer"},
            ]
        for group in groups:
            yield training.Assignment(course=course, due_days=30, made_at=LONG_AGO, **group)


def _completions(training: Any, people: Sequence[Any], courses: Sequence[Any]) -> Iterator[Any]:
    """Of 100 people two are late with a course, four have it run out soon; each did it twice."""
    for n, user in enumerate(people):
        for m, course in enumerate(courses):
            place = (n + 7 * m) % 100
            until = -20 if place < 2 else 20 if place < 6 else 40 + place * 3
            for years in (1, 0):
                ends = TODAY + timedelta(days=until - 365 * years)
                yield training.Completion(
                    course=course,
                    user=user,
                    completed_on=ends - timedelta(days=365),
                    expires_on=ends,
                    counts_until=ends,
                    recorded_at=NOW - timedelta(days=365 * years + 400 - until),
                )


def _kept(rows: Any) -> list[Any]:
    made = list(rows)
    if made:
        type(made[0])._default_manager.bulk_create(made, batch_size=1000)
    return made


if __name__ == "__main__":
    main(sys.argv[1:])
