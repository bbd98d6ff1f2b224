"""A council with many accounts and people: `python -m benchmarks.register_rows ACCOUNTS PEOPLE`.

Each account has the same history, however many there are: only how many differs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from importlib import import_module
from itertools import cycle, islice
from typing import Any, TypeVar

import django
from django.db import connection, models
from django.utils import timezone

from benchmarks.rows import AUDITOR, OFFICER

AREAS = 20
PLATFORMS = ("x", "facebook", "youtube", "instagram", "linkedin")
NOW = timezone.now()
TODAY = timezone.localdate()
YEAR = timedelta(days=365)

Row = TypeVar("Row", bound=models.Model)


def main(arguments: Sequence[str]) -> None:
    accounts, people = (int(number) for number in arguments)
    django.setup()
    # The models and factories need Django to be set up.
    factories = import_module("tests.factories")
    factories.communications_officer(email=OFFICER)
    factories.digital_officer(email=AUDITOR)
    Council(import_module("accounts.models"), accounts, people).fill()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


class Council:
    """The rows of the council, kind by kind; `kinds` are the models of `accounts`."""

    def __init__(self, kinds: Any, accounts: int, people: int) -> None:
        self.kinds = kinds
        self.number = accounts
        self.areas = [_placed(kinds.ServiceArea(name=f"Service {n:03}")) for n in range(AREAS)]
        self.people = _kept(
            kinds.User(
                name=f"Person {n:05}",
                email=f"person{n}@bench.example",
                job_title="Officer",
                service_area=area,
            )
            for n, area in _numbered(self.areas, people)
        )
        self.accounts = _kept(self._accounts())

    def fill(self) -> None:
        for rows in (
            self._answerables(),
            self._assessments(),
            self._grants(),
            self._credentials(),
            self._requests(),
        ):
            _kept(rows)
        self._access_reviews()
        self._rationalisation()
        self._trained()

    def _accounts(self) -> Iterator[Any]:
        for n, area in _numbered(self.areas, self.number):
            platform = PLATFORMS[n % len(PLATFORMS)]
            yield self.kinds.SocialAccount(
                platform=platform,
                handle=f"wealdmoor{n}",
                name=f"Account {n:05}",
                url=f"https://bench.example/{n}",
                remote_id=str(n),
                purpose="What the service does, and when",
                service_area=area,
                owner=self._person(n),
                deputy=self._person(n + 1),
                state="live" if n % 10 else "suspended",
                last_post_on=TODAY - timedelta(days=n % 200),
                branding_checked_on=TODAY - YEAR if n % 3 else None,
            )

    def _answerables(self) -> Iterator[Any]:
        for n, account in enumerate(self.accounts):
            for part, user in (("owner", self._person(n)), ("deputy", self._person(n + 1))):
                yield self.kinds.Answerable(
                    account=account, part=part, user=user, since=NOW - YEAR, accepted_at=NOW - YEAR
                )

    def _assessments(self) -> Iterator[Any]:
        """Two of each account, of every level, some overdue."""
        for n, account in enumerate(self.accounts):
            for years in (2, 1):
                yield self.kinds.RiskAssessment(
                    account=account,
                    likelihood=1 + n % 5,
                    impact=1 + n // 5 % 5,
                    summary="What could go wrong, and what is done about it.",
                    assessed_by=self._person(n),
                    assessed_at=NOW - years * YEAR,
                    signed_off_by=self._person(n + 2),
                    signed_off_at=NOW - years * YEAR,
                    review_on=TODAY + timedelta(days=300 - n % 330),
                )

    def _grants(self) -> Iterator[Any]:
        for n, account in enumerate(self.accounts):
            for further in range(3):
                yield self.kinds.AccountGrant(
                    account=account,
                    user=self._person(n + 3 + further),
                    role="drafter",
                    granted_at=NOW - YEAR,
                    reason="For the benchmark",
                )

    def _credentials(self) -> Iterator[Any]:
        for n, account in enumerate(self.accounts):
            if account.platform in PLATFORMS[:3]:
                yield self.kinds.Credential(
                    account=account,
                    ciphertext=b"-",
                    remote_name=f"@{account.handle}",
                    expires_at=NOW + timedelta(days=n % 100),
                )

    def _requests(self) -> Iterator[Any]:
        """Of every tenth account, none of them decided."""
        states = ("draft", "with_manager", "withdrawn")
        for n, account in enumerate(self.accounts):
            if n % 10 == 0:
                yield self.kinds.AccountRequest(
                    account=account,
                    state=states[n // 10 % len(states)],
                    asked_by=self._person(n),
                    line_manager=self._person(n + 5),
                    submitted_at=NOW,
                    why="Readers ask for it.",
                )

    def _access_reviews(self) -> None:
        """One of each account, half of them answered."""
        reviews = _kept(
            self.kinds.AccessReview(
                account=account,
                due_on=TODAY + timedelta(days=14 - n % 28),
                closed_at=NOW if n % 2 else None,
            )
            for n, account in enumerate(self.accounts)
        )
        review_of = {review.account_id: review for review in reviews}
        _kept(
            self.kinds.ReviewedGrant(
                review=review_of[grant.account_id],
                grant=grant,
                answer="confirmed" if grant.pk % 2 else "",
                by=self.people[0] if grant.pk % 2 else None,
                at=NOW if grant.pk % 2 else None,
            )
            for grant in self.kinds.AccountGrant.objects.all()
        )

    def _rationalisation(self) -> None:
        """A round in which every third account is decided."""
        (round_,) = _kept(
            [
                self.kinds.RationalisationRound(
                    name="The benchmark’s", opened_by=self.people[0], due_on=TODAY + YEAR
                )
            ]
        )
        _kept(
            self.kinds.RationalisationDecision(
                round=round_, account=account, fate="keep", reason="Well read.", by=self.people[0]
            )
            for account in self.accounts[::3]
        )

    def _trained(self) -> None:
        """Half of the people have learned what posting needs."""
        learning = import_module("training.models")
        learned = self.people[::2]
        _kept(
            learning.Completion(
                course=course,
                user=user,
                completed_on=TODAY - YEAR / 2,
                expires_on=TODAY + YEAR,
                counts_until=TODAY + YEAR,
            )
            for course in learning.Course.objects.all()
            for user in learned
        )

    def _person(self, n: int) -> Any:
        return self.people[n % len(self.people)]


def _placed(area: Any) -> Any:
    area.save()
    import_module("accounts.actions.service_areas").place(area)
    return area


def _numbered(things: Sequence[Any], number: int) -> Iterator[tuple[int, Any]]:
    return enumerate(islice(cycle(things), number))


def _kept(rows: Iterable[Row]) -> list[Row]:
    made = list(rows)
    if made:
        type(made[0])._default_manager.bulk_create(made, batch_size=1000)
    return made


if __name__ == "__main__":
    main(sys.argv[1:])
