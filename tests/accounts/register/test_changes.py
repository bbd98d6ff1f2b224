"""The pages that change the register: nothing typed is lost, and each refusal says what to do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions.checking import answer_checks
from accounts.actions.credentials import store
from accounts.actions.details import change_account
from accounts.checklists import BRANDING
from accounts.forms.register import NewAccountForm
from accounts.models import AccountState, SocialAccount, StrategicAim, User
from accounts.register.facts import fingerprint_of
from tests.accounts.conftest import Trail
from tests.accounts.platform import GOOD
from tests.factories import (
    AccountFactory,
    ServiceAreaFactory,
    StrategicAimFactory,
    UserFactory,
    communications_officer,
)
from tests.visiting import as_person, text_of

TODAY = timezone.localdate()

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_platform")]


def typed(**changed: Any) -> dict[str, Any]:
    owner = changed.pop("owner", None) or UserFactory()
    return {
        "platform": "linkedin",
        "handle": "wealdmoor",
        "name": "Wealdmoor jobs",
        "service_area": ServiceAreaFactory().pk,
        "owner": owner.pk,
        "run_by": "council",
        "two_factor": "unknown",
        "audience": "People who look for work",
        **changed,
    }


def test_an_account_is_added_with_its_facts(admin: User) -> None:
    aim = StrategicAimFactory()

    answer = as_person(admin).post(reverse("account_new"), typed(aims=[aim.pk]))

    account = SocialAccount.objects.get()
    assert answer.headers["Location"] == reverse("account", args=[account.pk])
    assert (account.state, account.platform) == (AccountState.REQUESTED, "linkedin")
    assert list(account.aims.all()) == [aim]


def test_a_partner_s_account_is_added_to_be_watched(admin: User) -> None:
    client = as_person(admin)

    nameless = client.post(reverse("account_new"), typed(run_by="partner"))
    client.post(reverse("account_new"), typed(run_by="partner", partner_name="The police"))

    assert "Enter the partner’s name." in text_of(nameless)
    account = SocialAccount.objects.get()
    assert (account.state, account.partner_name) == (AccountState.PARTNER, "The police")


YESTERDAY = timezone.localdate() - timedelta(days=1)
AFTER = (timezone.localdate() + timedelta(days=3)).strftime("%d/%m/%Y")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"platform": ""}, "Choose a platform."),
        ({"platform": "myspace"}, "Choose a platform on the list."),
        ({"handle": ""}, "Enter the account’s handle."),
        ({"handle": "https://x.example/me"}, "Enter the handle alone, as on LinkedIn"),
        ({"handle": "x\x00y"}, "Null characters are not allowed."),
        ({"name": ""}, "Enter the account’s name."),
        ({"name": "x" * 121}, "at most 120 characters"),
        ({"url": "javascript:alert(1)"}, "Enter a web address that begins with https://"),
        ({"service_area": ""}, "Choose a service area."),
        ({"service_area": "99999"}, "Choose a service area on the list."),
        ({"deputy": "99999"}, "Choose somebody who works here."),
        ({"aims": ["99999"]}, "Choose only aims on the list."),
        ({"opened_on": "31/02/2020"}, "Enter a real date"),
        ({"opened_on": AFTER}, "This day must be today or in the past."),
        ({"two_factor": "on"}, "Enter the day on which this was checked."),
        ({"joint_access": "A picture"}, "Enter the day on which joint access was proved."),
        ({"partner_name": "The police"}, "only an account that a partner runs has a partner"),
    ],
)
def test_a_bad_entry_is_named_and_what_was_typed_stays(
    changed: dict[str, Any], said: str, admin: User
) -> None:
    answer = as_person(admin).post(reverse("account_new"), typed(**changed))

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "People who look for work" in answer.content.decode()
    assert not SocialAccount.objects.exists()


def test_a_leaver_or_the_same_person_twice_does_not_answer_for_an_account(admin: User) -> None:
    left, here = UserFactory(employed_until=YESTERDAY), UserFactory()
    client = as_person(admin)

    gone = client.post(reverse("account_new"), typed(owner=left))
    twice = client.post(reverse("account_new"), typed(owner=here, deputy=here.pk))

    assert "Choose somebody who works here." in text_of(gone)
    assert "The deputy must be somebody else than the owner." in text_of(twice)
    assert not SocialAccount.objects.exists()


def test_a_change_opens_with_what_is_kept_and_asks_why(admin: User, trail: Trail) -> None:
    account = AccountFactory(audience="Readers")
    address = reverse("account_change", args=[account.pk])
    client = as_person(admin)
    form = client.get(address).context["form"]
    kept = {name: value for name, value in form.initial.items() if value is not None}
    kept["service_area"] = account.service_area_id

    without = client.post(address, {**kept, "audience": "Families"})
    client.post(address, {**kept, "audience": "Families", "reason": "Yearly look"})

    assert "Enter a reason." in text_of(without)
    account.refresh_from_db()
    assert account.audience == "Families"
    assert trail.last.reason == "Yearly look"
    assert trail.last.details["before"] == {"audience": "Readers"}


def test_two_people_at_once_do_not_overwrite_each_other(admin: User) -> None:
    account = AccountFactory(audience="Readers")
    body = typed(seen=fingerprint_of(account), reason="Why", handle=account.handle)
    SocialAccount.objects.filter(pk=account.pk).update(audience="Drivers")

    answer = as_person(admin).post(reverse("account_change", args=[account.pk]), body)

    assert answer.status_code == 422
    assert "Somebody else changed this account" in text_of(answer)
    assert "People who look for work" in answer.content.decode()
    account.refresh_from_db()
    assert account.audience == "Drivers"


def test_a_post_that_goes_out_while_somebody_types_is_not_undone(admin: User) -> None:
    account = AccountFactory(platform="linkedin", last_post_on=TODAY - timedelta(days=9))
    client, address = as_person(admin), reverse("account_change", args=[account.pk])
    form = client.get(address).context["form"]
    shown = form["last_post_on"].value().strftime("%d/%m/%Y")
    body = {
        **typed(),
        "last_post_on": shown,
        "initial-last_post_on": shown,
        "seen": form["seen"].value(),
        "reason": "A new name",
    }
    SocialAccount.objects.update(last_post_on=TODAY)

    assert 'name="initial-last_post_on"' in client.get(address).content.decode()
    assert client.post(address, body).status_code == 302
    account.refresh_from_db()
    assert (account.name, account.last_post_on) == ("Wealdmoor jobs", TODAY)

    client.post(address, {**body, "last_post_on": "01/02/2026", "seen": ""})
    account.refresh_from_db()
    assert account.last_post_on == date(2026, 2, 1)


def test_a_confirmed_handle_and_a_partner_are_not_asked_for(admin: User) -> None:
    account = AccountFactory(platform="fake")
    store(by=None, account=account, credential=GOOD)

    page = as_person(admin).get(reverse("account_change", args=[account.pk])).content.decode()

    assert 'name="handle"' not in page
    assert 'name="partner_name"' not in page


def test_owner_and_deputy_change_with_a_reason(admin: User, trail: Trail) -> None:
    account, new = AccountFactory(), UserFactory(name="New Owner")
    address = reverse("account_people", args=[account.pk])
    client = as_person(admin)

    assert client.post(address, {"owner": new.pk}).status_code == 422
    client.post(address, {"owner": new.pk, "deputy": "", "reason": "Reorganised"})

    account.refresh_from_db()
    assert (account.owner, account.deputy) == (new, None)
    assert trail.last.reason == "Reorganised"


def test_the_recovery_contact_is_for_those_who_keep_or_answer_for_the_account(admin: User) -> None:
    deputy = UserFactory()
    account = AccountFactory(
        recovery_contact="lost@wealdmoor.example",
        deputy=deputy,
        joint_access="A picture on file",
        joint_access_on=YESTERDAY,
    )
    address = reverse("account", args=[account.pk])

    def sees(person: User) -> bool:
        page = text_of(as_person(person).get(address))
        assert "A picture on file" in page
        return "lost@wealdmoor.example" in page

    assert all(sees(each) for each in (admin, account.owner, deputy))
    assert not any(sees(each) for each in (UserFactory(), communications_officer()))


def test_the_whole_timeline_is_there_and_its_reasons_are_not_for_everybody(admin: User) -> None:
    account = AccountFactory()
    client, keeper = as_person(UserFactory()), as_person(admin)
    for number in range(30):
        form = {"owner": UserFactory().pk, "reason": f"Reason {number:02}"}
        keeper.post(reverse("account_people", args=[account.pk]), form)
    address = reverse("account_timeline", args=[account.pk])

    first = keeper.get(address)
    rest = keeper.get(f"{address}?{first.context['page'].next_query}")

    assert address in client.get(reverse("account", args=[account.pk])).content.decode()
    assert "Reason: Reason 29." in text_of(first)
    assert "Reason: Reason 00." in text_of(rest)
    everybody = text_of(client.get(address))
    assert "changed the details of this account" in everybody
    assert "Reason 29" not in everybody


def test_the_timeline_says_what_was_nothing_before_alone_and_days_in_words(admin: User) -> None:
    account = AccountFactory(audience="Readers", purpose="")
    change_account(
        by=admin,
        account=account,
        reason="Looked it up",
        audience="",
        purpose="Opening hours",
        opened_on=date(2020, 3, 9),
    )

    said = text_of(as_person(admin).get(reverse("account_timeline", args=[account.pk])))

    assert "Audience: no longer “Readers”." in said
    assert "Purpose: “Opening hours”." in said
    assert "Opened on: “9 March 2020”." in said


def test_what_the_sentence_says_is_not_said_again_beneath_it(admin: User) -> None:
    account = AccountFactory()
    answer_checks(by=admin, account=account, proofs=[(BRANDING, "The logo is up")])

    said = text_of(as_person(admin).get(reverse("account_timeline", args=[account.pk])))

    assert "answered “The branding is the council’s”" in said
    assert "Item:" not in said


def test_an_account_that_is_not_there_is_not_found(admin: User) -> None:
    for name in ("account_change", "account_people", "account_timeline"):
        assert as_person(admin).get(reverse(name, args=[999])).status_code == 404


def test_aims_are_added_changed_and_counted() -> None:
    client = as_person(communications_officer())

    client.post(reverse("aim_new"), {"name": "Less waste"})
    aim = StrategicAim.objects.get()
    AccountFactory().aims.set([aim])
    client.post(reverse("aim_change", args=[aim.pk]), {"name": "No waste"})
    twice = client.post(reverse("aim_new"), {"name": "NO waste"})

    aim.refresh_from_db()
    assert (aim.name, aim.is_in_use) == ("No waste", False)
    assert "This aim is on the list already." in text_of(twice)
    assert "No waste 1" in text_of(client.get(reverse("aims"))).replace("  ", " ").replace(
        "Accounts ", ""
    )


def test_what_is_wrong_with_a_new_account_is_listed_in_the_order_of_the_page() -> None:
    form = NewAccountForm({})
    on_page = [field.name for section in form.sections() for field in section.fields]
    assert [name for name in form.fields if name in form.errors] == [
        name for name in on_page if name in form.errors
    ]
    assert list(form.errors)[:2] == ["platform", "handle"]
