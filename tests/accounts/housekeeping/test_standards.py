"""The standards checklist: who checks it, what counts as checked, and two at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.access import NotAllowed
from accounts.actions.standards import Found, check_standards
from accounts.housekeeping.standards import STANDARDS, fingerprint_of, standards_of
from accounts.models import AccountState, ChecklistAnswer, SocialAccount
from audit.catalogue import Event
from tests.accounts.conftest import Trail
from tests.factories import AccountFactory, UserFactory, communications_officer, site_owner_of
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
ALL_MET = {item.key: Found(True, "Seen") for item in STANDARDS}


def fresh(account: SocialAccount) -> SocialAccount:
    return SocialAccount.objects.get(pk=account.pk)


def test_once_all_are_met_they_count_as_checked_today(trail: Trail) -> None:
    account, by = AccountFactory(), communications_officer(name="Cat Officer")

    check_standards(by=by, account=account, found=ALL_MET)

    assert fresh(account).standards_checked_on == TODAY()
    assert fresh(account).branding_checked_on == TODAY()
    assert trail.events().count(Event.CHECK_ANSWERED) == len(STANDARDS) + 1
    assert trail.last.details["after"]["standards_checked_on"] == TODAY().isoformat()


def test_with_one_left_open_they_do_not() -> None:
    account = AccountFactory()
    some = {key: one for key, one in ALL_MET.items() if key != "alt_text"}

    check_standards(by=None, account=account, found=some)
    assert fresh(account).standards_checked_on is None

    check_standards(by=None, account=account, found={"alt_text": Found(True, "")})
    assert fresh(account).standards_checked_on == TODAY()


def test_as_soon_as_one_is_not_met_they_do_not_count_any_more() -> None:
    account = AccountFactory()
    check_standards(by=None, account=account, found=ALL_MET)

    check_standards(by=None, account=account, found={"brand": Found(False, "The old logo")})

    assert fresh(account).standards_checked_on is None
    assert fresh(account).branding_checked_on is None


def test_what_is_not_met_says_what_is_to_be_put_right() -> None:
    account = AccountFactory()
    with pytest.raises(ValidationError) as refused:
        check_standards(by=None, account=account, found={**ALL_MET, "hashtags": Found(False, "  ")})

    assert refused.value.message_dict == {"hashtags": ["Say what is to be put right."]}
    assert not ChecklistAnswer.objects.exists()


def test_what_is_as_it_was_leaves_no_entry(trail: Trail) -> None:
    account = AccountFactory()
    check_standards(by=None, account=account, found=ALL_MET)
    before = trail.events()

    check_standards(by=None, account=account, found=ALL_MET)

    assert trail.events() == before


def test_checked_again_later_all_met_counts_from_that_day(trail: Trail) -> None:
    account = AccountFactory()
    check_standards(by=None, account=account, found=ALL_MET)
    SocialAccount.objects.update(standards_checked_on=TODAY() - timedelta(days=400))

    check_standards(by=None, account=account, found=ALL_MET)

    assert fresh(account).standards_checked_on == TODAY()
    assert trail.last.details["after"]["standards_checked_on"] == TODAY().isoformat()


@pytest.mark.parametrize("state", ["requested", "closing", "closed", "partner", "draft"])
def test_only_accounts_in_use_are_checked(state: str) -> None:
    account = AccountFactory(state=AccountState(state))

    with pytest.raises(ValidationError, match="not in use"):
        check_standards(by=None, account=account, found=ALL_MET)


def test_whoever_owns_the_account_does_not_check_it() -> None:
    account = AccountFactory()

    with pytest.raises(NotAllowed):
        check_standards(by=site_owner_of(account), account=account, found=ALL_MET)


def test_who_saves_an_old_page_is_told_and_overwrites_nothing() -> None:
    account = AccountFactory()
    seen = fingerprint_of(standards_of(account))
    check_standards(by=None, account=account, found={"brand": Found(False, "The old logo")})

    with pytest.raises(ValidationError, match="Somebody else checked this account"):
        check_standards(by=None, account=account, found=ALL_MET, seen=seen)

    assert ChecklistAnswer.objects.get().proof == "The old logo"


def test_the_page_shows_what_was_found_and_by_whom() -> None:
    account = AccountFactory()
    officer = communications_officer(name="Cat Officer")
    found = {"brand": Found(False, "The old logo"), "hours": Found(True, "9 to 5")}
    check_standards(by=officer, account=account, found=found)

    text = text_of(as_person(UserFactory()).get(reverse("standards", args=[account.pk])))

    assert "Not met What was seen The old logo" in text
    assert "by Cat Officer" in text
    assert "A communications officer or the digital team checks them." in text
    assert "Check the standards" not in text


def test_the_form_keeps_what_was_typed_when_it_is_refused() -> None:
    account = AccountFactory()
    client = as_person(communications_officer())
    body = {"brand": "met", "brand_note": "New logo is up", "hashtags": "not_met"}

    answer = client.post(reverse("standards_check", args=[account.pk]), body)

    assert answer.status_code == 422
    assert 'value="New logo is up"' in answer.content.decode()
    assert "Say what is to be put right." in text_of(answer)

    answer = client.post(
        reverse("standards_check", args=[account.pk]), {**body, "hashtags_note": "All in small"}
    )
    assert answer.status_code == 302
    assert ChecklistAnswer.objects.count() == 2
