"""The pages of closing an account: what is next, what is in the way, and the archive itself."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccountState, Closing, Credential, SocialAccount, User
from accounts.permissions import CorporateRole
from audit.catalogue import Event
from audit.models import Entry
from jobs.models import Job
from jobs.running import run
from publishing.models import Delivery, DeliveryState, PostState
from tests.accounts.closing.closings import archived, being_closed
from tests.accounts.closing.unpacked import Unpacked
from tests.accounts.connection.at_the_sandbox import AtPlatform
from tests.factories import (
    AccountFactory,
    digital_officer,
    drafter_of,
    person,
)
from tests.monitoring.factories import MentionFactory
from tests.publishing.delivery.factories import approved_post, connect_account
from tests.publishing.making import fresh, in_hours, submitted
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db


def address(account: SocialAccount, page: str = "account_close") -> str:
    return reverse(page, args=[account.pk])


def words_of(account: SocialAccount, reader: User) -> str:
    return text_of(as_person(reader).get(address(account)))


def test_it_begins_with_a_reason(account: SocialAccount, officer: User) -> None:
    client = as_person(officer)
    wrong = client.post(address(account), {"reason": " "})
    assert wrong.status_code == 422
    assert "Enter a reason." in text_of(wrong)

    client.post(address(account), {"reason": "Merged with Leisure"})

    account.refresh_from_db()
    assert account.state == AccountState.CLOSING
    page = words_of(account, officer)
    assert "Begun by Cat Officer" in page
    assert "Merged with Leisure" in page
    assert "Nothing is to go out on it any more." in page
    assert "The archive is not made yet." in page


def test_too_long_a_reason_is_said_and_kept_in_the_form(
    account: SocialAccount, officer: User
) -> None:
    answer = as_person(officer).post(address(account), {"reason": "Merged. " * 80})

    assert answer.status_code == 422
    assert "Merged. Merged." in answer.content.decode()


def test_whoever_begins_second_sees_what_the_first_began(
    account: SocialAccount, officer: User
) -> None:
    being_closed(account, digital_officer(name="Di Digital"))

    answer = as_person(officer).post(address(account), {"reason": "Me too"})

    assert answer.status_code == 422
    assert "Somebody has begun to close" in text_of(answer)
    assert "Begun by Di Digital" in text_of(answer)


def test_posts_are_listed_and_cancelled_all_at_once(account: SocialAccount, officer: User) -> None:
    author = drafter_of(account, name="Ann Author")
    posts = [submitted(author, account, at=in_hours(hours)) for hours in (5, 6)]
    being_closed(account, officer)
    page = words_of(account, officer)
    assert page.count("Awaiting approval") == 2
    assert "by Ann Author" in page
    assert "2 posts await approval" in page

    answer = as_person(officer).post(
        address(account, "account_close_posts"), {"do": "cancel_all"}, follow=True
    )

    assert {fresh(post).state for post in posts} == {PostState.WITHDRAWN}
    assert "Nothing is to go out on it any more." in text_of(answer)


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"do": "cancel"}, "Choose at least one post."),
        ({"do": "move", "posts": "ours"}, "Choose the account to move them to."),
        ({"do": "move", "posts": "ours", "to": "999999"}, "Choose an account on the list."),
        ({"do": "cancel", "posts": "999999"}, "not open any more"),
        ({"do": "burn", "posts": "ours"}, "burn"),
        ({}, "Choose what becomes of the posts."),
    ],
)
def test_what_is_wrong_with_the_choice_is_said(
    sent: dict[str, str], message: str, account: SocialAccount, officer: User
) -> None:
    post = submitted(drafter_of(account), account, at=in_hours(5))
    being_closed(account, officer)
    body = {name: str(post.pk) if value == "ours" else value for name, value in sent.items()}

    answer = as_person(officer).post(address(account, "account_close_posts"), body)

    assert answer.status_code == 422
    assert message in text_of(answer)
    assert fresh(post).state == PostState.AWAITING_APPROVAL
    if "ours" in sent.values() and sent["do"] != "burn":
        assert "checked" in answer.content.decode()


def test_posts_are_moved_to_another_account(account: SocialAccount, officer: User) -> None:
    other = AccountFactory(name="Wealdmoor Leisure")
    post = submitted(drafter_of(account, other), account, at=in_hours(5))
    foreign = submitted(drafter_of(account), account, at=in_hours(6))
    being_closed(account, officer)

    answer = as_person(officer).post(
        address(account, "account_close_posts"),
        {"do": "move", "posts": [post.pk, foreign.pk], "to": other.pk},
        follow=True,
    )

    assert "has to be approved again" in text_of(answer)
    assert "may not write for" in text_of(answer)
    assert fresh(post).governed_accounts() == [other]
    assert fresh(foreign).governed_accounts() == [account]


def test_what_may_be_live_leads_to_where_that_is_said(
    account: SocialAccount, officer: User
) -> None:
    post = approved_post(account)
    Delivery.objects.update(state=DeliveryState.UNKNOWN, asks_person=True)
    being_closed(account, officer)

    page = as_person(officer).get(address(account))

    assert reverse("post_results", args=[post.pk]) in page.content.decode()
    assert "May be live already" in text_of(page)


def test_the_archive_is_made_downloaded_and_opened(
    account: SocialAccount, officer: User, tmp_path: Path
) -> None:
    MentionFactory(account=account, text="Thank you for the heron")
    being_closed(account, officer)
    client = as_person(officer)

    begun = client.post(address(account, "account_close_archive"))

    job = Job.objects.get()
    assert begun.headers["Location"] == reverse("job", args=[job.pk])
    assert "It is being made: Waiting" in words_of(account, officer)
    run(job.pk)
    page = words_of(account, officer)
    archive = account.archives.get()
    assert archive.sha256 in page
    assert "0 posts, 1 mention, 0 pictures" in page
    sent: Any = client.get(reverse("account_archive", args=[account.pk, archive.pk]))
    assert sent.headers["Content-Disposition"].startswith('attachment; filename="x-wmparks-')
    unpacked = Unpacked(BytesIO(sent.getvalue()), tmp_path)
    assert unpacked.broken() == []
    assert unpacked.data("mentions.json")[0]["text"] == "Thank you for the heron"


def test_who_did_not_ask_for_the_archive_sees_who_did(
    account: SocialAccount, officer: User
) -> None:
    being_closed(account, officer)
    as_person(officer).post(address(account, "account_close_archive"))
    other = digital_officer()

    assert "Cat Officer asked for it" in words_of(account, other)
    again = as_person(other).post(address(account, "account_close_archive"), follow=True)
    assert "Cat Officer is having it made already." in text_of(again)
    assert Job.objects.count() == 1


def test_why_no_archive_was_made_is_said(account: SocialAccount, officer: User) -> None:
    being_closed(account, officer)
    as_person(officer).post(address(account, "account_close_archive"))
    Job.objects.update(state="failed", message="The disk is full.", ended_at=timezone.now())

    page = words_of(account, officer)

    assert "It was not made The disk is full." in page
    assert "Make the archive" in page


def test_it_is_closed_for_good_and_the_archive_stays(account: SocialAccount, officer: User) -> None:
    being_closed(account, officer, "Merged with Leisure")
    client = as_person(officer)
    early = client.post(address(account, "account_close_finish"))
    assert early.status_code == 422
    assert "The archive is not made yet." in text_of(early)
    archive = archived(account, officer)

    client.post(address(account, "account_close_finish"))

    account.refresh_from_db()
    assert account.state == AccountState.CLOSED
    page = words_of(account, officer)
    assert "Merged with Leisure" in page
    assert archive.sha256 in page
    auditor = as_person(person(CorporateRole.AUDITOR))
    overview = auditor.get(address(account, "account")).content.decode()
    download = reverse("account_archive", args=[account.pk, archive.pk])
    assert download in overview
    assert auditor.get(download).status_code == 200
    stranger = as_person(person())
    assert stranger.get(download).status_code == 403
    assert download not in stranger.get(address(account, "account")).content.decode()


def test_an_archive_that_came_too_early_is_said_to_be_out_of_date(
    account: SocialAccount, officer: User
) -> None:
    being_closed(account, officer)
    archived(account, officer)
    MentionFactory(account=account)

    page = words_of(account, officer)

    assert "It lacks what came since: What was said to it." in page
    assert "Close the account" not in page.partition("3. Close it for good")[2]


def test_an_archive_of_another_account_or_a_lost_one_is_not_found(
    account: SocialAccount, officer: User
) -> None:
    being_closed(account, officer)
    archive = archived(account, officer)
    client = as_person(officer)
    elsewhere = reverse("account_archive", args=[AccountFactory().pk, archive.pk])
    assert client.get(elsewhere).status_code == 404
    default_storage.delete(archive.file)
    lost = reverse("account_archive", args=[account.pk, archive.pk])
    assert client.get(lost).status_code == 404


def test_giving_up_says_what_the_account_becomes(account: SocialAccount, officer: User) -> None:
    being_closed(account, officer)
    client = as_person(officer)
    give_up = address(account, "account_close_give_up")
    assert "The account becomes suspended." in text_of(client.get(give_up))
    assert client.post(give_up, {"reason": ""}).status_code == 422

    client.post(give_up, {"reason": "Kept after all"})

    assert Closing.objects.get().abandoned_at
    assert "Begin to close it" in words_of(account, officer)
    assert client.get(give_up).status_code == 302


def test_a_partner_s_account_is_closed_in_one_step(officer: User) -> None:
    account = AccountFactory(state=AccountState.PARTNER)
    assert "A partner runs it" in words_of(account, officer)

    as_person(officer).post(address(account), {"reason": "The partnership ended"})

    assert "It was closed in one step" in words_of(account, officer)


def test_the_page_asks_no_more_for_more_posts(
    account: SocialAccount, officer: User, django_assert_max_num_queries: Any
) -> None:
    author = drafter_of(account)
    for hours in range(5, 15):
        submitted(author, account, at=in_hours(hours))
    being_closed(account, officer)
    client = as_person(officer)
    client.get(address(account))

    with django_assert_max_num_queries(32):
        client.get(address(account))


def ready_to_close(account: SocialAccount, by: User) -> SocialAccount:
    being_closed(account, by)
    archived(account, by)
    return account


def test_the_platform_takes_its_permission_back_when_the_account_closes(
    x: AtPlatform, admin: User, officer: User
) -> None:
    account = x.connect(admin, x.register()).account
    ready_to_close(account, officer)
    client = as_person(officer)
    finish = address(account, "account_close_finish")
    undecided = client.post(finish, {"way": ""})
    assert undecided.status_code == 422
    assert "Choose how far" in text_of(undecided)
    x.sandbox.control.fault("error_before", platform="x", endpoint="revoke")

    unreachable = client.post(finish, {"way": "revoke"})

    assert unreachable.status_code == 422
    assert "The permission still stands at X" in text_of(unreachable)
    account.refresh_from_db()
    assert account.state == AccountState.CLOSING
    assert Credential.objects.exists()
    x.sandbox.control.clear_faults()

    client.post(finish, {"way": "revoke"})

    account.refresh_from_db()
    assert account.state == AccountState.CLOSED
    assert not Credential.objects.exists()
    assert Entry.objects.filter(event=Event.CREDENTIAL_REVOKED).exists()


def test_where_the_platform_is_away_the_connection_is_only_destroyed_here_if_that_is_chosen(
    x: AtPlatform, admin: User, officer: User
) -> None:
    account = x.connect(admin, x.register()).account
    ready_to_close(account, officer)
    x.sandbox.control.fault("error_before", platform="x", endpoint="revoke")

    as_person(officer).post(address(account, "account_close_finish"), {"way": "only_here"})

    account.refresh_from_db()
    assert account.state == AccountState.CLOSED
    assert not Entry.objects.filter(event=Event.CREDENTIAL_REVOKED).exists()


def test_keys_that_were_copied_are_taken_back_by_hand_and_the_page_says_so(
    account: SocialAccount, officer: User
) -> None:
    connect_account(account)
    ready_to_close(account, officer)

    assert "cannot be asked from here to forget the keys" in words_of(account, officer)
    as_person(officer).post(address(account, "account_close_finish"))
    assert not Credential.objects.exists()
