"""What the matrix can be narrowed down by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.forms.one_of_many import PersonField
from accounts.models import AccountGrant, Answerable, CorporateGrant, User
from accounts.permissions import AccountRole, CorporateRole
from accounts.service_area_filter import ServiceAreaFilter
from pages.long_select import LongSelect
from pages.words import with_words
from training.conditions import Judged, LearningState, people_in

BELOW = "below"
"""In the address: of the teams below one's own too."""
_ROLES = [
    *((f"corporate-{key}", label) for key, label in CorporateRole.choices),
    *((f"account-{key}", f"{label} of any account") for key, label in AccountRole.choices),
]


class ManagerField(PersonField):
    """Somebody who has a team."""

    nobody = "Enter the name or the work e-mail address of a line manager."

    def offered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        led = User.objects.employed().filter(manager=OuterRef("pk"))
        return User.objects.filter(Exists(led)).order_by("name", "pk")


class ManagerFilter(django_filters.Filter):
    field_class = ManagerField


class MatrixFilter(django_filters.FilterSet):
    """`things` are the courses, or the policies, that the page is about; `leads_teams` asks whose
    team is meant, which the queryset follows.
    """

    whose = django_filters.ChoiceFilter(
        label="Whose team",
        choices=[(BELOW, "Everyone below me")],
        empty_label="My direct reports",
        method="as_they_are",
    )
    words = django_filters.CharFilter(label="Name, e-mail address or job", method="with_words")
    service_area = ServiceAreaFilter()
    thing = django_filters.ChoiceFilter(
        label="Course", empty_label="Any", method="as_they_are", widget=LongSelect
    )
    state = django_filters.ChoiceFilter(
        label="Standing", choices=LearningState.choices, empty_label="Any", method="as_they_are"
    )
    role = django_filters.ChoiceFilter(
        label="Role", choices=_ROLES, empty_label="Any", method="with_role", widget=LongSelect
    )
    manager = ManagerFilter(label="Line manager", empty_label="Anybody")

    class Meta:
        model = User
        fields: list[str] = []

    def __init__(
        self, *args: Any, things: Sequence[Judged], called: str, leads_teams: bool, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.things = things
        if not leads_teams:
            del self.filters["whose"]
        self.filters["thing"].extra["choices"] = [
            (str(each.thing.pk), str(each.thing)) for each in things
        ]
        self.filters["thing"].label = called

    def shown(self) -> Sequence[Judged]:
        """The one that was chosen, or all."""
        chosen = self.form.cleaned_data.get("thing") if self.is_valid() else ""
        return [each for each in self.things if str(each.thing.pk) == chosen] or self.things

    def wanted(self) -> LearningState | None:
        chosen = self.form.cleaned_data.get("state") if self.is_valid() else ""
        return LearningState(chosen) if chosen else None

    def people(self) -> QuerySet[User]:
        """Those whom the filters let through, however they stand; nobody while one is wrong."""
        return self.qs if self.is_valid() else self.queryset.none()

    def found(self) -> QuerySet[User]:
        """`people` who are in the state that was asked for."""
        state = self.wanted()
        return self.people().filter(people_in(state, self.shown())) if state else self.people()

    def with_words(self, rows: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return with_words(rows, value, "name", "email", "job_title")

    def with_role(self, rows: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        kind, _, role = value.partition("-")
        if role == CorporateRole.MEMBER_OF_STAFF:
            return rows
        me = OuterRef("pk")
        if kind == "corporate":
            return rows.filter(Exists(CorporateGrant.objects.in_force().filter(user=me, role=role)))
        held = Q(Exists(AccountGrant.objects.in_force().filter(user=me, role=role)))
        if role == AccountRole.SITE_OWNER:
            held |= Q(Exists(Answerable.objects.open().filter(user=me)))
        return rows.filter(held)

    def as_they_are(self, rows: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Asked of `shown` and `found`, which say something together, or of the queryset."""
        return rows
