"""Requests for accounts that somebody who leaves has begun: a kind of work to hand on."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse

from accounts.handing_on import Thing
from accounts.models import AccountRequest, RequestState, User
from audit.catalogue import Event
from audit.record import record

OPEN = (RequestState.DRAFT, RequestState.WITH_MANAGER, RequestState.WITH_COMMUNICATIONS)


class BegunRequests:
    key = "requests"
    one, several = "request for an account", "requests for accounts"
    question = "Who goes on with their requests?"

    def begun_by(self, person: User) -> Sequence[Thing]:
        return [
            Thing(str(each), reverse("request", args=[each.pk]))
            for each in self._open(person).select_related("account")
        ]

    def hand_on(self, *, by: User | None, person: User, to: User, reason: str) -> None:
        """Whoever supports or decides a request does not become the one who asks for it."""
        rows = self._open(person).select_for_update(of=("self",)).select_related("account")
        for request in rows.order_by("pk"):
            deciders = (request.line_manager_id, request.supported_by_id)
            if to.pk in deciders:
                wrong = f"{to.name} supports {request}, so cannot ask for it. Choose somebody else."
                raise ValidationError({self.key: wrong})
            request.asked_by = to
            request.save(update_fields=["asked_by"])
            record(
                Event.REQUEST_CHANGED,
                by=by,
                on=request.account,
                before={"asked_by": person.name},
                after={"asked_by": to.name, "part": "who asks for it"},
                reason=reason,
            )

    def _open(self, person: User) -> QuerySet[AccountRequest]:
        return AccountRequest.objects.filter(asked_by=person, state__in=OPEN)


begun_requests = BegunRequests()
