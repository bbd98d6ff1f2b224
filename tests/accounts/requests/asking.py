"""Requests of an account in every state, made through the actions by believable people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.actions import deciding, risk
from accounts.actions.request_people import accept_parts, name_answerable, name_officer
from accounts.actions.requesting import answer_request, begin_request, submit_request
from accounts.models import AccountRequest, ServiceArea, SocialAccount, StrategicAim, User
from accounts.permissions import AccountRole
from accounts.requests.digest import digest_of
from tests.factories import (
    ServiceAreaFactory,
    StrategicAimFactory,
    communications_officer,
    person,
)


@dataclass
class Asking:
    """One request and everybody who has to do with it."""

    asker: User
    manager: User
    deputy: User
    officer: User
    request: AccountRequest
    communications: User
    colleague: User
    """Another communications officer."""

    @property
    def account(self) -> SocialAccount:
        return SocialAccount.objects.get(pk=self.request.account_id)

    def fresh(self) -> AccountRequest:
        self.request = AccountRequest.objects.with_answers().get(pk=self.request.pk)
        return self.request

    @property
    def digest(self) -> str:
        return digest_of(self.fresh())

    def answered(self) -> Asking:
        """Everything but the people's acceptance."""
        for task, answers in answers_to_tasks().items():
            answer_request(by=self.asker, request=self.request, task=task, answers=answers)
        name_answerable(by=self.asker, request=self.request, owner=self.asker, deputy=self.deputy)
        name_officer(
            by=self.asker, request=self.request, user=self.officer, role=AccountRole.DRAFTER
        )
        self.assessed()
        return self

    def assessed(self) -> None:
        risk.assess(
            by=self.asker,
            account=self.account,
            likelihood=2,
            impact=2,
            summary="A careless post.",
            controls="Two people read it.",
            review_on=timezone.localdate() + timedelta(days=300),
        )

    def accepted_by_all(self) -> Asking:
        for user in (self.deputy, self.officer):
            accept_parts(by=user, request=self.request)
        return self

    def submitted(self) -> Asking:
        submit_request(by=self.asker, request=self.request)
        return self

    def supported(self) -> Asking:
        self.yes(self.manager)
        return self

    def signed_off(self) -> Asking:
        newest = self.account.risk_assessments.first()
        assert newest
        risk.sign_off(by=self.colleague, assessment=newest)
        return self

    def yes(self, by: User) -> AccountRequest:
        return deciding.say_yes(
            by=by, request=self.request, digest=self.digest, reason="It will help residents."
        )


def asking(handle: str = "WealdmoorMuseum", **people: User) -> Asking:
    """A draft that was just begun; whoever is not in `people` is made up."""
    manager = people.get("manager") or person(name="Mo Manager")
    asker = people.get("asker") or person(name="Ann Asker", manager=manager)
    area = ServiceArea.objects.filter(name="Museum").first() or ServiceAreaFactory(name="Museum")
    request = begin_request(
        by=asker, platform="x", handle=f"@{handle}", name="Wealdmoor Museum", service_area=area
    )
    return Asking(
        asker=asker,
        manager=manager,
        deputy=people.get("deputy") or person(name="Deb Deputy"),
        officer=people.get("officer") or person(name="Oli Officer"),
        request=request,
        communications=people.get("communications") or communications_officer(name="Cat Comms"),
        colleague=people.get("colleague") or communications_officer(name="Col League"),
    )


def ready_to_submit(handle: str = "WealdmoorMuseum", **people: User) -> Asking:
    return asking(handle, **people).answered().accepted_by_all()


def with_communications(handle: str = "WealdmoorMuseum", **people: User) -> Asking:
    return ready_to_submit(handle, **people).submitted().supported()


def answers_to_tasks() -> dict[str, dict[str, object]]:
    aim = StrategicAim.objects.first() or StrategicAimFactory()
    return {
        "about": {"purpose": "News of the new gallery"},
        "why": {
            "why": "The gallery opens in May.",
            "aims": [aim],
            "audience": "Families",
            "why_not_existing": "The council’s account has another audience.",
        },
        "content": {
            "content_kinds": "Pictures and opening hours",
            "content_rhythm": "Twice a week",
            "content_first_weeks": "The opening",
            "content_replies": "The museum, on working days",
        },
        "equality": {
            "equality_adverse": "no",
            "equality_adverse_why": "",
            "equality_positive": "yes",
            "equality_positive_why": "Captions and alt text.",
            "equality_steps": "",
        },
    }
