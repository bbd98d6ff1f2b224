"""The pages of access reviews: the questions, the list, the file and the task at home."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.access import account_roles
from accounts.models import AccessReview, ReviewAnswer, ReviewedGrant, SocialAccount, User
from accounts.permissions import CorporateRole
from audit.catalogue import Event
from audit.models import Entry
from tests.factories import AccountFactory, AccountGrantFactory, drafter_of, person
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def review() -> AccessReview:
    account = AccountFactory(name="Wealdmoor Parks", owner=person(), deputy=person())
    return a_review(account, drafter_of(account, name="Ann"), drafter_of(account, name="Ben"))


def a_review(account: SocialAccount, *people: User, due: int = 20) -> AccessReview:
    due_on = timezone.localdate() + due * DAY
    made = AccessReview.objects.create(account=account, due_on=due_on)
    for each in people:
        ReviewedGrant.objects.create(review=made, grant=each.account_grants.get())
    return made


def page(review: AccessReview) -> str:
    return reverse("access_review", args=[review.account_id])


def fields(review: AccessReview, **answers: str) -> dict[str, str]:
    rows = {row.grant.user.name: row.pk for row in review.grants.select_related("grant__user")}
    return {
        f"{name.partition('_')[0]}_{rows[name.partition('_')[2]]}": answer
        for name, answer in answers.items()
    }


def test_the_owner_answers_for_each_person(review: AccessReview) -> None:
    client = as_person(review.account.owner)
    assert "0 of 2 answered" in text_of(client.get(page(review)))

    answer = client.post(page(review), fields(review, keeps_Ann="keeps"), follow=True)

    words = text_of(answer)
    assert "1 of 2 answered" in words
    assert "Does Ben still need the role Drafter?" in words
    assert "Does Ann still need" not in words
    answer = client.post(
        page(review),
        fields(review, keeps_Ben="goes", reason_Ben="Moved to Housing"),
        follow=True,
    )
    words = text_of(answer)
    assert "Every role is answered for: the review has ended." in words
    assert "Removed – " in words
    assert "Moved to Housing" in words
    ben = User.objects.get(name="Ben")
    assert account_roles(ben, review.account) == frozenset()


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(review: AccessReview) -> None:
    client = as_person(review.account.owner)

    answer = client.post(page(review), fields(review, keeps_Ann="keeps", keeps_Ben="goes"))
    assert answer.status_code == 422
    assert "Say why Ben loses the role." in text_of(answer)
    assert not review.grants.exclude(answer="").exists()

    answer = client.post(page(review), fields(review, reason_Ann="Has gone to sea"))
    assert answer.status_code == 422
    assert "Choose “Remove” for Ann, or leave the reason empty." in text_of(answer)
    assert "Has gone to sea" in answer.content.decode()

    answer = client.post(page(review), {})
    assert answer.status_code == 422
    assert "Answer for one person at least." in text_of(answer)


def test_one_is_not_offered_to_confirm_ones_own_role(review: AccessReview) -> None:
    account = review.account
    own = ReviewedGrant.objects.create(
        review=review, grant=AccountGrantFactory(account=account, user=account.owner)
    )
    client = as_person(account.owner)

    assert "Nobody confirms their own role" in text_of(client.get(page(review)))
    answer = client.post(page(review), {f"keeps_{own.pk}": "keeps"})

    assert answer.status_code == 422
    own.refresh_from_db()
    assert own.answer == ""


def test_who_only_reads_sees_no_questions(review: AccessReview) -> None:
    auditor = person(CorporateRole.AUDITOR)

    words = text_of(as_person(auditor).get(page(review)))

    assert "0 of 2 answered" in words
    assert "Save answers" not in words
    assert as_person(auditor).post(page(review), {}).status_code == 403


def test_an_account_without_a_review_says_so() -> None:
    account = AccountFactory(owner=person())

    words = text_of(as_person(account.owner).get(reverse("access_review", args=[account.pk])))

    assert "There was no access review yet" in words


def test_the_list_shows_progress_and_what_is_overdue(review: AccessReview, admin: User) -> None:
    review.grants.filter(grant__user__name="Ann").update(
        answer=ReviewAnswer.CONFIRMED, by=admin, at=timezone.now()
    )
    late = AccountFactory(name="Wealdmoor Roads")
    a_review(late, drafter_of(late), due=-1)
    client = as_person(admin)

    words = text_of(client.get(reverse("access_reviews")))
    assert "1 of 2 answered" in words
    assert "Overdue" in words
    words = text_of(client.get(reverse("access_reviews") + "?state=overdue"))
    assert "Wealdmoor Roads" in words
    assert "Wealdmoor Parks" not in words
    words = text_of(client.get(reverse("access_reviews") + "?state=ended"))
    assert "No reviews match" in words


def test_an_owner_sees_the_reviews_of_their_own_accounts_only(review: AccessReview) -> None:
    other = AccountFactory(name="Wealdmoor Roads", owner=person())
    a_review(other, drafter_of(other))

    words = text_of(as_person(other.owner).get(reverse("access_reviews")))

    assert "Wealdmoor Roads" in words
    assert "Wealdmoor Parks" not in words


def test_the_file_has_a_line_for_each_role(review: AccessReview, admin: User) -> None:
    answer = as_person(admin).get(reverse("access_reviews_csv"))

    lines = b"".join(answer).decode().splitlines()
    assert len(lines) == 3
    assert ",Ann,Drafter,not answered," in lines[1]
    assert Entry.objects.get(event=Event.ACCESS_EXPORTED).subject_name == "the access reviews"


def test_it_is_a_task_until_it_is_answered(review: AccessReview) -> None:
    client = as_person(review.account.owner)
    assert "Access reviews to answer" in text_of(client.get("/"))

    client.post(page(review), fields(review, keeps_Ann="keeps", keeps_Ben="keeps"))

    assert "Access reviews to answer" not in text_of(client.get("/"))


def test_the_digital_team_is_asked_in_the_last_week(review: AccessReview, admin: User) -> None:
    client = as_person(admin)
    assert "Access reviews that end within a week" not in text_of(client.get("/"))

    AccessReview.objects.update(due_on=timezone.localdate() + 7 * DAY)

    assert "Access reviews that end within a week" in text_of(client.get("/"))


def test_the_pages_ask_the_same_queries_for_any_number(admin: User) -> None:
    client, counts = as_person(admin), []
    account = AccountFactory()
    asked = a_review(account)
    for number in (2, 10):
        for _ in range(number):
            other = AccountFactory()
            a_review(other, drafter_of(other))
            grant = drafter_of(account).account_grants.get()
            ReviewedGrant.objects.create(review=asked, grant=grant)
        with CaptureQueriesContext(connection) as of_list:
            client.get(reverse("access_reviews"))
        with CaptureQueriesContext(connection) as of_one:
            client.get(page(asked))
        counts.append((len(of_list), len(of_one)))
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 14
